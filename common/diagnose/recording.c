/* SPDX-License-Identifier: MIT */
#include "diagnose/recording.h"

#include "diagnose/terms.h"

#include <stdlib.h>

#define ALIGN_LEAST SECONDS(1) /* wider than this, and around nothing, an offset tells little  \
                                */

/* Formats by what their names begin with: whose logs they are. An access log in the common
 * form may be a proxy's or an application's own: that shows from what stands beside it. */
/* clang-format off */
static const struct {
    const char *begins;
    enum writer_class class;
} families[] = {
    { "postgres",     WRITER_SERVER },
    { "pgbouncer",    WRITER_POOLER },
    { "pgpool",       WRITER_POOLER },
    { "nginx",        WRITER_PROXY },
    { "apache-error", WRITER_PROXY },
    { "haproxy",      WRITER_PROXY },
    { "envoy",        WRITER_PROXY },
    { "gunicorn",     WRITER_APP },
    { "flask",        WRITER_APP },
    { "uvicorn",      WRITER_APP },
    { "uwsgi",        WRITER_APP },
    { "django",       WRITER_APP },
    { "celery",       WRITER_APP },
    { "python",       WRITER_APP },
    { "gin",          WRITER_APP },
    { "morgan",       WRITER_APP },
    { "nest",         WRITER_APP },
    { "pino",         WRITER_APP },
    { "logrus",       WRITER_APP },
    { "spring",       WRITER_APP },
    { "log4j",        WRITER_APP },
    { "jul",          WRITER_APP },
    { "monolog",      WRITER_APP },
    { "php",          WRITER_APP },
    { "ruby",         WRITER_APP },
    { "rails",        WRITER_APP },
    { "probe",        WRITER_PROBE },
    { "dbprobe",      WRITER_PROBE },
};
/* clang-format on */

/* The store hands out one view for all events of a format: looked up once. */
static enum writer_class
family_of_format(struct recording *r, struct str format)
{
    if (format.n && format.p == r->last_format.p && format.n == r->last_format.n)
        return r->last_class;
    r->last_format = format;
    r->last_class = WRITER_OTHER;
    for (size_t i = 0; i < LEN(families) && r->last_class == WRITER_OTHER; i++)
        if (str_starts(format, str_of(families[i].begins)))
            r->last_class = families[i].class;
    return r->last_class;
}

static enum writer_class
family(struct recording *r, const struct event *e)
{
    enum writer_class class = family_of_format(r, e->format);

    if (e->kind == KIND_PROBE || e->kind == KIND_SALT)
        return WRITER_PROBE;
    if (class != WRITER_OTHER)
        return class;
    if (e->kind == KIND_UPSTREAM)
        return WRITER_PROXY;
    if (e->kind == KIND_APP_ERROR)
        return WRITER_APP;
    if (event_kinds[e->kind].refused)
        return WRITER_APP;
    return WRITER_OTHER;
}

static bool is_side(enum writer_class class)
{
    return class == WRITER_SERVER || class == WRITER_POOLER || class == WRITER_PROBE;
}

static bool
is_guessed(const struct when *w)
{
    return w->frame == FRAME_WALL && w->time_from != TIME_ENVELOPE &&
           (w->zone_from == ZONE_UNKNOWN || w->zone_from >= ZONE_ASSUMED);
}

/* The server, the pooler and the rest of a mixed file are different clocks' logs; a proxy
 * and the application beside it, under one host, are taken for one. */
static struct writer *
writer_of(struct recording *r, const struct event *e, enum writer_class class)
{
    bool guessed = is_guessed(&e->when), beside = !is_side(class);
    struct writer *w;

    for (size_t i = r->writers_len; i-- > 0;) {
        w = &r->writers[i];
        if (w->source == e->source && w->guessed == guessed && str_eq(w->host, e->host) &&
            (w->class == class || (beside && !is_side(w->class))))
            return w;
    }
    if (r->writers_len == r->writers_room) {
        size_t room = MAX(16, r->writers_room * 2);
        struct writer *more = realloc(r->writers, room * sizeof(*more));

        if (!more)
            return NULL;
        r->writers = more;
        r->writers_room = room;
    }
    w = &r->writers[r->writers_len++];
    *w = (struct writer){ .source = e->source,
                          .host = arena_str(&r->memory, e->host),
                          .class = class,
                          .guessed = guessed,
                          .covered = e->when.span };
    return w;
}

/* Applications are known by their errors, proxies by theirs; who shows requests only is
 * taken for a proxy in the end. */
static void
count_in(struct writer *w, const struct event *e, enum writer_class class)
{
    if (class == WRITER_APP || (class == WRITER_PROXY && w->class == WRITER_OTHER))
        w->class = class;
    w->events++;
    w->enveloped += e->when.has_envelope;
    w->requests += e->kind == KIND_REQUEST || (e->kind == KIND_HTTP_5XX && e->status >= 500);
    w->failed += e->kind == KIND_HTTP_5XX && e->status >= 500;
    w->refused += event_kinds[e->kind].refused;
    w->app_errors += e->kind == KIND_APP_ERROR;
    w->covered = span_join(w->covered, e->when.span);
}

static struct seen *
next_seen(struct recording *r)
{
    if (r->len == r->room) {
        size_t room = MAX(4096, r->room * 2);
        struct seen *more = realloc(r->seen, room * sizeof(*more));

        if (!more)
            return NULL;
        r->seen = more;
        r->room = room;
    }
    return &r->seen[r->len++];
}

static struct span
offset_applied(const struct store_clock *c, enum time_from from)
{
    if (from == TIME_ENVELOPE)
        return c->has_envelope_offset ? c->envelope_offset : span_at(0);
    return c->has_offset ? c->offset : span_at(0);
}

