#!/bin/sh
# No function over 60 lines, no .c over 500, no .h over 120, no line over 96 columns outside
# tables: a brace in column 0 opens and closes a function. A table of rows may be as long as
# the world is wide: a function is counted only if its brace follows a line that ends in ).
set -eu
cd "$1"
find common tools tests -name '*.[ch]' | sort | LC_ALL=C xargs awk '
    FNR == 1     { if (file && n > max) over(file, n, max); file = FILENAME; start = rows = 0
                   max = file ~ /h$/ ? 120 : 500 }
                 { if (!rows) n = FNR - skipped[file] }
    /clang-format off/ { rows = 1; at = FNR }
    /clang-format on/  { rows = 0; skipped[file] += FNR - at }
    !rows { wide = $0; gsub(/[\200-\277]/, "", wide)
            if (length(wide) > 96) over(file ":" FNR, length(wide), 96) }
    /^\{/ && before ~ /\)$/  { start = FNR }
    /^\}/ && start { all++; if (FNR - start > 60) over(file ":" start, FNR - start, 60); start = 0 }
                 { before = $0 }
    END          { if (n > max) over(file, n, max)
                   print (bad || all < 20 ? "not " : "") "ok 1 - nothing has outgrown one idea (" all " functions)"
                   print "1..1"; exit bad }
    function over(what, has, may) { printf "# %s: %d, may have %d\n", what, has, may; bad = 1 }'
