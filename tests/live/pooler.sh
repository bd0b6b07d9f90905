#!/bin/sh
# SPDX-License-Identifier: MIT
# dbprobe through pgbouncer: whose password is stale, the application's or the pooler's?
. "$(dirname "$0")/lib.sh"

stack_up db --pgbouncer
pooler=$(stack_get db conninfo)
server=$(stack_get db server_conninfo)
secret=file:$(stack_get db secret_file)
look() { dbprobe --timeout 3s -W "$secret" --behind "$server" "$@" "$pooler"; }

look >"$scratch/out"
ok "a pooler is recognised" grep -q 'A pooler stands between' "$scratch/out"
ok "one that holds the password in clear is told" grep -q 'makes up its salt' "$scratch/out"
ok "watching it is given up" exits 3 dbprobe watch --for 3s "$pooler"

# It is given the server's own verifier instead.
printf "select 'kept=' || rolpassword from pg_authid where rolname = 'shop_app';" |
    stack sql "$db" | sed -n 's/.*kept=\([^ |]*\).*/"shop_app" "\1"/p' >"$scratch/userlist"
cat "$scratch/userlist" >"$db/run/userlist.txt"
kill -HUP "$(pgrep -f "pgbouncer.*$db" | head -n 1)"
sleep 0.5
look --silent >"$scratch/out"
ok "the same verifier on both ports" grep -q "keeps the server's own verifier" "$scratch/out"
stack rotate "$db" >"$scratch/said"
ok "after a rotation the pooler is the stale one" exits 1 look --silent
look --silent >"$scratch/out"
ok "and is named" grep -q 'THE POOLER IS STALE' "$scratch/out"
done_testing
