#!/bin/sh
# How logcorr does beside ripgrep on a Postgres log: all failures of a day, and a window of
# three minutes. Measured by hand, on a quiet machine, with a release build; nothing is asserted.
# usage: logs.sh BUILD [LINES]
set -eu
build=$(cd "$1" && pwd)
lines=${2:-4000000}
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
awk -v n="$lines" 'BEGIN {
    srand(1)
    for (i = 0; i < n; i++) {
        s = int(i * 86000 / n)
        t = sprintf("2026-11-22 %02d:%02d:%02d.%03d UTC [%d] app@shop ", s / 3600, s / 60 % 60, s % 60, i % 1000, 100 + i % 50)
        if (rand() < .0001) print t "FATAL:  password authentication failed for user \"app\""
        else print t "LOG:  duration: " rand() * 10 " ms  statement: select * from orders where id = " i
    }
}' >"$work/postgres.log"
cat >"$work/patterns" <<'PATTERNS'
password authentication failed for user
role "[^"]+" does not exist
database "[^"]+" does not exist
no pg_hba\.conf entry for
pg_hba\.conf rejects connection
(?:Peer|Ident|LDAP|PAM|GSSAPI) authentication failed
remaining connection slots are reserved
sorry, too many clients already
psycopg2\.OperationalError
SQLSTATE\[(?:08006|28P01)\]
connection to server at .{1,80} failed
server login failed
PATTERNS
timed() {
    what=$1
    shift
    /usr/bin/time -o "$work/time" -f "%U %S %e %M" "$@" >/dev/null 2>&1 || true
    awk -v what="$what" '{ printf "%-28s %6.2f s cpu  %6.3f s wall  %5d MiB\n", what, $1 + $2, $3, $4 / 1024 }' "$work/time"
}
ls -l "$work/postgres.log" | awk '{ printf "%d MB\n", $5 / 1000000 }'
for again in 1 2 3; do
    timed "rg, 12 patterns" rg -c -f "$work/patterns" "$work/postgres.log"
    timed "logcorr, all failures" "$build/logcorr" -q --json "$work/postgres.log"
    timed "logcorr, three minutes" "$build/logcorr" -q --json --since 2026-11-22T14:03:10Z \
        --until 2026-11-22T14:06:10Z "$work/postgres.log"
done
