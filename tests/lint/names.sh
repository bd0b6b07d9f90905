#!/bin/sh
# No two files of common/ define a function or an object of the same name: a program that needs
# both would not link, or would link the wrong one.
# usage: names.sh SOURCE BUILD
set -eu
cd "$2"
defined=$(for library in common/lib*.a; do nm "$library" 2>/dev/null; done |
    awk '$2 ~ /^[TDBR]$/ { print $3 }' | grep -v '^__\|\.' | sort)
twice=$(echo "$defined" | uniq -d)
[ -z "$twice" ] || echo "$twice" | sed 's/$/ is defined twice/; s/^/# /'
[ -z "$twice" ] && [ "$(echo "$defined" | wc -l)" -gt 100 ] || printf 'not '
echo "ok 1 - no name is defined twice in common/ ($(echo "$defined" | wc -l) names)"
echo 1..1
[ -z "$twice" ]