/* A probe is a request of our own: where no log tells of requests, they are what is known. */
static const struct event *
as_request(const struct event *e, struct event *request)
{
    bool failed = str_eq(e->level, STR("failed"));

    if (e->kind != KIND_PROBE)
        return e;
    *request = *e;
    request->kind = failed ? KIND_HTTP_5XX : KIND_REQUEST;
    request->status = failed && e->status < 500 ? 500 : e->status;
    return request;
}

static enum status
take(struct recording *r, const struct event *e, const struct store_clock *clock)
{
    struct event request;
    enum writer_class class = family(r, e);
    struct writer *w = writer_of(r, e, class);
    struct seen *s = w ? next_seen(r) : NULL;
    struct span applied = offset_applied(clock, e->when.time_from);

    if (!s)
        return fail(ERR_SYSTEM, "out of memory");
    e = as_request(e, &request);
    count_in(w, e, class);
    *s = (struct seen){
        /* The exact inverse of what the store did. */
        .at = { e->when.span.low + applied.high, e->when.span.high + applied.low },
        .stored = e->when.span.low,
        .envelope = e->when.has_envelope ? e->when.envelope : INT64_MIN,
        .offset = e->offset,
        .what = terms_hash(e->text),
        .tracer = e->request.n ? terms_hash(e->request) : 0,
        .writer = (uint32_t)(w - r->writers),
        .role = terms_number(r->terms, e->role),
        .route = terms_number(r->terms, e->route),
        .database = terms_number(r->terms, e->database),
        .client = terms_number(r->terms, e->client),
        .pid = terms_number(r->terms, e->pid),
        .status = (int16_t)e->status,
        .kind = (uint8_t)e->kind,
        .echo = e->echo,
        .enveloped_only = e->when.time_from == TIME_ENVELOPE,
    };
    return OK;
}

static enum status
take_all(struct recording *r)
{
    const struct store_query all = { .window = { INT64_MIN, INT64_MAX } };
    struct store_clock clock = { 0 };
    struct store_cursor *c = NULL;
    uint32_t of = 0;
    struct event e;
    bool more = true;
    enum status st = store_find(r->store, &all, &c);

    while (st == OK && (st = store_next(c, &e, &more)) == OK && more) {
        if (e.source != of)
            store_clock_of(r->store, of = e.source, &clock);
        st = take(r, &e, &clock);
    }
    store_cursor_close(c);
    return st;
}

enum status
recording_load(struct recording *ret, struct store *timeline)
{
    struct recording r = { .store = timeline, .terms = terms_open() };
    enum status st = r.terms ? take_all(&r) : fail(ERR_SYSTEM, "out of memory");

    for (size_t i = 0; i < r.writers_len; i++)
        if (r.writers[i].class == WRITER_OTHER && r.writers[i].requests)
            r.writers[i].class = WRITER_PROXY;
    if (st == OK)
        *ret = r;
    else
        recording_done(&r);
    return st;
}

void
recording_done(struct recording *r)
{
    terms_close(r->terms);
    free(r->seen);
    free(r->writers);
    arena_done(&r->memory);
    *r = (struct recording){ 0 };
}

struct str
recording_word(const struct recording *r, uint32_t word)
{
    return terms_text(r->terms, word);
}

static int
by_time(const void *a, const void *b)
{
    const struct seen *x = a, *y = b;

    if (x->at.low != y->at.low)
        return x->at.low < y->at.low ? -1 : 1;
    if (x->writer != y->writer)
        return x->writer < y->writer ? -1 : 1;
    return x->offset < y->offset ? -1 : x->offset > y->offset;
}

/* What could only be measured loosely, and allows that the clock is right, says less than the
 * stamps do: they stand, as they would without it. */
static bool
tells(const struct writer *w)
{
    return w->has_offset &&
           (w->offset.low > 0 || w->offset.high < 0 || span_width(w->offset) < ALIGN_LEAST);
}

void
recording_align(struct recording *r)
{
    bool sorted = true;

    for (size_t i = 0; i < r->len; i++) {
        struct seen *e = &r->seen[i];
        const struct writer *w = &r->writers[e->writer];

        if (tells(w) && !e->enveloped_only)
            e->at = (struct span){ e->at.low - w->offset.high, e->at.high - w->offset.low };
        sorted = sorted && (i == 0 || by_time(&r->seen[i - 1], e) <= 0);
    }
    if (!sorted)
        qsort(r->seen, r->len, sizeof(*r->seen), by_time);
}

static enum status
keep_event(const struct event *e, struct arena *m, struct event *ret)
{
    struct event copy = *e;
    struct str *const texts[] = { &copy.format,   &copy.level,  &copy.sqlstate, &copy.role,
                                  &copy.database, &copy.client, &copy.route,    &copy.pid,
                                  &copy.request,  &copy.text,   &copy.rule,     &copy.host,
                                  &copy.when.zone };

    for (size_t i = 0; i < LEN(texts); i++)
        *texts[i] = arena_str(m, *texts[i]);
    *ret = copy;
    return OK;
}

enum status
recording_event(const struct recording *r, const struct seen *seen, struct arena *memory,
                struct event *ret)
{
    const struct store_query here = { .window = span_at(seen->stored),
                                      .source = r->writers[seen->writer].source };
    struct store_cursor *c = NULL;
    struct event e;
    bool more = true, found = false;
    enum status st = store_find(r->store, &here, &c);

    while (st == OK && !found && (st = store_next(c, &e, &more)) == OK && more)
        found = e.offset == seen->offset;
    if (st == OK && found) {
        st = keep_event(&e, memory, ret);
        ret->when.span = seen->at;
    }
    store_cursor_close(c);
    return st == OK && !found ? fail(ERR_PARSE, "an event is no longer in the timeline") : st;
}
