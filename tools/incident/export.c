/* SPDX-License-Identifier: MIT */
#include "base/file.h"
#include "base/json.h"
#include "cli/output.h"
#include "files.h"
#include "publish.h"
#include "time/civil.h"
#include "timeline/store.h"

/* One way to write events for another program; NULL: nothing stands there. */
struct exporter {
    const char *name;
    const char *begin, *between, *end;
    void (*event)(struct strbuf *out, const struct event *e, struct str source);
};

static void
add_time(struct json *w, const char *key, int64_t ns)
{
    AUTO(strbuf) text = { 0 };

    civil_print(&text, ns, 9);
    json_str(w, key, strbuf_str(&text));
}

static void
add_facts(struct json *w, const struct event *e, struct str source)
{
    json_str(w, "source", source);
    json_int(w, "line", (int64_t)e->line);
    json_int(w, "offset", (int64_t)e->offset);
    json_maybe(w, "host", e->host);
    json_maybe(w, "format", e->format);
    json_text(w, "class", event_kinds[e->kind].name);
    json_maybe(w, "sqlstate", e->sqlstate);
    json_maybe(w, "role", e->role);
    json_maybe(w, "database", e->database);
    json_maybe(w, "client", e->client);
    json_maybe(w, "level", e->level);
    if (e->status)
        json_int(w, "status", e->status);
    json_maybe(w, "route", e->route);
}

static void
write_jsonl(struct strbuf *out, const struct event *e, struct str source)
{
    char hash[2 * SHA256_LEN + 1];
    struct json w = { .out = out };

    hex_print(hash, e->hash.bytes, SHA256_LEN);
    json_object(&w, NULL);
    add_time(&w, "time", span_mid(e->when.span));
    add_time(&w, "earliest", e->when.span.low);
    add_time(&w, "latest", e->when.span.high);
    json_text(&w, "zone_from", zone_from_names[e->when.zone_from]);
    add_facts(&w, e, source);
    json_str(&w, "text", e->text);
    json_text(&w, "sha256", hash);
    json_object_end(&w);
    strbuf_addc(out, '\n');
}

/* Timesketch, "CSV and JSONL imports": message, datetime, timestamp_desc are required. */
static void
write_timesketch(struct strbuf *out, const struct event *e, struct str source)
{
    struct json w = { .out = out };

    json_object(&w, NULL);
    json_str(&w, "message", e->text);
    add_time(&w, "datetime", span_mid(e->when.span));
    json_text(&w, "timestamp_desc", event_kinds[e->kind].plain);
    add_facts(&w, e, source);
    json_object_end(&w);
    strbuf_addc(out, '\n');
}

/* RFC 4180; a text that a spreadsheet would take for a formula gets a quote before it. */
static void
add_cell(struct strbuf *out, struct str text)
{
    strbuf_adds(out, out->n && out->p[out->n - 1] != '\n' ? ",\"" : "\"");
    if (text.n && strchr("=+-@\t\r", text.p[0]))
        strbuf_addc(out, '\'');
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '"')
            strbuf_addc(out, '"');
        if (text.p[i])
            strbuf_addc(out, text.p[i]);
    }
    strbuf_addc(out, '"');
}

static const char csv_heads[] =
    "\"time\",\"earliest\",\"latest\",\"source\",\"line\",\"class\",\"role\",\"route\","
    "\"status\",\"text\"\r\n";

static void
add_number(struct strbuf *out, uint64_t n)
{
    AUTO(strbuf) text = { 0 };

    strbuf_addf(&text, "%lu", (unsigned long)n);
    add_cell(out, strbuf_str(&text));
}

static void
add_instant(struct strbuf *out, int64_t ns)
{
    AUTO(strbuf) text = { 0 };

    civil_print(&text, ns, 9);
    add_cell(out, strbuf_str(&text));
}

static void
write_csv(struct strbuf *out, const struct event *e, struct str source)
{
    add_instant(out, span_mid(e->when.span));
    add_instant(out, e->when.span.low);
    add_instant(out, e->when.span.high);
    add_cell(out, source);
    add_number(out, e->line);
    add_cell(out, str_of(event_kinds[e->kind].name));
    add_cell(out, e->role);
    add_cell(out, e->route);
    add_number(out, (uint64_t)e->status);
    add_cell(out, e->text);
    strbuf_adds(out, "\r\n");
}

/* OTLP/JSON, opentelemetry-proto: 64-bit numbers are strings, keys lowerCamelCase. */
static const char otlp_begin[] =
    "{\"resourceLogs\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":"
    "{\"stringValue\":\"rotascope\"}}]},\"scopeLogs\":[{\"scope\":{\"name\":\"rotascope\"},"
    "\"logRecords\":[\n";
