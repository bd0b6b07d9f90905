/* SPDX-License-Identifier: MIT */
#include "report/model.h"

#include <math.h>

#include "report/words.h"

const struct source_finding *
model_source(const struct findings *f, uint32_t id)
{
    for (size_t i = 0; i < f->sources_len; i++)
        if (f->sources[i].source->id == id)
            return &f->sources[i];
    return NULL;
}

struct str
model_file_name(struct str path)
{
    for (size_t i = path.n; i > 0; i--)
        if (path.p[i - 1] == '/')
            return str_skip(path, i);
    return path;
}

struct span
model_bin(const struct findings *f, size_t i)
{
    /* Not width * i / len: nanoseconds times bins may not fit. */
    int64_t width = span_width(f->covered) / (int64_t)MAX(f->bins_len, (size_t)1);
    int64_t low = f->covered.low + width * (int64_t)i;

    return (struct span){ low, i + 1 < f->bins_len ? low + width : f->covered.high };
}

size_t
model_failed_routes(const struct findings *f)
{
    size_t n = 0;

    for (size_t i = 0; i < f->routes_len; i++)
        n += f->routes[i].failed > 0;
    return n;
}

static bool
is_same(const struct event *a, const struct event *b)
{
    return a->source == b->source && a->offset == b->offset && a->when.raw == b->when.raw &&
           a->kind == b->kind;
}

size_t
model_exhibit(const struct report *r, const struct event *e)
{
    for (size_t i = 0; i < r->exhibits_len; i++)
        if (is_same(r->exhibits[i].event, e))
            return i + 1;
    return 0;
}

static void
cite(struct report *r, const struct event *e)
{
    if (e->kind == KIND_NONE || model_exhibit(r, e) > 0)
        return;
    if (r->exhibits_len == EXHIBITS_MAX)
        return;
    r->exhibits[r->exhibits_len++] =
        (struct exhibit){ .event = e, .source = model_source(r->f, e->source) };
}

/* In order of time, so that the evidence reads as a story: few, so by insertion. */
static void
sort_exhibits(struct report *r)
{
    for (size_t i = 1; i < r->exhibits_len; i++) {
        struct exhibit x = r->exhibits[i];
        size_t at = i;

        for (; at > 0 && r->exhibits[at - 1].event->when.span.low > x.event->when.span.low;
             at--)
            r->exhibits[at] = r->exhibits[at - 1];
        r->exhibits[at] = x;
    }
}

/* Where there are too many, how it began and how it ended say more than the middle. */
static void
cite_moments(struct report *r)
{
    const struct findings *f = r->f;
    size_t room = EXHIBITS_MAX - MIN(r->exhibits_len, (size_t)EXHIBITS_MAX);
    size_t first = f->moments_len > room ? room / 2 : f->moments_len;
    size_t last = f->moments_len > room ? room - first : 0;

    for (size_t i = 0; i < f->moments_len; i++)
        if (i < first || i >= f->moments_len - last)
            cite(r, &f->moments[i]);
    r->left_out = f->moments_len - first - last;
}

static enum status
cite_all(struct report *r)
{
    const struct findings *f = r->f;

    r->exhibits = arena_alloc(&r->memory, EXHIBITS_MAX * sizeof(*r->exhibits));
    if (r->exhibits == NULL)
        return fail(ERR_SYSTEM, "no memory for a report");
    for (size_t i = 0; i < f->cause.evidence_len; i++)
        cite(r, &f->cause.evidence[i].event);
    cite_moments(r);
    sort_exhibits(r);
    return OK;
}

static void
slice(struct report *r)
{
    const struct findings *f = r->f;
    size_t each = (f->bins_len + SLICES_MAX - 1) / SLICES_MAX;

    for (size_t i = 0; i < f->bins_len; i++) {
        struct slice *s = &r->slices[i / each];

        if (i % each == 0)
            s->time.low = model_bin(f, i).low;
        s->time.high = model_bin(f, i).high;
        s->bin.requests += f->bins[i].requests;
        s->bin.failed += f->bins[i].failed;
        s->bin.refused += f->bins[i].refused;
        s->bin.app_errors += f->bins[i].app_errors;
        r->slices_len = i / each + 1;
    }
}

