# What incident export writes, read back as those read it who asked for it.
# usage: export.py INCIDENT SAMPLE_TIMELINE
import csv
import io
import json
import os
import subprocess
import sys
import tempfile

incident, make = map(os.path.abspath, sys.argv[1:3])
count = failed = 0


def ok(good, words, why=""):
    global count, failed
    count += 1
    if not good:
        failed += 1
        print("# " + str(why)[:600].replace("\n", "\n# "))
    print(f"{'' if good else 'not '}ok {count} - {words}")


with tempfile.TemporaryDirectory() as folder:
    timeline = os.path.join(folder, "shop.timeline")
    subprocess.run([make, timeline], check=True, timeout=30)

    def export(form):
        done = subprocess.run([incident, "export", "-t", timeline, "-f", form],
                              capture_output=True, timeout=30, check=True,
                              env={**os.environ, "HOME": folder, "XDG_CONFIG_HOME": folder})
        return done.stdout.decode()

    events = [json.loads(line) for line in export("jsonl").splitlines()]
    ok(len(events) > 500 and [e["time"] for e in events], "an event a line", len(events))

    logs = json.loads(export("otlp"))["resourceLogs"][0]["scopeLogs"][0]["logRecords"]
    ok(len(logs) == len(events), "OTLP holds every event", (len(logs), len(events)))
    ok(all(isinstance(x["timeUnixNano"], str) and x["timeUnixNano"].isdigit() and
           x["severityNumber"] in (9, 17) and isinstance(x["body"]["stringValue"], str) and
           all(len(a["value"]) == 1 for a in x["attributes"]) for x in logs),
       "64-bit numbers are strings, enums are numbers", logs[0])
    ok(all(int(v[0]) <= int(x["timeUnixNano"]) <= int(v[1]) for x in logs for v in [
        [a["value"]["intValue"] for a in x["attributes"]
         if a["key"] in ("rotascope.earliest", "rotascope.latest")]]),
       "a time lies between its bounds, to the nanosecond")

    rows = list(csv.DictReader(io.StringIO(export("csv"))))
    ok([r["text"].lstrip("'") for r in rows] == [e["text"] for e in events],
       "CSV holds the same texts")
    ok(all({"message", "datetime", "timestamp_desc"} <= set(json.loads(line))
           for line in export("timesketch").splitlines()), "Timesketch has what it asks for")
    ok(json.loads(export("chrome"))["traceEvents"] and json.loads(export("grafana")) and
       json.loads(export("alertmanager"))[0]["labels"]["class"] == "credential_mismatch" and
       json.loads(export("pagerduty"))["payload"]["summary"] and
       export("mermaid").startswith("timeline\n") and export("rules").startswith("# Alert"),
       "what the findings say, in five more forms, and alert rules")

print(f"1..{count}")
sys.exit(failed > 0)
