#!/bin/sh
# SPDX-License-Identifier: MIT
# dbprobe check: what a refusal proves, on a real server, for every way it can refuse.
. "$(dirname "$0")/lib.sh"

# Server locales that this machine has catalogues for, made in the scratch folder.
mkdir "$scratch/locales" && chmod 755 "$scratch/locales"
languages=
for one in fr_FR de_DE es_ES ja_JP ru_RU zh_CN ko_KR; do
    [ -e "/usr/share/locale/${one%_*}/LC_MESSAGES/postgres-15.mo" ] ||
        [ -e "/usr/share/locale/$one/LC_MESSAGES/postgres-15.mo" ] || continue
    localedef -i "$one" -f UTF-8 "$scratch/locales/$one.UTF-8" 2>/dev/null &&
        languages="$languages $one.UTF-8"
done
LOCPATH="$scratch/locales" stack_up db --only postgres --ssl
port=$(stack_get db ports_postgres)
log=$(stack_get db logs_postgres)
sql() { printf '%s\n' "$@" | stack sql "$db" >"$scratch/said"; }
tcp="host=127.0.0.1 port=$port"

# The rules of admission, a database each.
cat >"$scratch/hba" <<HBA
local all postgres trust
local all all scram-sha-256
host hbanone nobody 127.0.0.1/32 scram-sha-256
host rejectdb all 127.0.0.1/32 reject
hostssl ssldb all 127.0.0.1/32 scram-sha-256
hostnossl nossldb all 127.0.0.1/32 scram-sha-256
host md5db all 127.0.0.1/32 md5
host cleardb all 127.0.0.1/32 password
host identdb all 127.0.0.1/32 ident
hostssl certdb all 127.0.0.1/32 cert
host trustdb all 127.0.0.1/32 trust
host appdb,nosuchdb,limdb,noaccept,shop all 127.0.0.1/32 scram-sha-256
HBA
cat "$scratch/hba" >"$db/data/pg_hba.conf"
for one in hbanone rejectdb ssldb nossldb md5db cleardb identdb certdb trustdb appdb limdb noaccept; do
    sql "create database $one;"
done
sql "create role app login password 'good';" \
    "create role nopass login;" \
    "create role nologinrole nologin password 'good';" \
    "create role expired login password 'good' valid until '2020-01-01';" \
    "create role nopriv login password 'good';" \
    "create role limited login password 'good' connection limit 0;" \
    "set password_encryption = 'md5'; create role md5user login password 'good';" \
    "revoke connect on database appdb from public; grant connect on database appdb to app, limited;" \
    "alter database limdb connection limit 0;" \
    "alter database noaccept allow_connections false;" \
    "select pg_reload_conf();"

# expect VERDICT SQLSTATE STAGE PASSWORD WORDS CONNINFO [PASSWORD]: SQLSTATE - is none.
expect() {
    case $2 in -) code=null ;; *) code="\"$2\"" ;; esac
    wanted="{\"verdict\":\"$1\",\"sqlstate\":$code,\"stage\":\"$3\",\"password\":\"$4\","
    words=$5
    if [ $# -gt 6 ]; then
        PW=$7 dbprobe --json --timeout 3s --password env:PW "$6" >"$scratch/out" 2>"$scratch/err"
    else
        dbprobe --json --timeout 3s "$6" >"$scratch/out" 2>"$scratch/err"
    fi
    is "$(cut -c1-${#wanted} "$scratch/out")" "$wanted" "$words"
}