/* From the earliest to the latest that the two ends allow; never less than nothing. */
static struct span
between(struct span from, struct span to)
{
    return (struct span){ MAX(to.low - from.high, 0), MAX(to.high - from.low, 0) };
}

static struct str
make_title(struct report *r, struct str given)
{
    const struct findings *f = r->f;
    AUTO(strbuf) title = { 0 };

    if (given.n > 0)
        return arena_str(&r->memory, given);
    if (f->cause.class == NULL)
        strbuf_adds(&title,
                    f->state == STATE_HEALTHY ? "No outage" : "An outage of unknown cause");
    else
        for (const char *c = f->cause.class; *c; c++)
            strbuf_addc(&title, *c == '_' ? ' ' : *c);
    if (f->cause.role.n > 0)
        strbuf_addf(&title, ", role " STR_FMT, STR_ARG(f->cause.role));
    if (title.n > 0 && title.p[0] >= 'a' && title.p[0] <= 'z')
        title.p[0] = (char)(title.p[0] - 'a' + 'A');
    return arena_str(&r->memory, strbuf_str(&title));
}

enum status
model_open(struct report *ret, const struct report_request *request)
{
    const struct findings *f = request->findings;
    struct report r = { .f = f, .timeline = request->timeline };
    enum status st;

    if (f->has_onset) {
        r.has_lasted = true;
        r.lasted = between(f->onset, f->has_recovery ? f->recovery : span_at(f->covered.high));
    }
    st = cite_all(&r);
    if (st != OK) {
        model_done(&r);
        return st;
    }
    slice(&r);
    r.title = make_title(&r, request->title);
    *ret = r;
    return OK;
}

void
model_done(struct report *r)
{
    arena_done(&r->memory);
    *r = (struct report){ 0 };
}

/* In the order of enum zone_from. */
static const char *const zone_reasons[ZONE_FROM_LEN] = {
    [ZONE_UNKNOWN] = "zone not known",
    [ZONE_EXPLICIT] = "zone in the stamp itself",
    [ZONE_EPOCH] = "stamp counts seconds since 1970",
    [ZONE_SESSION] = "zone from the session ids",
    [ZONE_CHANGED] = "zone from a log_timezone line",
    [ZONE_ABBREVIATION] = "zone from its abbreviation",
    [ZONE_SAID] = "zone as stated",
    [ZONE_ENVELOPE] = "zone from the envelope's stamp",
    [ZONE_SIBLING] = "zone from stamps of the same process",
    [ZONE_ANCHOR] = "zone from the same events in other logs",
    [ZONE_ASSUMED] = "zone assumed, nothing says it",
    [ZONE_AMBIGUOUS] = "zone ambiguous, the margin holds every reading",
};

static const char *const time_reasons[TIME_FROM_LEN] = {
    [TIME_STAMP] = NULL,
    [TIME_ENVELOPE] = "stamp of the envelope only",
    [TIME_INHERITED] = "no stamp of its own, that of the record before it",
    [TIME_NONE] = "no stamp",
};

void
model_how(struct strbuf *out, const struct event *e, const struct source_finding *s)
{
    if (time_reasons[e->when.time_from])
        strbuf_addf(out, "%s; ", time_reasons[e->when.time_from]);
    strbuf_adds(out, zone_reasons[e->when.zone_from]);
    if (e->when.zone.n > 0)
        strbuf_addf(out, " (" STR_FMT ")", STR_ARG(e->when.zone));
    if (s && s->clock.has_offset) {
        strbuf_adds(out, "; clock measured, ");
        words_offset(out, s->clock.offset);
    }
}

double
model_may_still_fail(uint64_t clean)
{
    return 1 - pow(0.05, 1 / (double)clean);
}
