#!/bin/sh
# Golden tests: a folder each under tests/golden/. `cmd` is run by sh in the folder with the
# built tools first on PATH, TZ=UTC LC_ALL=C and no terminal; what it prints must equal `out`
# (and `err`, where there is one), and it must exit as `rc` says (0 if there is none). $TMP is
# an empty folder that goes afterwards; its name reads as TMP in what is compared.
# UPDATE=1 rewrites out, err and rc: read the diff before you commit it.
# usage: golden.sh SOURCE BUILD [CASE...]
set -u
here=$1/tests/golden
PATH=$2:$PATH
shift 2
[ $# -gt 0 ] || set -- "$here"/*/cmd
export PATH TZ=UTC LC_ALL=C TERM=dumb COLUMNS=80
unset INCIDENT_TIMELINE NO_COLOR
n=0
bad=0
for cmd in "$@"; do
    case=$(dirname "$cmd")
    [ -e "$cmd" ] || continue
    n=$((n + 1))
    TMP=$(mktemp -d)
    export TMP HOME="$TMP" XDG_STATE_HOME="$TMP/state" XDG_CONFIG_HOME="$TMP/config"
    (cd "$case" && exec timeout 60 sh ./cmd) >"$TMP.out" 2>"$TMP.err" </dev/null
    rc=$?
    sed -i "s|$TMP|TMP|g" "$TMP.out" "$TMP.err"
    if [ "${UPDATE:-}" ]; then
        cp "$TMP.out" "$case/out"
        cp "$TMP.err" "$case/err"
        if [ $rc != 0 ]; then echo $rc >"$case/rc"; else rm -f "$case/rc"; fi
    fi
    want=0
    [ -e "$case/rc" ] && want=$(cat "$case/rc")
    said=
    [ "$rc" = "$want" ] || said="exit $rc, not $want"
    diff=$(diff -u "$case/out" "$TMP.out"; [ ! -e "$case/err" ] || diff -u "$case/err" "$TMP.err")
    if [ -n "$said$diff" ]; then
        printf '%s\n%s\n' "$said" "$diff" | head -60 | sed 's/^/# /'
        printf 'not '
        bad=1
    fi
    echo "ok $n - $(basename "$case" | tr - ' ')"
    rm -rf "$TMP" "$TMP.out" "$TMP.err"
done
echo "1..$n"
exit $bad
