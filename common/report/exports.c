/* SPDX-License-Identifier: MIT */
#include "report/exports.h"

#include <inttypes.h>

#include "base/json.h"
#include "base/utf8.h"
#include "base/width.h"
#include "report/model.h"
#include "report/words.h"
#include "time/civil.h"

static void
add_instant(struct json *w, const char *key, int64_t ns)
{
    AUTO(strbuf) text = { 0 };

    civil_print(&text, ns, 9);
    json_str(w, key, strbuf_str(&text));
}

static int64_t
end_of(const struct findings *f)
{
    return f->has_recovery ? f->recovery.high : f->covered.high;
}

/* Trace Event Format: ts and dur in microseconds, pid and tid name the lanes. */
enum { LANE_OUTAGES = 1, LANE_EVENTS, LANE_COUNTS };

static void
trace_begin(struct json *w, const char *phase, const char *name, int lane, int64_t at)
{
    json_object(w, NULL);
    json_text(w, "ph", phase);
    json_text(w, "name", name);
    json_int(w, "pid", 1);
    json_int(w, "tid", lane);
    json_number(w, "ts", (double)at / 1e3, 3);
}

static void
trace_span(struct json *w, const char *name, int64_t from, int64_t to, struct str what)
{
    trace_begin(w, "X", name, LANE_OUTAGES, from);
    json_number(w, "dur", (double)MAX(to - from, 0) / 1e3, 3);
    json_object(w, "args");
    json_maybe(w, "what", what);
    json_object_end(w);
    json_object_end(w);
}

static void
trace_lane(struct json *w, int lane, const char *name)
{
    trace_begin(w, "M", "thread_name", lane, 0);
    json_object(w, "args");
    json_text(w, "name", name);
    json_object_end(w);
    json_object_end(w);
}

static void
trace_moments(struct json *w, const struct report *r)
{
    for (size_t i = 0; i < r->exhibits_len; i++) {
        const struct event *e = r->exhibits[i].event;

        trace_begin(w, "i", event_kinds[e->kind].name, LANE_EVENTS, span_mid(e->when.span));
        json_text(w, "s", "g");
        json_object(w, "args");
        json_maybe(w, "text", e->text);
        json_number(w, "plus_minus_us", (double)span_width(e->when.span) / 2e3, 3);
        json_object_end(w);
        json_object_end(w);
    }
}

static void
trace_counts(struct json *w, const struct findings *f)
{
    for (size_t i = 0; i < f->bins_len; i++) {
        trace_begin(w, "C", "requests", LANE_COUNTS, model_bin(f, i).low);
        json_object(w, "args");
        json_int(w, "failed", (int64_t)f->bins[i].failed);
        json_int(w, "well",
                 (int64_t)(f->bins[i].requests - MIN(f->bins[i].failed, f->bins[i].requests)));
        json_object_end(w);
        json_object_end(w);
    }
}

static void
write_chrome(const struct report *r, struct strbuf *out)
{
    const struct findings *f = r->f;
    struct json w = { .out = out };

    json_object(&w, NULL);
    json_text(&w, "displayTimeUnit", "ms");
    json_array(&w, "traceEvents");
    trace_lane(&w, LANE_OUTAGES, "outages");
    trace_lane(&w, LANE_EVENTS, "events");
    if (f->has_onset)
        trace_span(&w, f->cause.class ? f->cause.class : "outage", f->onset.low, end_of(f),
                   f->sentence);
    for (size_t i = 1; i < f->outages_len; i++)
        trace_span(&w, f->outages[i].class ? f->outages[i].class : "outage",
                   f->outages[i].onset.low,
                   f->outages[i].over ? f->outages[i].recovery.high : f->covered.high,
                   f->outages[i].what);
    trace_moments(&w, r);
    trace_counts(&w, f);
    json_array_end(&w);
    json_object_end(&w);
    strbuf_addc(out, '\n');
}

/* Grafana, POST /api/annotations: times in milliseconds; with timeEnd it is a region. */
static void
annotation(struct json *w, int64_t from, const int64_t *to, const char *tag, struct str text)
{
    json_object(w, NULL);
    json_int(w, "time", from / 1000000);
    if (to)
        json_int(w, "timeEnd", *to / 1000000);
    json_array(w, "tags");
    json_text(w, NULL, "incident");
    json_text(w, NULL, tag);
    json_array_end(w);
    json_str(w, "text", text);
    json_object_end(w);
}

