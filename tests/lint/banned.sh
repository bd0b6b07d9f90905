#!/bin/sh
# Functions that cut, overrun, stall, or ask the process-wide zone; and foreign libraries
# outside the one file that wraps each.
set -eu
cd "$1"
bad=0
calls='strcpy|strcat|sprintf|vsprintf|strncpy|strncat|strtok|strtok_r|gets|scanf|sscanf|fscanf|vsscanf|gmtime|gmtime_r|localtime|localtime_r|ctime|ctime_r|mktime|timegm|asctime|strptime|strftime|tzset|system|popen|atoi|atol|atof|alloca|setjmp|longjmp|rand|srand|tmpnam|mktemp'
found=$(grep -nE "(^|[^A-Za-z0-9_>.])($calls) ?\(" common/*/*.[ch] tools/*/*.[ch] 2>/dev/null | grep -vE '^[^:]*:[0-9]+: *(\*|/\*|//)' || true)
if [ -n "$found" ]; then
    echo "$found" | sed 's/^/# banned: /'
    bad=1
fi
# header <tab> the files that may include it
while IFS='	' read -r header may; do
    [ -n "$header" ] || continue
    for file in $(grep -lE "^#include <$header" common/*/*.[ch] tools/*/*.[ch] 2>/dev/null || true); do
        case " $may " in *" $file "*) continue ;; esac
        echo "# $file includes <$header>: only $may may"
        bad=1
    done
done <<'TABLE'
openssl/	common/base/digest.c common/base/tls.c
curl/	common/net/http.c
libpq-fe.h	common/net/pg.c
sqlite3.h	common/timeline/store.c common/timeline/store_read.c common/timeline/store_open.c common/timeline/sqlite.h
pcre2.h	common/logs/format.c common/logs/pattern.c common/logs/regex.c
zlib.h	common/sources/compressed.c
zstd.h	common/sources/compressed.c
jansson.h	common/net/api.c
utf8proc.h	common/net/saslprep.c
n?curses	tools/incident/terminal.c
TABLE
[ "$bad" = 0 ] || printf 'not '
echo "ok 1 - no banned call, and each foreign library behind its one file"
echo 1..1
exit $bad
