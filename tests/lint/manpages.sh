#!/bin/sh
# What --help offers, the man page explains, and the other way round. For each tool: every
# --option and every verb of every help text stands in man/TOOL.1.scd, and nothing more.
# usage: manpages.sh SOURCE BUILD
set -eu
cd "$1"
build=$2
n=0
bad=0
check() {
    n=$((n + 1))
    [ -z "$2" ] && { echo "ok $n - $1"; return; }
    echo "$2" | sed 's/^/# /'
    echo "not ok $n - $1"
    bad=1
}
for tool in baseline logcorr dbprobe incident; do
    [ -x "$build/$tool" ] || continue
    page=man/$tool.1.scd
    [ -e "$page" ] || { check "$tool has a man page" "$page is missing"; continue; }
    verbs=$("$build/$tool" --help | sed -n "s/^  $tool \([a-z][a-z]*\).*/\1/p" | sort -u)
    offered=$({ "$build/$tool" --help; for verb in $verbs; do "$build/$tool" "$verb" --help; done; } |
        grep -oE '^  (-[a-zA-Z], )?--[a-z][a-z-]*' | grep -oE '\-\-[a-z][a-z-]*' | sort -u)
    explained=$(grep -oE '^\*(-[a-zA-Z]\*, \*)?--[a-z][a-z-]*' "$page" | grep -oE '\-\-[a-z][a-z-]*' | sort -u)
    check "$tool(1) explains every option that --help offers, and no other" \
        "$(printf '%s\n' "$offered" | comm -3 - /dev/fd/3 3<<EXPLAINED
$explained
EXPLAINED
        )"
    missing=
    for verb in $verbs; do
        grep -qE "^\*$tool $verb\*|^## $verb\$|^\*$verb\*" "$page" || missing="$missing $verb"
    done
    check "$tool(1) explains every verb" "$missing"
done
[ "$n" -gt 0 ] || { echo "1..0 # SKIP no tool is built"; exit 0; }
echo "1..$n"
exit $bad
