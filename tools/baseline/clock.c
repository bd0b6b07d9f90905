/* SPDX-License-Identifier: MIT */
#include <math.h>

#include "args.h"
#include "base/json.h"
#include "cli/output.h"
#include "net/secret.h"
#include "observe/edges.h"
#include "observe/record.h"
#include "report/words.h"
#include "session.h"
#include "time/now.h"

static void
span_json(struct json *w, struct span s)
{
    json_seconds(w, "offset_low", s.low);
    json_seconds(w, "offset_high", s.high);
}

static void
clock_json(const struct route *r, const struct edges *e, enum status st, struct strbuf *out)
{
    struct json w = { .out = out };

    json_object(&w, NULL);
    json_str(&w, "url", r->shown);
    if (e->clocks > 0) {
        span_json(&w, e->found[0].ahead);
    } else {
        json_null(&w, "offset_low");
        json_null(&w, "offset_high");
    }
    json_int(&w, "clocks", (int64_t)e->clocks);
    json_int(&w, "probes", e->probes);
    json_seconds(&w, "took", e->ended > e->began ? e->ended - e->began : 0);
    json_seconds(&w, "rtt", e->rtt);
    json_seconds(&w, "stale", e->stale);
    json_bool(&w, "stepped", e->stepped);
    json_maybe(&w, "server", str_of(e->server));
    json_int(&w, "failed", e->failed);
    json_int(&w, "no_date", e->no_date);
    json_int(&w, "aged", e->aged);
    json_array(&w, "others");
    for (size_t i = 1; i < MIN(e->clocks, EDGES_CLOCKS); i++) {
        json_object(&w, NULL);
        span_json(&w, e->found[i].ahead);
        json_int(&w, "probes", e->found[i].sightings);
        json_object_end(&w);
    }
    json_array_end(&w);
    json_text(&w, "error", st == OK ? NULL : err_text());
    json_object_end(&w);
    strbuf_addc(out, '\n');
}

/* As many digits as the bound is worth: "+0.37450 ± 0.00021 s". */
static void
add_offset(struct strbuf *out, struct span ahead)
{
    double middle = (double)span_mid(ahead) / 1e9, half = (double)span_width(ahead) / 2e9;
    int digits = half > 0 ? (int)ceil(1 - log10(half)) : 9;

    digits = MAX(1, MIN(digits, 6));
    strbuf_addf(out, "%+.*f ± %.*f s", digits, middle, digits, half);
}

/* "offset +0.3745 ±0.0002 s (97 probes in 4 s, 1 clock, round trip 0.1 ms)" */
static void
clock_line(const struct edges *e, struct strbuf *out)
{
    for (size_t i = 0; i < MIN(e->clocks, EDGES_CLOCKS); i++) {
        strbuf_adds(out, i ? ", and " : "offset ");
        add_offset(out, e->found[i].ahead);
    }
    strbuf_addf(out, " (%u probes in ", e->probes);
    words_duration(out, e->ended - e->began);
    strbuf_adds(out, ", ");
    words_counted(out, e->clocks, "clock");
    strbuf_adds(out, ", round trip ");
    words_duration(out, e->rtt);
    if (e->stale) {
        strbuf_adds(out, ", Dates kept up to ");
        words_duration(out, e->stale);
    }
    if (e->stepped)
        strbuf_adds(out, ", was set meanwhile");
    if (e->aged)
        strbuf_addf(out, ", %u from a cache left out", e->aged);
    strbuf_addc(out, ')');
}

static enum status
record_clock(const struct route *r, const struct edges *e)
{
    AUTO(record) record = { 0 };
    AUTO(strbuf) text = { 0 };
    enum status st = record_open(&record, common_options.timeline);

    if (st != OK || !record.store || e->clocks == 0)
        return st;
    strbuf_addf(&text, "clock of " STR_FMT ": ", STR_ARG(r->host));
    clock_line(e, &text);
    return record_said(&record, KIND_CLOCK, (struct span){ e->began, e->ended }, r,
                       strbuf_str(&text));
}

static enum status
measure(const struct route *r, enum exit_code *ret)
{
    struct edges_plan plan = {
        .route = r, .probes = args.clock_probes, .length = args.clock_length, .stale = -1
    };
    AUTO(strbuf) out = { 0 };
    AUTO(edges) e = { 0 };
    enum status st = args.stale ? option_duration(args.stale, &plan.stale) : OK, saved;

    if (st == OK)
        st = edges_seek(&e, &plan);
    if (st == ERR_USAGE || st == ERR_SYSTEM)
        return st;
    if (common_options.json) {
        clock_json(r, &e, st, &out);
    } else if (st == OK) {
        strbuf_addf(&out, STR_FMT "  ", STR_ARG(r->host));
        clock_line(&e, &out);
        strbuf_addc(&out, '\n');
    }
    if (st != OK)
        *ret = options_fail(st);
    else if (e.clocks > 1)
        *ret = MAX(*ret, EXIT_PARTIAL);
    saved = record_clock(r, &e);
    return saved == OK ? output_write(&out) : saved;
}

enum exit_code
clock_verb(int argc, char **argv)
{
    AUTO(routes) routes = { 0 };
    enum exit_code code = EXIT_YES;
    enum status st;

    if (!args.method)
        args.method = "HEAD";
    secret_guard_process();
    st = session_routes(&routes, argc, argv);
    for (size_t i = 0; i < routes.len && st == OK; i++)
        st = measure(routes.items[i], &code);
    return st == OK ? code : options_fail(st);
}