static void
write_grafana(const struct report *r, struct strbuf *out)
{
    const struct findings *f = r->f;
    int64_t end = end_of(f);
    struct json w = { .out = out };

    json_array(&w, NULL);
    if (f->has_onset)
        annotation(&w, f->onset.low, &end, f->cause.class ? f->cause.class : "outage",
                   f->sentence.n ? f->sentence : r->title);
    if (f->has_rotation)
        annotation(&w, span_mid(f->rotation), NULL, "rotation", STR("credential changed"));
    for (size_t i = 1; i < f->outages_len; i++)
        annotation(&w, f->outages[i].onset.low,
                   f->outages[i].over ? &f->outages[i].recovery.high : &f->covered.high,
                   f->outages[i].class ? f->outages[i].class : "outage", f->outages[i].what);
    json_array_end(&w);
    strbuf_addc(out, '\n');
}

/* Alertmanager, POST /api/v2/alerts. Without endsAt it would end by itself. */
static void
write_alertmanager(const struct report *r, struct strbuf *out)
{
    const struct findings *f = r->f;
    struct json w = { .out = out };

    json_array(&w, NULL);
    if (f->has_onset) {
        json_object(&w, NULL);
        json_object(&w, "labels");
        json_text(&w, "alertname", "CredentialOutage");
        json_text(&w, "severity", "critical");
        json_text(&w, "class", f->cause.class ? f->cause.class : "unknown");
        if (f->cause.role.n > 0)
            json_str(&w, "role", f->cause.role);
        if (f->cause.database.n > 0)
            json_str(&w, "database", f->cause.database);
        json_text(&w, "stale", stale_names[f->cause.stale]);
        json_object_end(&w);
        json_object(&w, "annotations");
        json_str(&w, "summary", r->title);
        json_str(&w, "description", f->sentence);
        json_object_end(&w);
        add_instant(&w, "startsAt", f->onset.low);
        if (f->has_recovery)
            add_instant(&w, "endsAt", f->recovery.high);
        json_object_end(&w);
    }
    json_array_end(&w);
    strbuf_addc(out, '\n');
}

/* PagerDuty Events API v2, POST /v2/change/enqueue: a summary of at most 1024 characters. The
 * routing key is a secret and the sender's to add. */
static void
write_pagerduty(const struct report *r, struct strbuf *out)
{
    const struct findings *f = r->f;
    AUTO(strbuf) summary = { 0 };
    struct json w = { .out = out };

    strbuf_adds(&summary, "Credential changed");
    if (f->cause.role.n > 0)
        strbuf_addf(&summary, ": role " STR_FMT, STR_ARG(str_head(f->cause.role, 200)));
    json_object(&w, NULL);
    json_object(&w, "payload");
    json_str(&w, "summary", strbuf_str(&summary));
    json_text(&w, "source", "rotascope");
    if (f->has_rotation || f->has_onset)
        add_instant(&w, "timestamp", f->has_rotation ? span_mid(f->rotation) : f->onset.low);
    json_object(&w, "custom_details");
    json_maybe(&w, "how_known", f->rotation_how);
    json_maybe(&w, "effect", f->sentence);
    json_object_end(&w);
    json_object_end(&w);
    json_object_end(&w);
    strbuf_addc(out, '\n');
}

/* In Mermaid a colon ends a label, a semicolon a line, two percent signs begin a comment:
 * they are written as its own character entities. */
static void
add_label(struct strbuf *out, struct str text)
{
    AUTO(strbuf) shown = { 0 };

    utf8_show(&shown, width_head(text, 120), false);
    for (size_t i = 0; i < shown.n; i++) {
        if (strchr(":;#%<>\"`{}", shown.p[i]))
            strbuf_addf(out, "#%d;", shown.p[i]);
        else
            strbuf_addc(out, shown.p[i]);
    }
}

static void
mermaid_line(struct strbuf *out, struct span when, const char *what, struct str more)
{
    AUTO(strbuf) clock = { 0 };

    words_instant(&clock, when, WORDS_TIME);
    strbuf_adds(out, "    ");
    add_label(out, strbuf_str(&clock));
    strbuf_addf(out, " : %s", what);
    strbuf_addc(out, more.n ? ' ' : '\n');
    if (more.n == 0)
        return;
    add_label(out, more);
    strbuf_addc(out, '\n');
}

