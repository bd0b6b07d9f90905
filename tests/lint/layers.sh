#!/bin/sh
# A file under common/ includes its own floor and the floors below it: nothing above, nothing
# beside. A tool includes common/ and its own folder, never another tool.
set -eu
cd "$1"
ls common/*/*.h tools/*/*.h 2>/dev/null | awk '
    BEGIN {
        n = split("base|time|cli net timeline|logs sources|observe|diagnose|report", rows, "|")
        for (i = 1; i <= n; i++) {
            m = split(rows[i], names, " ")
            for (k = 1; k <= m; k++) floor[names[k]] = i
        }
    }
    { there[$0] = 1 }
    END {
        while (("ls common/*/*.[ch] tools/*/*.[ch] 2>/dev/null" | getline file) > 0) {
            files++
            split(file, parts, "/")
            while ((getline line < file) > 0)
                if (line ~ /^#include "/) check(file, parts, line)
            close(file)
        }
        print (bad || files < 10 ? "not " : "") "ok 1 - no file looks up or sideways (" files " files)"
        print "1..1"
        exit bad
    }
    function check(file, parts, line,    its, of) {
        split(line, of, "\"")
        its = of[2]
        if (parts[1] == "tools" && (("common/" its) in there || ("tools/" parts[2] "/" its) in there)) return
        if (parts[1] == "common" && ("common/" its) in there) {
            split(its, of, "/")
            if (of[1] == parts[2] || floor[of[1]] < floor[parts[2]]) return
        }
        print "# " file " looks at " its ", which is not below it"
        bad = 1
    }'