static const char otlp_end[] = "\n]}]}]}\n";

static void
add_nanos(struct json *w, const char *key, int64_t ns)
{
    AUTO(strbuf) text = { 0 };

    strbuf_addf(&text, "%lld", (long long)ns);
    json_str(w, key, strbuf_str(&text));
}

static void
add_attribute(struct json *w, const char *key, struct str value)
{
    if (value.n == 0)
        return;
    json_object(w, NULL);
    json_text(w, "key", key);
    json_object(w, "value");
    json_str(w, "stringValue", value);
    json_object_end(w);
    json_object_end(w);
}

static void
add_bound(struct json *w, const char *key, int64_t ns)
{
    json_object(w, NULL);
    json_text(w, "key", key);
    json_object(w, "value");
    add_nanos(w, "intValue", ns);
    json_object_end(w);
    json_object_end(w);
}

static void
write_otlp(struct strbuf *out, const struct event *e, struct str source)
{
    bool failure = event_kinds[e->kind].failure;
    struct json w = { .out = out };

    json_object(&w, NULL);
    add_nanos(&w, "timeUnixNano", span_mid(e->when.span));
    json_int(&w, "severityNumber", failure ? 17 : 9);
    json_text(&w, "severityText", failure ? "ERROR" : "INFO");
    json_object(&w, "body");
    json_str(&w, "stringValue", e->text);
    json_object_end(&w);
    json_array(&w, "attributes");
    add_attribute(&w, "log.file.path", source);
    add_attribute(&w, "rotascope.class", str_of(event_kinds[e->kind].name));
    add_attribute(&w, "rotascope.role", e->role);
    add_attribute(&w, "http.route", e->route);
    add_attribute(&w, "db.response.status_code", e->sqlstate);
    add_bound(&w, "rotascope.earliest", e->when.span.low);
    add_bound(&w, "rotascope.latest", e->when.span.high);
    json_array_end(&w);
    json_object_end(&w);
}

static const struct exporter exporters[] = {
    { "jsonl", NULL, NULL, NULL, write_jsonl },
    { "csv", csv_heads, NULL, NULL, write_csv },
    { "timesketch", NULL, NULL, NULL, write_timesketch },
    { "otlp", otlp_begin, ",\n", otlp_end, write_otlp },
};

static struct str
name_of(struct store *s, uint32_t id)
{
    const struct store_source *sources = NULL;
    size_t n = store_sources(s, &sources);

    for (size_t i = 0; i < n; i++)
        if (sources[i].id == id)
            return sources[i].name;
    return (struct str){ 0 };
}

/* A file gets all of it at once or nothing; stdout gets it as it comes. */
static enum status
write_all(struct store *s, const struct exporter *x)
{
    const struct store_query all = { .window = { INT64_MIN, INT64_MAX } };
    AUTO(strbuf) out = { .max = (size_t)1 << 31 };
    struct store_cursor *c = NULL;
    struct event e;
    bool more = true, later = false;
    enum status st = store_find(s, &all, &c);

    strbuf_adds(&out, x->begin);
    while (st == OK && (st = store_next(c, &e, &more)) == OK && more) {
        strbuf_adds(&out, later ? x->between : NULL);
        later = true;
        x->event(&out, &e, name_of(s, e.source));
        if (!files_args.output && out.n > STRBUF_LINE)
            st = output_write(&out);
    }
    store_cursor_close(c);
    strbuf_adds(&out, x->end);
    if (st == OK)
        st = strbuf_check(&out);
    if (st != OK)
        return st;
    return files_args.output ? file_publish(files_args.output, strbuf_str(&out), 0600)
                             : output_write(&out);
}

static const struct exporter *
exporter_named(const char *name)
{
    for (size_t i = 0; i < LEN(exporters); i++)
        if (strcmp(exporters[i].name, name) == 0)
            return &exporters[i];
    return NULL;
}

static enum status
export_events(const struct exporter *x)
{
    struct store *s = NULL;
    enum status st;

    if (!common_options.timeline)
        return fail(ERR_USAGE,
                    "no timeline: name one (-t), or open an incident (incident open)");
    st = store_open(&s, common_options.timeline, STORE_READ);
    if (st == OK)
        st = write_all(s, x);
    store_close(s);
    return st;
}

/* Either every event, or what the findings say of them all. */
enum exit_code
export_verb(int argc, char **argv)
{
    const struct exporter *x = exporter_named(files_args.format);
    enum status st =
        x ? export_events(x)
          : publish_export(common_options.timeline, files_args.format, files_args.output);

    (void)argc;
    (void)argv;
    return st == OK ? EXIT_YES : options_fail(st);
}