app="$tcp user=app dbname=appdb"
all_refusals() {
    expect auth_failed 28P01 login bad "$1wrong password" "$app sslmode=disable" wrong
    expect auth_failed 28P01 login bad "$1wrong password, tried twice" "$app sslmode=prefer" wrong
    expect auth_failed 28P01 login bad "$1wrong password under TLS" "$app sslmode=require" wrong
    expect auth_failed 28P01 login bad "$1no such role" "$tcp user=ghost dbname=appdb sslmode=disable" x
    expect auth_failed 28P01 login bad "$1a role without a password" "$tcp user=nopass dbname=appdb sslmode=disable" x
    expect no_db 3D000 login good "$1no such database" "$tcp user=app dbname=nosuchdb sslmode=disable" good
    expect auth_failed 28P01 login bad "$1no such database and a wrong password" "$tcp user=app dbname=nosuchdb sslmode=disable" wrong
    expect no_hba 28000 startup untested "$1no line in pg_hba.conf" "$tcp user=app dbname=hbanone sslmode=disable" good
    expect no_hba 28000 startup untested "$1nor with TLS" "$tcp user=app dbname=hbanone sslmode=prefer" good
    expect no_hba 28000 startup untested "$1rejected by pg_hba.conf" "$tcp user=app dbname=rejectdb sslmode=disable" good
    expect no_hba 28000 startup untested "$1TLS asked for by pg_hba.conf" "$tcp user=app dbname=ssldb sslmode=disable" good
    expect no_hba 28000 startup untested "$1no TLS wanted by pg_hba.conf" "$tcp user=app dbname=nossldb sslmode=require" good
    expect no_role 28000 login good "$1a role that may not log in" "$tcp user=nologinrole dbname=shop sslmode=disable" good
    expect auth_failed 28P01 login bad "$1the same with a wrong password" "$tcp user=nologinrole dbname=shop sslmode=disable" wrong
    expect auth_failed 28P01 login bad "$1an expired password" "$tcp user=expired dbname=shop sslmode=disable" good
    expect no_db 42501 login good "$1no right to connect" "$tcp user=nopriv dbname=appdb sslmode=disable" good
    expect too_many_connections 53300 login good "$1a role at its limit" "$tcp user=limited dbname=appdb sslmode=disable" good
    expect too_many_connections 53300 login good "$1a database at its limit" "$tcp user=app dbname=limdb sslmode=disable" good
    expect no_db 55000 login good "$1a database that takes nobody" "$tcp user=app dbname=noaccept sslmode=disable" good
    expect auth_failed 28P01 login bad "$1an md5 secret where SCRAM is asked" "$tcp user=md5user dbname=shop sslmode=disable" good
    expect auth_failed 28P01 login bad "$1SCRAM where md5 is allowed" "$tcp user=app dbname=md5db sslmode=disable" wrong
    expect auth_failed 28P01 login bad "$1md5, wrong" "$tcp user=md5user dbname=md5db sslmode=disable" wrong
    expect auth_failed 28P01 login bad "$1in clear, wrong" "$tcp user=app dbname=cleardb sslmode=disable" wrong
    expect auth_failed 28000 login untested "$1ident" "$tcp user=app dbname=identdb sslmode=disable" good
    expect no_role 28000 login untested "$1no such role where nobody is asked" "$tcp user=ghost dbname=trustdb sslmode=disable"
}
all_refusals ""

expect ok - query good "the right one" "$app sslmode=disable" good
expect ok - query good "under TLS" "$app sslmode=require" good
expect ok - query good "SCRAM where md5 is allowed" "$tcp user=app dbname=md5db sslmode=disable" good
expect ok - query good "md5" "$tcp user=md5user dbname=md5db sslmode=disable" good
expect ok - query untested "nobody is asked" "$tcp user=app dbname=trustdb sslmode=disable"
expect auth_failed - login untested "no password to send" "$app sslmode=disable"
expect tls F0000 startup untested "a certificate is asked for, and there is no CA" "$tcp user=app dbname=certdb sslmode=require" good
expect scram - login untested "channel binding without TLS" "$app sslmode=disable channel_binding=require" good
expect tls - tls untested "a certificate of another name" "host=elsewhere hostaddr=127.0.0.1 port=$port user=app dbname=appdb sslmode=verify-full sslrootcert=$db/data/server.crt" good
expect tls - tls untested "no root certificate" "$app sslmode=verify-full" good
expect network - query good "not the kind of server that was asked for" "$app sslmode=disable target_session_attrs=standby" good
expect network - connect untested "nobody listens" "host=127.0.0.1 port=1 user=a dbname=b" x
expect network - connect untested "no socket" "host=$scratch port=1 user=a dbname=b" x
expect network - resolve untested "no such host" "host=db.invalid user=a dbname=b" x
expect auth_failed 28P01 login bad "by a Unix socket" "host=$db/sock port=$port user=app dbname=appdb" wrong