static void
write_mermaid(const struct report *r, struct strbuf *out)
{
    const struct findings *f = r->f;

    strbuf_adds(out, "timeline\n    title ");
    add_label(out, r->title);
    strbuf_addc(out, '\n');
    if (f->has_rotation)
        mermaid_line(out, f->rotation, "credential changed", f->cause.role);
    if (f->has_onset)
        mermaid_line(out, f->onset, "first failure", f->sentence);
    for (size_t i = 0; i < r->exhibits_len; i++) {
        const struct event *e = r->exhibits[i].event;

        if (e->kind == KIND_NOTE || e->kind == KIND_ACTION || e->kind == KIND_RESTART)
            mermaid_line(out, e->when.span, event_kinds[e->kind].plain, e->text);
    }
    if (f->has_recovery)
        mermaid_line(out, f->recovery, "all well again", (struct str){ 0 });
}

/* Alerting rules: metric names as the common exporters have them; adapt the selectors. */
static const char *const prometheus_rules[] = {
    "# Alert rules against the next credential outage. The metrics are those of nginx-log "
    "and\n",
    "# postgres exporters and of a textfile written at every rotation; adapt their names.\n",
    "groups:\n",
    "  - name: credentials\n",
    "    rules:\n",
    "      - alert: RoutesFail\n",
    "        expr: sum by (route) (rate(http_requests_total{status=~\"5..\"}[1m])) > 0.05 * ",
    "sum by (route) (rate(http_requests_total[1m]))\n",
    "        for: 30s\n",
    "        labels: {severity: critical}\n",
    "        annotations:\n",
    "          summary: \"{{ $labels.route }} answers 5xx to more than one request in "
    "twenty\"\n",
    "      - alert: LoginsRefused\n",
    "        expr: sum by (role) (increase(postgres_log_refused_logins_total",
    "{sqlstate=~\"28P01|28000\"}[1m])) > 3\n",
    "        labels: {severity: critical}\n",
    "        annotations:\n",
    "          summary: \"PostgreSQL refuses the password of {{ $labels.role }}\"\n",
    "      - alert: RotationBreaksLogins\n",
    "        expr: (time() - credential_rotated_timestamp_seconds < 900) and on (role) ",
    "(increase(postgres_log_refused_logins_total[5m]) > 0)\n",
    "        labels: {severity: critical}\n",
    "        annotations:\n",
    "          summary: \"{{ $labels.role }} was rotated and is being refused: who is "
    "stale?\"\n",
    "      - alert: RotationOverdue\n",
    "        expr: time() - credential_rotated_timestamp_seconds > 90 * 86400\n",
    "        labels: {severity: warning}\n",
    "        annotations:\n",
    "          summary: \"The password of {{ $labels.role }} is older than 90 days\"\n",
};

static void
write_rules(const struct report *r, struct strbuf *out)
{
    (void)r;
    for (size_t i = 0; i < LEN(prometheus_rules); i++)
        strbuf_adds(out, prometheus_rules[i]);
}

/* clang-format off */
const struct export_format export_formats[] = {
    { "chrome",       "Trace Event Format, for Perfetto and chrome://tracing", write_chrome },
    { "grafana",      "annotations for POST /api/annotations, one object each", write_grafana },
    { "alertmanager", "alerts for POST /api/v2/alerts",                        write_alertmanager },
    { "pagerduty",    "a change event for POST /v2/change/enqueue",            write_pagerduty },
    { "mermaid",      "a timeline diagram for Markdown",                       write_mermaid },
    { "rules",        "Prometheus alert rules",                                write_rules },
};
/* clang-format on */
const size_t export_formats_len = LEN(export_formats);

enum status
export_write(const struct report_request *request, struct strbuf *out)
{
    struct report r;
    enum status st;

    for (size_t i = 0; i < export_formats_len; i++) {
        if (strcmp(export_formats[i].name, request->format) != 0)
            continue;
        st = model_open(&r, request);
        if (st != OK)
            return st;
        export_formats[i].write(&r, out);
        model_done(&r);
        return strbuf_check(out);
    }
    return fail(ERR_USAGE, "there is no export format '%s'", request->format);
}
