#!/bin/sh
# Screens: a folder each under tests/screen/. `args` are the words for sample_screen, one a
# line; the screen it draws must equal `screen`. UPDATE=1 rewrites: look before you commit it.
# usage: screen.sh SOURCE SAMPLE_SCREEN [CASE...]
set -u
here=$1/tests/screen
draw=$2
shift 2
[ $# -gt 0 ] || set -- "$here"/*/args
out=$(mktemp)
trap 'rm -f "$out"' EXIT
n=0
bad=0
for args in "$@"; do
    case=$(dirname "$args")
    n=$((n + 1))
    IFS='
'
    # shellcheck disable=SC2046
    timeout 20 "$draw" $(cat "$args") >"$out" 2>&1
    rc=$?
    unset IFS
    [ "${UPDATE:-}" ] && cp "$out" "$case/screen"
    if [ $rc != 0 ] || ! diff=$(diff -u "$case/screen" "$out"); then
        printf 'exit %d\n%s\n' "$rc" "${diff:-}" | head -60 | sed 's/^/# /'
        printf 'not '
        bad=1
    fi
    echo "ok $n - $(basename "$case" | tr - ' ')"
done
echo "1..$n"
exit $bad