# Other languages, one ladder.
for one in $languages; do
    sql "alter system set lc_messages = '$one';" "select pg_reload_conf();"
    sleep 0.3
    all_refusals "$one: "
    ok "$one: the server did speak it" sh -c "tail -n 40 '$log' | grep -qv 'password authentication failed for user'"
done
sql "alter system reset lc_messages;" "select pg_reload_conf();"
# (A sanitizer build is told off for what the C library keeps of LOCPATH.)
export LOCPATH="$scratch/locales" ASAN_OPTIONS=detect_leaks=0
LC_ALL=fr_FR.UTF-8 LANGUAGE=fr expect auth_failed 28P01 login bad "a French client" "$app sslmode=disable" wrong
LC_ALL=de_DE.UTF-8 LANGUAGE=de expect no_hba 28000 startup untested "a German one" "$tcp user=app dbname=hbanone sslmode=disable" good
unset LOCPATH ASAN_OPTIONS

# Full
hold() {
    PGPASSWORD=good psql -q "$app sslmode=disable" -c "select pg_sleep(600)" >"$scratch/held" 2>&1 &
    holders="$holders $!"
}
holders=
server=$(head -n 1 "$db/data/postmaster.pid")
# A server does not notice that a client is gone while it works for it.
release() {
    kill -TERM $(pgrep -P "$server" -f SELECT)
    wait $holders 2>/dev/null
    holders=
}
free=$(($(printf "select current_setting('max_connections')::int - 3 - count(*) from pg_stat_activity where backend_type = 'client backend';" |
    stack sql "$db" | grep -oE '[0-9]+' | head -n 1) + 1))
i=0
while [ $i -lt $free ]; do
    hold
    i=$((i + 1))
done
full() { [ "$(pgrep -P "$server" -f -c SELECT)" -ge "$free" ]; }
wait_until 20 full
expect too_many_connections 53300 login good "only reserved slots are left" "$app sslmode=disable" good
# The superuser's own slots, one by one until none is left.
root="host=$db/sock port=$port user=postgres dbname=postgres"
all_taken() {
    psql -q "$root" -c "select 1" 2>&1 | grep -q 'too many clients' && return 0
    psql -q "$root" -c "select pg_sleep(600)" >"$scratch/held" 2>&1 &
    holders="$holders $!"
    return 1
}
wait_until 20 all_taken
expect too_many_connections 53300 startup untested "not even those" "$app sslmode=disable" good
expect too_many_connections 53300 startup untested "whatever the password" "$app sslmode=disable" wrong
release

# What it costs the log
sleep 0.5
before=$(wc -c <"$log")
i=0
while [ $i -lt 20 ]; do
    dbprobe --silent "$app sslmode=disable" >"$scratch/out"
    dbprobe --silent "$app sslmode=require" >"$scratch/out"
    i=$((i + 1))
done
is "$(($(wc -c <"$log") - before))" 0 "forty silent looks, plain and under TLS, leave nothing in the log"
lines() { grep -c 'FATAL' "$log"; }
before=$(lines)
PW=wrong dbprobe --password env:PW "$app sslmode=prefer" >"$scratch/out"
is "$(($(lines) - before))" "$(grep -oE 'left [0-9a-z]+ FATAL' "$scratch/out" | grep -oE '[0-9]+')" \
    "it says how many FATAL lines it left"

