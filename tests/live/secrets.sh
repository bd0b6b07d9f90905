#!/bin/sh
# SPDX-License-Identifier: MIT
# A password that was planted wherever one can stand is in nothing that comes out: not in what
# the tools say, not in the timeline, not in a report, not in any process' command line.
. "$(dirname "$0")/lib.sh"

# Each of its own, so that a leak shows where it came from; an odd letter keeps them from being
# taken for an identifier.
planted() { printf 'pl4nted-%s-%s' "$1" "$(od -An -N6 -tx1 /dev/urandom | tr -d ' \n')"; }
first=$(planted first)   # in the application's file and in the first ALTER
second=$(planted second) # in the ALTER that rotates
third=$(planted third)   # in an ALTER with a mistake in it: logged as a failed STATEMENT
fourth=$(planted fourth) # in a URI that the application logs
for word in first second third fourth; do eval "printf '%s\n' \"\$$word\"" >"$scratch/$word"; done
cat "$scratch/first" "$scratch/second" "$scratch/third" "$scratch/fourth" >"$scratch/planted"
said=$scratch/out
mkdir "$said"

python3 "$top/tests/live/cmdlines.py" "$scratch/planted" >>"$scratch/cmdlines" 2>&1 &
watcher=$!

# The watcher sees what it is there to see
python3 -c 'import time; time.sleep(60)' "$fourth" &
careless=$!
ok "a secret in a command line would be seen" wait_until 20 grep -qFf "$scratch/planted" "$scratch/cmdlines"
kill "$careless"
wait "$careless" 2>/dev/null
: >"$scratch/cmdlines"

STACK_PASSWORD=$first stack_up shop --log-statement ddl --set log_connections=on
urls=$(stack_get shop urls)
logs="$(stack_get shop logs_access) $(stack_get shop logs_error) $(stack_get shop logs_app) $(stack_get shop logs_postgres)"
line=$scratch/out/incident.timeline
port=$(stack_get shop ports_postgres)
n=0

# run CODES COMMAND...: keeps what it says; an exit code that was not expected is a failure.
run() {
    codes=$1
    shift
    n=$((n + 1))
    "$@" >"$said/$n.out" 2>"$said/$n.err" </dev/null
    code=$?
    case " $codes " in *" $code "*) ;; *) printf '# exit %s (wanted %s): %s\n' "$code" "$codes" "$*"; wrong=1 ;; esac
}
wrong=0

# shellcheck disable=SC2086
{
    run 0 baseline run -t "$line" --count 3 --every 200ms $urls
    STACK_NEW_PASSWORD=$second run 0 stack rotate "$shop"
    STACK_NEW_PASSWORD=$third run 0 stack rotate "$shop" --how malformed
    run "0 1" baseline run --json -t "$line" --count 4 --every 200ms $urls
    echo "[$(date -u '+%Y-%m-%d %H:%M:%S'),000] ERROR in app: cannot reach postgresql://shop_app:$fourth@127.0.0.1:$port/shop" \
        >>"$(stack_get shop logs_app)"

    target=$(stack_get shop conninfo)
    run 1 dbprobe check -t "$line" --password "file:$(stack_get shop secret_file)" "$target"
    PGPASSWORD=$second run 0 dbprobe --json -t "$line" "$target"
    PLANTED=$first run 1 dbprobe --json --password env:PLANTED "$target"
    printf 'postgresql://shop_app:%s@127.0.0.1:%s/shop\n' "$first" "$port" >"$scratch/targets"
    run 1 dbprobe --targets "$scratch/targets"
    printf '127.0.0.1:%s:shop:shop_app:%s\n' "$port" "$first" >"$scratch/pgpass"
    chmod 600 "$scratch/pgpass"
    PGPASSFILE=$scratch/pgpass run 1 dbprobe "$target"
    run "0 1 3" dbprobe watch --for 1s -t "$line" "$target"
    run "0 1 3" dbprobe rotated -t "$line" "$(stack_get shop admin_conninfo)"
    run "0 1 3" dbprobe census "$(stack_get shop admin_conninfo)"

    run 0 logcorr $logs
    run 0 logcorr --json --all --full $logs
    run 0 logcorr sources $logs
    run "0 1" logcorr leaks $logs
    run "0 1" logcorr --all -e "$fourth" $logs
    run "0 1" logcorr clean $logs
    run "0 1 3" logcorr --unread --all --color=always $logs
    for log in $logs; do run 0 sh -c "logcorr explain --json <$log"; done

    run "0 1 3" incident scope -t "$line" $logs
    run "0 1 3" incident scope --json -t "$line"
    run 0 incident note -t "$line" "they rotated it: ALTER USER shop_app PASSWORD '$third'"
    run 0 incident --snapshot 100x30 -t "$line"
    for format in html md json text; do
        run 0 incident report --format $format -t "$line" -o "$said/report.$format"
    done
    for format in jsonl csv timesketch otlp chrome grafana alertmanager pagerduty mermaid rules; do
        run "0 1" incident export --format $format -t "$line"
    done
    run "0 1 3" incident verify "$said/report.html"
}
STACK_PASSWORD=$first STACK_NEW_PASSWORD=$second run 0 incident rehearse --stack "$top/fixtures/stack/stack" --out "$said/rehearsal"

is "$wrong" 0 "every command ended as it should"
# By file, not by word: these greps are processes, too.
# shellcheck disable=SC2086
for word in first second third fourth; do
    ok "the $word stands in clear in a log" grep -qFf "$scratch/$word" $logs
    ok "the $word is in nothing that came out" no grep -raFlf "$scratch/$word" "$said"
done
kill "$watcher"
wait "$watcher" 2>/dev/null
# What the test itself says in clear is its own: a note's words and a pattern are the user's.
grep -av -e 'incident note' -e 'logcorr.* -e ' "$scratch/cmdlines" >"$scratch/others"
is "$(cat "$scratch/others")" "" "no other process had one in its command line"
done_testing
