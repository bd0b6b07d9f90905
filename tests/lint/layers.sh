#!/bin/sh
# A file under common/ includes its own floor and the floors below it: nothing above, nothing
# beside. A tool includes common/ and its own folder, never another tool.
set -eu
cd "$1"
floors='base|time|cli net timeline|logs sources|observe|diagnose|report'
floor() { echo "$floors" | tr '|' '\n' | grep -nw "$1" | cut -d: -f1; }
bad=0
files=0
for file in common/*/*.[ch]; do
    files=$((files + 1))
    mine=$(basename "$(dirname "$file")")
    for its in $(sed -n 's|^#include "\([a-z]*\)/.*|\1|p' "$file" | sort -u); do
        [ "$its" = "$mine" ] && continue
        here=$(floor "$its")
        [ -n "$here" ] && [ "$here" -lt "$(floor "$mine")" ] && continue
        echo "# $file looks at $its/, which is not below $mine/"
        bad=1
    done
done
for file in tools/*/*.[ch]; do
    [ -e "$file" ] || continue
    files=$((files + 1))
    for its in $(sed -n 's|^#include "\([^"]*\)".*|\1|p' "$file"); do
        [ -e "common/$its" ] || [ -e "$(dirname "$file")/$its" ] && continue
        echo "# $file includes $its, which is neither in common/ nor beside it"
        bad=1
    done
done
[ "$bad" = 0 ] && [ "$files" -gt 10 ] || printf 'not '
echo "ok 1 - no file looks up or sideways ($files files)"
echo 1..1
exit $bad
