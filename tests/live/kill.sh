#!/bin/sh
# SPDX-License-Identifier: MIT
# Killed at any moment, a tool that records has lost nothing of what it reported as recorded.
. "$(dirname "$0")/lib.sh"

stack_up shop
urls=$(stack_get shop urls)
survives() { python3 "$top/tests/live/kill.py" "$@"; }

# shellcheck disable=SC2086
ok "baseline run, 100 moments" survives "$scratch/run.timeline" 100 1.2 request_id request -- \
    baseline run --json -t "$scratch/run.timeline" --every 50ms --rate 40 --count 0 $urls

# A rotation every half second or so, and somebody who watches
turn() { while stack rotate "$shop" --how verifier; do :; done >"$scratch/turns" 2>&1; }
turn &
turning=$!
ok "dbprobe watch, 100 moments" survives "$scratch/watch.timeline" 100 1.5 salt request -- \
    dbprobe watch --json -t "$scratch/watch.timeline" --every 50ms "$(stack_get shop conninfo)"
kill "$turning"
wait "$turning" 2>/dev/null

# Logs are there to be read again: what a killed reader left behind is whole, and reading once
# more adds what is missing and nothing twice.
awk 'BEGIN { for (i = 0; i < 8000; i++)
    printf "2026-11-22 %02d:%02d:%02d.%03d UTC [%d] shop_app@shop FATAL:  password authentication failed for user \"shop_app\"\n",
        i / 72000, i / 1200 % 60, i / 20 % 60, i % 20 * 50, 1000 + i % 7 }' >"$scratch/big.log"
killed_and_again() { # TIMELINE COMMAND...
    line=$1
    shift
    for moment in 0.05 0.1 0.15 0.2 0.25 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1.0 1.2 1.4; do
        timeout -s KILL "$moment" "$@" >"$scratch/said" 2>&1
    done
    "$@" >"$scratch/said" 2>&1
    code=$?
    [ "$code" -le 1 ] || { echo "exit $code"; cat "$scratch/said"; return 1; }
    same_count 8000 "$(incident export -t "$line" --format jsonl | grep -c '"class":"auth_failed"')"
}
same_count() { [ "$1" -eq "$2" ] || { echo "$2 of $1 are there"; return 1; }; }
ok "logcorr, killed and run again" killed_and_again "$scratch/log.timeline" \
    logcorr -q -t "$scratch/log.timeline" "$scratch/big.log"
ok "incident scope, killed and run again" killed_and_again "$scratch/scope.timeline" \
    incident scope --json -t "$scratch/scope.timeline" "$scratch/big.log"
done_testing
