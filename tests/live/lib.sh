# SPDX-License-Identifier: MIT
# For the tests on real servers: TAP, a scratch folder, throw-away stacks. Use:
#   . "$(dirname "$0")/lib.sh"
#   stack_up db --only postgres          (any options of fixtures/stack/stack up)
#   echo "alter role shop_app nologin" | stack sql "$db"
#   ok "what a user gets" command...
#   done_testing
# After stack_up NAME, $NAME is its folder and stack_get NAME KEY gives what `stack env` names
# (ports_postgres, conninfo, admin_conninfo, secret_file, logs_app, urls ...). Whatever
# happens, everything is stopped and removed at the end.
# $BUILD is the build folder; the tools in it come first on the PATH.

set -u
unset PGPASSWORD PGHOST PGPORT PGUSER PGDATABASE INCIDENT_TIMELINE http_proxy HTTP_PROXY
top=$(cd "$(dirname "$0")/../.." && pwd)
BUILD=${BUILD:-$top/build-dev}
export PATH="$BUILD:$PATH" BUILD LC_ALL=C.UTF-8 TZ=UTC

scratch=$(mktemp -d /tmp/live.XXXXXX)
chmod 711 "$scratch"
export HOME="$scratch" XDG_STATE_HOME="$scratch/state"
stacks=
tests=0
failed=0

cleanup() {
    for one in $stacks; do stack down "$one" >"$scratch/down" 2>&1 || cat "$scratch/down" >&2; done
    rm -rf "$scratch"
}
trap cleanup EXIT
trap 'exit 1' HUP INT TERM

stack() { "$top/fixtures/stack/stack" "$@"; }

# stack_up NAME OPTIONS...; the whole test is skipped where the servers are not installed.
stack_up() {
    name=$1
    shift
    eval "$name=\$scratch/\$name"
    eval "stacks=\"\$stacks \$$name\""
    if ! eval "stack up \"\$$name\" \"\$@\"" >"$scratch/$name.up" 2>&1; then
        if grep -q 'is not installed\|no python3 here' "$scratch/$name.up"; then
            skip_all "$(cat "$scratch/$name.up")"
        fi
        echo "Bail out! $(tail -n 1 "$scratch/$name.up")"
        exit 1
    fi
    eval "stack env \"\$$name\"" >"$scratch/$name.env"
}

stack_get() { (. "$scratch/$1.env" && eval "echo \"\${$2-}\""); }

skip_all() {
    echo "1..0 # SKIP $1"
    exit 0
}

# wait_until SECONDS COMMAND...: asks every tenth of a second; fails when the time is up.
wait_until() {
    rounds=$(($1 * 10))
    shift
    until "$@" >/dev/null 2>&1; do
        rounds=$((rounds - 1))
        [ "$rounds" -gt 0 ] || return 1
        sleep 0.1
    done
}

# ok WORDS COMMAND...: passes if the command does; what it says is shown if not.
ok() {
    words=$1
    shift
    tests=$((tests + 1))
    if "$@" >"$scratch/ok.out" 2>&1; then
        echo "ok $tests - $words"
    else
        echo "not ok $tests - $words"
        echo "# $*"
        head -n 40 "$scratch/ok.out" | sed 's/^/# /'
        failed=$((failed + 1))
    fi
}

# is GOT WANTED WORDS
is() {
    printf 'got    %s\nwanted %s\n' "$1" "$2" >"$scratch/is"
    ok "$3" same "$1" "$2"
}

same() { [ "$1" = "$2" ] || { cat "$scratch/is"; return 1; }; }

# exits CODE COMMAND...: for ok; its output is shown when the code is another one.
exits() {
    wanted=$1
    shift
    "$@"
    code=$?
    [ "$code" -eq "$wanted" ] || { echo "exit $code, wanted $wanted"; return 1; }
}

no() { ! "$@"; }

done_testing() {
    echo "1..$tests"
    [ "$failed" -eq 0 ]
    exit
}
