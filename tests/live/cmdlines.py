# SPDX-License-Identifier: MIT
"""cmdlines.py WORDS: reads every process' command line, again and again, until it is told to
stop (TERM), and prints those that hold one of the words in the file WORDS (one a line)."""
import glob
import signal
import sys
import time

going = True


def stop(_number, _frame):
    global going
    going = False


signal.signal(signal.SIGTERM, stop)
with open(sys.argv[1], "rb") as file:
    words = file.read().split()
seen = set()
while going:
    for path in glob.glob("/proc/[0-9]*/cmdline"):
        try:
            with open(path, "rb") as file:
                line = file.read()
        except OSError:
            continue
        if any(word in line for word in words) and line not in seen:
            seen.add(line)
            print(path, line.replace(b"\0", b" ").decode(errors="replace"), flush=True)
    time.sleep(0.01)
