# What a report promises its readers, checked on the bytes of the report itself.
# usage: report.py SAMPLE_REPORT SOURCE
import html.parser
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml
from datetime import datetime, timezone

sample, source = os.path.abspath(sys.argv[1]), sys.argv[2]
count = failed = 0


def ok(good, words, why=""):
    global count, failed
    count += 1
    if not good:
        failed += 1
        print("# " + str(why)[:600].replace("\n", "\n# "))
    print(f"{'' if good else 'not '}ok {count} - {words}")


def run(*args, env=None, cwd=None):
    done = subprocess.run([sample, *args], capture_output=True, timeout=30, cwd=cwd,
                          env={**os.environ, **(env or {})})
    return done.returncode, done.stdout, done.stderr.decode()


def write(*args):
    return run(*args)[1].decode()


VOID = {"meta", "br", "link"}


class Page(html.parser.HTMLParser):
    """Tags must nest; words that stand for a number are kept with where they come from."""

    def __init__(self, text):
        super().__init__()
        self.open, self.bad, self.said, self.sections = [], [], [], []
        self.ids, self.links, self.tags, self.data = set(), [], set(), ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.tags.add(tag)
        if tag not in VOID:
            self.open.append((tag, attrs.get("data-is"), [], attrs))
        if tag == "section":
            self.sections.append(attrs["id"])
        if "id" in attrs:
            if attrs["id"] in self.ids:
                self.bad.append("id twice: " + attrs["id"])
            self.ids.add(attrs["id"])
        if "href" in attrs:
            self.links.append(attrs["href"])
        self.bad += [f"{tag} {a}" for a in attrs if a.startswith("on") or a in ("src", "style")]

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open[-1][0] != tag:
            self.bad.append(f"</{tag}> closes {self.open[-1:]}")
            return
        _, place, words, attrs = self.open.pop()
        if place:
            self.said.append((place, "".join(words)))
        if tag == "script":
            self.kind, self.json = attrs.get("type"), "".join(words)

    def handle_data(self, data):
        for entry in self.open:
            entry[2].append(data)


def at(data, place):
    for key in place.split("."):
        data = data[int(key)] if isinstance(data, list) else data[key]
    return data


def ns(text):
    whole, part = re.fullmatch(r"(.*)\.(\d{9})Z", text).groups()
    return (int(datetime.fromisoformat(whole).replace(tzinfo=timezone.utc).timestamp()) * 10**9
            + int(part))


def seconds(text):
    units = {"d": 86400, "h": 3600, "min": 60, "s": 1, "ms": 1e-3}
    return sum(float(n) * units[u] for n, u in re.findall(r"([\d.]+) (d|h|min|s|ms)\b", text))


def agrees(words, value):
    """Whether the words say the value: equal for a count, holding it for a span."""
    if isinstance(value, int):
        return int(words.replace(",", "")) == value
    if "earliest" in value:
        clock, sign, margin = re.fullmatch(r"([\d:.]+) ([±+])(.*)", words).groups()
        low, high = ns(value["earliest"]), ns(value["latest"])
        hour, minute, second = clock.split(":")
        said = int(hour) * 3600 + int(minute) * 60 + float(second)
        low, high = (t / 1e9 % 86400 for t in (low, high))
        slack = seconds(margin)
        return said - (slack if sign == "±" else 0) <= low + 1e-6 and high <= said + slack + 1e-6
    said, margin = words.split("±")
    return (seconds(said) - seconds(margin) <= float(value["shortest"]) + 1e-6
            and float(value["longest"]) <= seconds(said) + seconds(margin) + 1e-6)


def check_numbers(story, page):
    data = json.loads(page.json)
    wrong = [(p, w) for p, w in page.said if not agrees(w, at(data, p))]
    ok(not wrong and len(page.said) >= (60 if story != "empty" else 5),
       f"{story}: every number in prose equals the JSON ({len(page.said)} of them)", wrong)


