#!/bin/sh
# SPDX-License-Identifier: MIT
# dbprobe on rotations that really happen: salts, brackets, the WAL, the sessions from before.
# ROUNDS=100 for more of each.
. "$(dirname "$0")/lib.sh"

stack_up db --only postgres --ssl
printf 'create extension pg_walinspect; create role watcher login; create role pwtest login;' |
    stack sql "$db" >"$scratch/said"
for python in python3 /usr/bin/python3; do
    "$python" -c 'import psycopg2' 2>/dev/null && break
done
"$python" "$(dirname "$0")/rotation.py" "$db" "$(stack_get db ports_postgres)" \
    "$(stack_get db logs_postgres)" "$top/fixtures/stack/stack" "$(stack_get db bin)"
