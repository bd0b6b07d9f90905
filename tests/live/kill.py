# SPDX-License-Identifier: MIT
"""kill.py TIMELINE MOMENTS SECONDS KEY COLUMN -- PROGRAM...

Runs the program MOMENTS times, several at once on one timeline, and kills each (-9) at a
random moment within SECONDS. Each line of JSON that it had written by then reports something
as recorded: what it holds under KEY must stand in that COLUMN of the timeline's view of events.
Fails if one does not, if nothing was reported at all, or if the file is damaged.
"""
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

AT_ONCE = 5


def run(program, seconds):
    """Starts it; returns how to end it and where its words are."""
    out = tempfile.TemporaryFile()
    return subprocess.Popen(program, stdout=out, stderr=subprocess.DEVNULL,
                            stdin=subprocess.DEVNULL), out, time.monotonic() + random.uniform(0.01, seconds)


def end(process, out, moment, key):
    """Kills it at its moment; returns what it had reported, whole lines only."""
    time.sleep(max(0, moment - time.monotonic()))
    process.send_signal(signal.SIGKILL)
    process.wait()
    out.seek(0)
    lines = out.read().decode().split("\n")[:-1]
    return [said for said in (json.loads(line).get(key) for line in lines if line) if said is not None]


def main():
    path, moments, seconds, key, column = sys.argv[1:6]
    program = sys.argv[7:]
    reported, killed = [], 0
    for _ in range(0, int(moments), AT_ONCE):
        batch = sorted((run(program, float(seconds)) for _ in range(AT_ONCE)), key=lambda one: one[2])
        for process, out, moment in batch:
            reported += end(process, out, moment, key)
            killed += process.returncode == -signal.SIGKILL
    file = sqlite3.connect(f"file:{os.path.abspath(path)}?mode=ro", uri=True)
    whole = file.execute("pragma quick_check").fetchone()[0]
    there = {row[0] for row in file.execute(f'select "{column}" from event')}
    seen = file.execute("select count(kind) from events").fetchone()[0]
    missing = [one for one in reported if one not in there]
    print(f"{killed} killed, {len(reported)} reported, {seen} recorded, {len(missing)} missing; {whole}")
    return not reported or bool(missing) or whole != "ok" or killed < int(moments) // 2


sys.exit(main())
