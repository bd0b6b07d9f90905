#!/bin/sh
# SPDX-License-Identifier: MIT
# The story, told by each tool on the real stack: well, rotated, failing, mended, over. Once as
# it comes, once with all that makes it hard to read.
. "$(dirname "$0")/lib.sh"

says() { # WORDS-IN-JSON COMMAND...: its last line of JSON holds them all
    wanted=$1
    shift
    "$@" 2>"$scratch/err" | tail -n 1 >"$scratch/json"
    for word in $wanted; do
        grep -qF "$word" "$scratch/json" || { echo "no $word in:"; cat "$scratch/json" "$scratch/err"; return 1; }
    done
}

# story NAME: what the stack of that name lives through
story() {
    name=$1
    eval "dir=\$$name"
    users=$(stack_get "$name" urls | cut -d' ' -f3)
    health=$(stack_get "$name" urls | cut -d' ' -f2)
    server=$(stack_get "$name" server_conninfo)
    secret=file:$(stack_get "$name" secret_file)
    postgres=$(stack_get "$name" logs_postgres_collected)
    postgres=${postgres:-$(stack_get "$name" logs_postgres)}
    logs="$(stack_get "$name" logs_access) $(stack_get "$name" logs_app) $postgres"
    line=$scratch/$name.timeline

    ok "$name: well: baseline" exits 0 baseline run -q -t "$line" --count 5 --every 200ms "$users" "$health"
    ok "$name: well: dbprobe" exits 0 dbprobe --password "$secret" "$server"
    ok "$name: well: logcorr clean" exits 0 logcorr clean $logs

    stack rotate "$dir" >"$scratch/said"
    ok "$name: failing: baseline" exits 1 baseline run -q -t "$line" --count 10 --every 200ms "$users" "$health"
    ok "$name: failing: dbprobe says wrong password" \
        says '"verdict":"auth_failed" "sqlstate":"28P01" "password":"bad"' dbprobe --json --password "$secret" "$server"
    ok "$name: failing: logcorr finds the role" \
        says '"class":"auth_failed" "role":"shop_app"' logcorr --json --class auth_failed $logs
    ok "$name: failing: not clean" exits 1 logcorr clean $logs
    ok "$name: failing: incident scope names the cause" \
        says '"state":"failing" "class":"credential_mismatch" "role":"shop_app" "stale":"application"' \
        incident scope --json -t "$line" $logs
    ok "$name: failing: baseline wait does not say it is over" exits 1 baseline wait -q --within 3s "$users"

    stack rollback "$dir" >"$scratch/said"
    mended=@$(date +%s)
    sleep 1
    ok "$name: mended: baseline wait proves it" exits 0 baseline wait -q --exclude 1/8 --rate 20 "$users"
    ok "$name: mended: dbprobe" exits 0 dbprobe --password "$secret" "$server"
    ok "$name: mended: a second after, the logs are clean" \
        exits 0 logcorr clean --since "@$((${mended#@} + 1))" $logs
    baseline run -q -t "$line" --count 10 --every 200ms "$users" "$health"
    ok "$name: over: incident scope" \
        says '"state":"recovered" "class":"credential_mismatch" "role":"shop_app"' incident scope --json -t "$line" $logs
    ok "$name: over: the report can be verified" incident report -t "$line" -o "$scratch/$name.html"
    ok "$name: and is" exits 0 incident verify "$scratch/$name.html"
}

stack_up plain
story plain
stack_up hard --ssl --log-destination csvlog --log-timezone Asia/Kolkata --app-timezone America/New_York \
    --set log_connections=on
story hard
done_testing
