#!/bin/sh
# SPDX-License-Identifier: MIT
# The stack itself: it does what the story needs, and leaves nothing behind.
. "$(dirname "$0")/lib.sh"

answer() { curl -s -o /dev/null -w '%{http_code}' --noproxy '*' "$(stack_get "$1" urls | cut -d' ' -f"$2")"; }
# Nobody works in that folder.
gone() { [ -z "$(find /proc/[0-9]*/cwd -maxdepth 0 -lname "$1*" 2>/dev/null)" ]; }
segment_is_there() { ipcs -m | awk -v id="$1" '$2 == id { found = 1 } END { exit !found }'; }
refused() { stack status "$1" | sed 's/.*"refused": \([0-9]*\).*/\1/'; }

# One connection a request
stack_up plain
is "$(answer plain 1) $(answer plain 2) $(answer plain 3)" "200 200 200" "all three routes answer"
stack rotate "$plain" >"$scratch/said"
is "$(answer plain 1) $(answer plain 2) $(answer plain 3)" "200 200 500" \
    "after a rotation only the route that needs the database fails"
ok "the server's log names the role" \
    grep -q 'FATAL:  password authentication failed for user "shop_app"' "$(stack_get plain logs_postgres)"
ok "the application's log has the exception" \
    grep -q 'OperationalError.*password authentication failed' "$(stack_get plain logs_app)"
is "$(refused "$plain")" 1 "the application counted one refused login"
stack rollback "$plain" >"$scratch/said"
is "$(answer plain 3)" 200 "the old password, put back, mends it"
stack rotate "$plain" --how verifier >"$scratch/said"
is "$(answer plain 3)" 500 "a rotation by verifier is one, too"
stack set-secret "$plain" >"$scratch/said"
is "$(answer plain 3)" 500 "a new secret file alone changes nothing: it is read once"
stack restart "$plain" >"$scratch/said"
is "$(answer plain 3)" 200 "the new secret and a restart mend it"
is "$(stat -c %a "$(stack_get plain secret_file)")" 600 "the secret file is its owner's alone"

# Sessions that predate the rotation
stack_up pool --pool --pool-life 2 --workers 1
is "$(answer pool 3)" 200 "the pool has a session"
stack rotate "$pool" >"$scratch/said"
is "$(answer pool 3)" 200 "which outlives the rotation"
ok "until it is recycled" wait_until 5 sh -c "[ \$(curl -s -o /dev/null -w '%{http_code}' --noproxy '*' \
    $(stack_get pool urls | cut -d' ' -f3)) = 500 ]"

# A pooler, TLS, a collector that writes CSV
stack_up more --pgbouncer --ssl --log-destination csvlog --log-timezone Europe/Berlin
is "$(answer more 3)" 200 "through pgbouncer, with TLS and csvlog"
stack rotate "$more" >"$scratch/said"
stack sql "$more" >"$scratch/said" <<SQL
select pg_terminate_backend(pid) from pg_stat_activity where usename = 'shop_app';
SQL
ok "pgbouncer is refused, and the application hears of it" \
    wait_until 5 sh -c "[ \$(curl -s -m 20 -o /dev/null -w '%{http_code}' --noproxy '*' \
    $(stack_get more urls | cut -d' ' -f3)) = 500 ]"
ok "the CSV log says so" grep -q '28P01.*CE\?S\?T\|CE\?S\?T.*28P01' "$(stack_get more logs_postgres_collected)"

# Nothing left behind
for one in $stacks; do stack down "$one" >"$scratch/said"; done
ok "no process is left" gone "$scratch/"
ok "no folder is left" [ ! -e "$plain" -a ! -e "$pool" -a ! -e "$more" ]
ok "taking down what is not there is no error" stack down "$plain"
mkdir "$scratch/mine" && touch "$scratch/mine/file"
ok "a folder that is no stack is not touched" exits 1 stack down "$scratch/mine"
ok "and none is made in it" exits 1 stack up "$scratch/mine"
ok "its file is still there" [ -e "$scratch/mine/file" ]

# The driver is killed while it builds
for delay in 0.2 0.8 1.4 2.2; do
    half=$scratch/h$delay
    stacks="$stacks $half"
    "$top/fixtures/stack/stack" up "$half" >"$scratch/said" 2>&1 &
    driver=$!
    sleep "$delay"
    kill -9 "$driver" 2>/dev/null
    wait "$driver" 2>/dev/null
    stack down "$half" >"$scratch/said"
    ok "killed after $delay s, and nothing is left" gone "$half/"
    ok "nor on disk" [ ! -e "$half" ]
done

# Postgres is killed, too: its segment of shared memory must not stay
stack_up killed --only postgres
segment=$(sed -n '7s/.* //p' "$killed/data/postmaster.pid")
ok "Postgres has a segment of shared memory" segment_is_there "$segment"
kill -9 "$(head -n 1 "$killed/data/postmaster.pid")"
stack down "$killed" >"$scratch/said"
ok "which is not left behind when it is killed" no segment_is_there "$segment"

# As an ordinary user
if [ "$(id -u)" -eq 0 ]; then
    mkdir "$scratch/nobody" && chown nobody "$scratch/nobody"
    as_nobody() { setpriv --reuid nobody --regid nogroup --clear-groups "$@"; }
    if as_nobody test -x "$top/fixtures/stack/stack"; then
        stacks="$stacks $scratch/nobody/s"
        ok "an ordinary user may have one" as_nobody "$top/fixtures/stack/stack" up "$scratch/nobody/s"
        ok "and take it down" as_nobody "$top/fixtures/stack/stack" down "$scratch/nobody/s"
        ok "without a trace" gone "$scratch/nobody/s"
    fi
fi
done_testing