# Secrets
PW=geheimnis-77 dbprobe --json --password env:PW -t "$scratch/t" "$app sslmode=disable" >"$scratch/out" 2>&1
ok "no secret in what is said" no grep -q geheimnis "$scratch/out"
ok "nor on the timeline" no grep -q geheimnis "$scratch/t" "$scratch/t-wal"
ok "a password in a URI is refused" exits 2 dbprobe "postgresql://app:geheimnis@127.0.0.1:$port/appdb"
dbprobe "postgresql://app:geheimnis@127.0.0.1:$port/appdb" >"$scratch/out" 2>&1
ok "and not repeated" no grep -q geheimnis "$scratch/out"

# Strangers on the port, and silence
stranger() {
    python3 - "$1" "$scratch/port" <<'PYTHON' &
import socket, sys, time
say, s = sys.argv[1].encode().decode("unicode_escape").encode("latin-1"), socket.socket()
s.bind(("127.0.0.1", 0))
s.listen(5)
open(sys.argv[2] + ".new", "w").write(str(s.getsockname()[1]))
import os
os.rename(sys.argv[2] + ".new", sys.argv[2])
s.settimeout(8)
kept = []
try:
    while True:
        c, _ = s.accept()
        if say == b"SILENCE":
            kept.append(c)
            continue
        if say == b"CLOSE":
            c.close()
            continue
        if say == b"DRIP":
            for b in b"R\0\0\0\x17\0\0\0":
                c.sendall(bytes([b]))
                time.sleep(0.3)
            kept.append(c)
            continue
        if say == b"ENDLESS":
            c.sendall(b"N" + b"\0\0\x70\0" + b"x" * 1000000)
        else:
            c.sendall(say)
        c.recv(1000)
        c.close()
except Exception:
    pass
PYTHON
    stranger=$!
    wait_until 5 test -s "$scratch/port"
}
# named SAYS WORDS: what answers is named, in time.
named() {
    rm -f "$scratch/port"
    stranger "$1"
    began=$(date +%s%N)
    dbprobe --timeout 1s "host=127.0.0.1 port=$(cat "$scratch/port") user=a dbname=b sslmode=$3" >"$scratch/out" 2>&1
    code=$?
    took=$((($(date +%s%N) - began) / 1000000))
    kill "$stranger" 2>/dev/null
    wait "$stranger" 2>/dev/null
    is "$code $(grep -c "$2" "$scratch/out")" "4 1" "$2 (sslmode=$3)"
    ok "in time: $took ms" [ "$took" -lt "${4:-1500}" ]
}
for mode in disable prefer; do
    named 'HTTP/1.1 400 Bad Request\r\n\r\n' 'HTTP answers there' $mode
    named 'SSH-2.0-OpenSSH_9.2p1\r\n' 'SSH answers there' $mode
    named '-ERR unknown command\r\n' 'Redis answers there' $mode
    named 'J\0\0\0\x0a8.0.36\0' 'MySQL answers there' $mode
    named '\x15\x03\x01\0\x02\x02\x46' 'TLS answers there' $mode
    named SILENCE 'THEN SILENCE' $mode
    named CLOSE 'HUNG UP' $mode
    named ENDLESS 'NOT A POSTGRES' $mode
done
named DRIP 'hangs as it answers' disable
named 'R\xff\xff\xff\xff' 'NOT A POSTGRES' disable

# A stopped server takes connections and says nothing
kill -STOP "$server"
expect network - startup untested "a server that is stopped" "$app sslmode=disable" good
kill -CONT "$server"

# Shutting down, and gone
hold
wait_until 10 pgrep -P "$server" -f SELECT
kill -TERM "$server"
sleep 0.5
expect starting_up 57P03 startup untested "shutting down, while somebody is still in" "$app sslmode=disable" good
release
wait_until 20 no kill -0 "$server"
expect network - connect untested "stopped" "$app sslmode=disable" good
done_testing