def contrast(a, b):
    def light(colour):
        if len(colour) == 4:
            colour = "#" + "".join(c * 2 for c in colour[1:])
        parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
        parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    high, low = sorted((light(a), light(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def check_contrast(text):
    themes = [dict(re.findall(r"--(\w+):(#[0-9a-f]{3,6})", block))
              for block in re.findall(r":root\{([^}]*)\}", text) if "--paper" in block]
    low = [(n, k, round(contrast(t[k], t["paper"]), 2)) for n, t in enumerate(themes)
           for k, least in (("ink", 7), ("quiet", 4.5), ("bad", 4.5), ("good", 4.5), ("well", 3))
           if contrast(t[k], t["paper"]) < least]
    ok(not low and len(themes) == 3, "light, dark and paper have the contrast of WCAG AA", low)


def check_page(story):
    text = write("html", story)
    page = Page(text)
    ok(not page.bad and not page.open and page.kind == "application/json",
       f"{story}: the HTML nests, has no handler and no script that runs", page.bad + page.open)
    ok(not re.search(r"https?://(?!www\.w3\.org/2000/svg)|url\(|@import", text)
       and not page.tags & {"img", "link", "iframe", "object"},
       f"{story}: nothing is fetched from anywhere")
    ok(len(text.encode()) <= 300_000, f"{story}: at most 300 kB ({len(text.encode())})")
    ok(all(link[1:] in page.ids for link in page.links), f"{story}: every link leads somewhere",
       page.links)
    for svg in re.findall(r"<svg.*?</svg>", text, re.S):
        tree = xml.fromstring(svg)
        names = [child.tag.split("}")[1] for child in tree][:2]
        ok(names == ["title", "desc"] and tree[0].text and tree[1].text,
           f"{story}: the chart '{tree[0].text}' parses and is described in words", names)
    check_numbers(story, page)
    return text, page


def check_hostile(text):
    for name, bytes_ in (("html", text), ("md", write("md", "recovered")),
                         ("text", write("text", "recovered"))):
        bad = [c for c in "\x1b\x07\u202e\x00" if c in bytes_]
        ok(not bad, f"{name}: no escape, control or bidi mark of a log gets through", bad)
    body = text.split('<script type="application/json"')[0]
    ok("<script" not in body and "alert(" in body and "&lt;script&gt;" in body,
       "a script in a log line is shown, not run")
    ok("<b>" not in write("md", "recovered") and "\\`rm\\`" in write("md", "recovered"),
       "nor does a log line write Markdown")


def check_sections(page):
    want = ("summary impact happened why stale others recovery clocks actions well badly luck "
            "tasks evidence made").split()
    ok(page.sections == want, "every section exists, in order", page.sections)
    for name in ("sre", "pagerduty", "howie"):
        got = Page(write("html", "recovered", name)).sections
        ok(len(got) >= 15 and {"happened", "evidence"} <= set(got), f"template {name}", got)
    with tempfile.NamedTemporaryFile("w", suffix=".template") as file:
        file.write("# ours\nwhy Reasons\n\nevidence\n")
        file.flush()
        text = write("html", "recovered", file.name)
        ok(Page(text).sections == ["why", "evidence"] and "<h2>Reasons</h2>" in text,
           "a template of one's own, with its own headings")
        file.write("wy Reasons\n")
        file.flush()
        code, out, err = run("html", "recovered", file.name)
        ok(code == 2 and not out and ":5: there is no section 'wy'" in err,
           "a section there is none of is named with its line", (code, err))
    code, out, err = run("pdf", "recovered")
    ok(code == 2 and not out and "'pdf'" in err, "so is a format there is none of", err)


def check_same():
    for name in ("html", "md", "json", "text"):
        one = run(name, "recovered", env={"TZ": "UTC", "LC_ALL": "C"})[1]
        two = run(name, "recovered", env={"TZ": "Asia/Kolkata", "LC_ALL": "de_DE.UTF-8"},
                  cwd=tempfile.gettempdir())[1]
        ok(one == two and one, f"{name}: the same bytes in another zone, locale and folder")


def check_text():
    text = write("text", "recovered")
    wide = [line for line in text.splitlines() if len(line) > 100]
    ok(not wide, "plain text stays within 100 columns", wide)
    data = json.loads(write("json", "recovered"))
    numbers = [f"{data['scope']['counts'][k]:,}" for k in data["scope"]["counts"]]
    for name in ("text", "md"):
        ok(all(re.search(rf"\b{n}\b", write(name, "recovered")) for n in numbers),
           f"{name} says the counts of the JSON", numbers)


TYPES = {"object": dict, "array": list, "string": str, "null": type(None), "boolean": bool}


def is_type(value, name):
    if name in ("integer", "number"):
        return not isinstance(value, bool) and isinstance(
            value, int if name == "integer" else (int, float))
    return isinstance(value, TYPES[name])


def breaks(schema, value, root, place="$"):
    """What of the schema does not hold: the words of JSON Schema that ours uses."""
    if "$ref" in schema:
        return breaks(root["$defs"][schema["$ref"].rsplit("/", 1)[1]], value, root, place)
    if "anyOf" in schema:
        all_bad = [breaks(s, value, root, place) for s in schema["anyOf"]]
        return [] if [] in all_bad else all_bad[0]
    bad = [b for s in schema.get("allOf", []) for b in breaks(s, value, root, place)]
    types = schema.get("type", [])
    types = [types] if isinstance(types, str) else types
    if types and not any(is_type(value, t) for t in types):
        return bad + [f"{place} is {value!r}, not {types}"]
    if "enum" in schema and value not in schema["enum"] or value != schema.get("const", value):
        bad.append(f"{place} is {value!r}")
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        bad.append(f"{place} is {value!r}")
    if isinstance(value, (int, float)) and not (
            schema.get("minimum", value) <= value <= schema.get("maximum", value)):
        bad.append(f"{place} is {value!r}")
    if isinstance(value, dict):
        bad += [f"{place}.{k} is missing" for k in schema.get("required", []) if k not in value]
        for key, inner in schema.get("properties", {}).items():
            bad += breaks(inner, value[key], root, f"{place}.{key}") if key in value else []
    if isinstance(value, list):
        for i, item in enumerate(value):
            bad += breaks(schema.get("items", {}), item, root, f"{place}[{i}]")
    return bad


def check_schema():
    with open(os.path.join(source, "man", "incident-report.schema.json"), encoding="utf-8") as f:
        schema = json.load(f)
    for story in ("recovered", "failing", "empty", "huge"):
        bad = breaks(schema, json.loads(write("json", story)), schema)
        ok(not bad, f"{story}: the JSON is as its schema says", bad[:5])
    wrong = json.loads(write("json", "recovered"))
    wrong["scope"]["state"] = "fine"
    wrong["evidence"][0]["sha256"] = "f00"
    del wrong["scope"]["counts"]["requests"]
    ok(len(breaks(schema, wrong, schema)) == 3, "and three lies are three breaks")


def check_exports():
    rfc3339 = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z"
    for story in ("recovered", "failing", "empty"):
        trace = json.loads(write("chrome", story))
        ok(trace["displayTimeUnit"] == "ms" and
           all(e["ph"] in "XiCM" and e["pid"] == 1 and isinstance(e["ts"], float) and
               (e["ph"] != "X" or e["dur"] >= 0) for e in trace["traceEvents"]),
           f"{story}: a trace that viewers of traces read", trace)
        marks = json.loads(write("grafana", story))
        ok(all(1e12 < m["time"] < 1e13 and m["tags"] and m["text"] and
               m.get("timeEnd", m["time"]) >= m["time"] for m in marks) and
           len(marks) == {"recovered": 3, "failing": 3, "empty": 0}[story],
           f"{story}: annotations in milliseconds", marks)
        alerts = json.loads(write("alertmanager", story))
        ok(all(a["labels"]["alertname"] and re.fullmatch(rfc3339, a["startsAt"]) and
               ("endsAt" in a) == (story == "recovered") and
               all(isinstance(v, str) for v in a["labels"].values()) for a in alerts),
           f"{story}: an alert ends when it is over and not before", alerts)
        change = json.loads(write("pagerduty", story))["payload"]
        ok(len(change["summary"]) <= 1024 and
           ("timestamp" in change) == (story != "empty") and
           re.fullmatch(rfc3339, change.get("timestamp", "2026-11-22T03:06:11.118000000Z")),
           f"{story}: a change event", change)
    lines = write("mermaid", "recovered").splitlines()
    ok(lines[0] == "timeline" and len(lines) >= 6 and
       all(re.fullmatch(r"    (#\d+;|[^:;#<>])*( : (#\d+;|[^:;#<>])*)?", line) for line in lines[1:]),
       "a Mermaid timeline, whatever the logs hold", lines)
    if shutil.which("promtool"):
        with tempfile.NamedTemporaryFile("w", suffix=".yml") as file:
            file.write(write("rules", "empty"))
            file.flush()
            done = subprocess.run(["promtool", "check", "rules", file.name],
                                  capture_output=True, timeout=60, check=False)
            ok(done.returncode == 0, "promtool accepts the alert rules", done.stderr.decode())


text, page = check_page("recovered")
check_page("failing")
check_page("empty")
check_page("huge")
check_sections(page)
check_hostile(text)
check_contrast(text)
check_same()
check_text()
check_exports()
check_schema()
print(f"1..{count}")
sys.exit(failed > 0)
