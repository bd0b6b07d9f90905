# SPDX-License-Identifier: MIT
"""sum.py STEPS_FAILED FOLDER...: what meson test left in each build folder, in one line.

Counts the checks inside each test (TAP), shows those that failed with what was said about
them, and fails if any did, if a test ended badly or early, or if there is nothing to count.
"""
import glob
import json
import os
import re
import sys

LINE = re.compile(r"^(not )?ok\b[ \d]*-?[ ]?([^#]*)(#\s*(?i:skip|todo))?")
PLAN = re.compile(r"^1\.\.(\d+)(\s*#\s*(?i:skip))?", re.M)


def count(test):
    """(passed, failed, skipped, what to show) of one entry of the log."""
    said, shown = test.get("stdout") or "", []
    passed = failed = skipped = 0
    bad = False
    for line in said.splitlines():
        match = LINE.match(line)
        if match and match[3]:
            skipped, bad = skipped + 1, False
        elif match:
            bad = bool(match[1])
            passed, failed = passed + (not bad), failed + bad
        if bad and (match or line.startswith("#")):
            shown.append(line)
    plan = PLAN.search(said)
    if plan and plan[2] and not passed + failed:
        return 0, 0, 1, []
    if plan and int(plan[1]) > passed + failed + skipped:
        shown.append(f"ended after {passed + failed + skipped} of {plan[1]} checks")
        failed += 1
    if test["result"] in ("SKIP",) and not passed + failed + skipped:
        skipped = 1
    elif test["result"] in ("OK", "EXPECTEDFAIL") and not passed + failed + skipped:
        passed = 1
    elif test["result"] not in ("OK", "SKIP", "EXPECTEDFAIL") and not failed:
        shown.append(f"{test['result']}, exit {test.get('returncode')}")
        failed = 1
    if failed:
        shown += (test.get("stderr") or "").splitlines()[-25:]
    return passed, failed, skipped, shown


def main():
    total = [0, int(sys.argv[1]), 0]
    for folder in sys.argv[2:]:
        logs = glob.glob(os.path.join(folder, "meson-logs", "testlog*.json"))
        if not logs:
            print(f"{folder}: no test has run")
            total[1] += 1
        for log in logs:
            with open(log, encoding="utf-8") as file:
                for line in file:
                    test = json.loads(line)
                    *numbers, shown = count(test)
                    total = [a + b for a, b in zip(total, numbers)]
                    if shown:
                        print(f"\nFAILED {test['name']} in {folder}", *shown[:60], sep="\n    ")
    print("{} passed, {} failed, {} skipped".format(*total))
    return total[1] > 0 or total[0] == 0


sys.exit(main())
