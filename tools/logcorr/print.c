/* SPDX-License-Identifier: MIT */
#include "print.h"

#include "base/json.h"
#include "base/utf8.h"
#include "cli/output.h"
#include "time/civil.h"

enum { SOURCE_WIDTH = 12, KIND_WIDTH = 12, WHO_WIDTH = 12 };

static void
instant(struct json *w, const char *key, bool known, int64_t ns)
{
    AUTO(strbuf) text = { 0 };

    if (known)
        civil_print(&text, ns, 9);
    json_maybe(w, key, strbuf_str(&text));
}

static void
print_when(struct json *w, const struct when *when)
{
    bool known = when->time_from != TIME_NONE;
    int64_t best = known ? when_best(when) : 0;
    struct span span = span_join(when->span, span_at(best));

    instant(w, "time", known, best);
    instant(w, "earliest", known, span.low);
    instant(w, "latest", known, span.high);
    json_maybe(w, "zone", when->zone);
    if (known)
        json_text(w, "zone_from", zone_from_names[when->zone_from]);
    else
        json_null(w, "zone_from");
    if (known)
        json_text(w, "year_from", year_from_names[when->year_from]);
    else
        json_null(w, "year_from");
    json_text(w, "time_from", time_from_names[when->time_from]);
    if (when->has_envelope)
        instant(w, "envelope", true, when->envelope);
}

void
print_json(struct strbuf *out, const struct event *e, const char *source, const char *rule)
{
    struct json w = { .out = out };

    json_object(&w, NULL);
    print_when(&w, &e->when);
    json_text(&w, "source", source);
    if (e->line)
        json_int(&w, "line", (int64_t)e->line);
    else
        json_null(&w, "line");
    json_int(&w, "lines", e->lines);
    json_int(&w, "offset", (int64_t)e->offset);
    json_maybe(&w, "format", e->format);
    json_text(&w, "class", event_kinds[e->kind].name);
    json_maybe(&w, "sqlstate", e->sqlstate);
    json_maybe(&w, "role", e->role);
    json_maybe(&w, "database", e->database);
    json_maybe(&w, "client", e->client);
    json_maybe(&w, "level", e->level);
    if (e->status)
        json_int(&w, "status", e->status);
    else
        json_null(&w, "status");
    json_maybe(&w, "route", e->route);
    json_maybe(&w, "request", e->request);
    json_maybe(&w, "host", e->host);
    json_maybe(&w, "pid", e->pid);
    json_bool(&w, "echo", e->echo);
    if (e->continues)
        json_int(&w, "continues", (int64_t)e->continues);
    json_text(&w, "rule", rule);
    json_str(&w, "text", e->text);
    json_object_end(&w);
    strbuf_addc(out, '\n');
}

/* "03:06:11.402 ±.001": the time of day, and what it may be off by. */
static void
print_clock(struct strbuf *out, const struct when *when)
{
    AUTO(strbuf) text = { 0 };

    if (when->time_from == TIME_NONE) {
        strbuf_adds(out, "no time            ");
        return;
    }
    civil_print(&text, when_best(when), when->grain >= NS_PER_S ? 0 : 3);
    strbuf_addf(out, STR_FMT, STR_ARG(str_head(str_skip(strbuf_str(&text), 11), text.n - 12)));
    strbuf_fill(out, ' ', when->grain >= NS_PER_S ? 5 : 1);
    if (when->time_from == TIME_INHERITED)
        strbuf_adds(out, "as before");
    else if (when->grain >= NS_PER_S)
        strbuf_addf(out, "+%lld    ", (long long)(span_width(when->span) / NS_PER_S + 1));
    else
        strbuf_adds(out, output_utf8() ? "±.001" : "+-.001");
    strbuf_addc(out, ' ');
}

static void
column(struct strbuf *out, struct str text, size_t width)
{
    AUTO(strbuf) shown = { 0 };

    utf8_show(&shown, text, false);
    strbuf_add(out, strbuf_str(&shown));
    strbuf_fill(out, ' ', shown.n < width ? width - shown.n : 0);
    strbuf_addc(out, ' ');
}

static struct str
short_name(const char *source)
{
    const char *slash = strrchr(source, '/');

    return str_of(slash && slash[1] ? slash + 1 : source);
}

/* Of a record of many lines, the one that says what went wrong: the last that names an
 * error and is not indented; else the first. */
static struct str
telling_line(struct str text)
{
    struct str first = str_cut(&text, '\n'), best = first;
    static const char *const words[] = { "Error", "Exception", "FATAL", "error:" };

    while (text.n) {
        struct str line = str_cut(&text, '\n');

        for (size_t i = 0; i < LEN(words) && line.n && line.p[0] != ' ' && line.p[0] != '\t';
             i++)
            if (str_find(line, str_of(words[i])) != SIZE_MAX)
                best = line;
    }
    return best;
}

void
print_text(struct strbuf *out, const struct event *e, const char *source, bool full)
{
    const struct kind_row *kind = &event_kinds[e->kind];
    AUTO(strbuf) shown = { 0 };
    AUTO(strbuf) name = { 0 };

    print_clock(out, &e->when);
    column(out, short_name(source), SOURCE_WIDTH);
    column(&name, str_of(kind->name ? kind->name : "-"), KIND_WIDTH);
    output_styled(out, kind->failure ? STYLE_BAD : STYLE_PLAIN, strbuf_str(&name));
    column(out, e->role.n ? e->role : e->route, WHO_WIDTH);
    utf8_show(&shown, full ? e->text : telling_line(e->text), full);
    strbuf_add(out, strbuf_str(&shown));
    if (e->sqlstate.n)
        strbuf_addf(out, "  " STR_FMT, STR_ARG(e->sqlstate));
    if (e->lines > 1 && !full)
        strbuf_addf(out, "  (%u lines, --full)", e->lines);
    strbuf_addc(out, '\n');
}
