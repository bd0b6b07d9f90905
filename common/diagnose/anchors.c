/* SPDX-License-Identifier: MIT */
#include "diagnose/anchors.h"

#include <stdlib.h>

enum {
    FAILURES_MAX = 400, /* of each writer */
    TRACED_MAX = 4000,
    COARSE = 200, /* ms: stamps that are cut further cannot be told apart one by one */
};

struct traced {
    uint64_t id;
    struct span at;
    bool twice; /* the id was seen before: it names no single request */
};

/* What one writer stamped, in order of time. */
struct trail {
    struct span *failures;
    size_t failures_len;
    struct traced *traced; /* by id */
    size_t traced_len;
};

struct anchors {
    const struct recording *r;
    struct trail *trails; /* by writer */
};

/* What counts as one failure here: a refusal where logins are made or refused, a failed
 * request where requests are answered. A gateway's own 502 has no counterpart behind it. */
static bool
is_failure(const struct recording *r, const struct seen *e)
{
    const struct writer *w = &r->writers[e->writer];

    if (e->enveloped_only || e->echo)
        return false;
    if (w->class == WRITER_PROXY || w->refused + w->app_errors == 0)
        return e->kind == KIND_HTTP_5XX && (e->status == 500 || e->status == 0);
    if (w->class == WRITER_APP)
        return seen_refused(e) || e->kind == KIND_APP_ERROR || e->kind == KIND_DISCONNECTED;
    return seen_refused(e);
}

static bool
add_failure(const struct recording *r, struct trail *t, const struct seen *e)
{
    const struct span *last = t->failures_len ? &t->failures[t->failures_len - 1] : NULL;

    if (!is_failure(r, e) || t->failures_len == FAILURES_MAX)
        return true;
    /* A client that tries twice (TLS, then without) is refused twice for one failure. */
    if (last && r->writers[e->writer].class == WRITER_SERVER && e->at.low - last->low < MS(60))
        return true;
    if (!t->failures && !(t->failures = calloc(FAILURES_MAX, sizeof(*t->failures))))
        return false;
    t->failures[t->failures_len++] = e->at;
    return true;
}

static bool
add_traced(struct trail *t, const struct seen *e)
{
    if (!e->tracer || e->enveloped_only || t->traced_len == TRACED_MAX)
        return true;
    if (!t->traced && !(t->traced = calloc(TRACED_MAX, sizeof(*t->traced))))
        return false;
    t->traced[t->traced_len++] = (struct traced){ e->tracer, e->at, false };
    return true;
}

static int
by_id(const void *a, const void *b)
{
    const struct traced *x = a, *y = b;

    return x->id < y->id ? -1 : x->id > y->id;
}

static int
by_low(const void *a, const void *b)
{
    const struct span *x = a, *y = b;

    return x->low < y->low ? -1 : x->low > y->low;
}

static void
put_in_order(struct trail *t)
{
    if (t->failures_len)
        qsort(t->failures, t->failures_len, sizeof(*t->failures), by_low);
    if (!t->traced_len)
        return;
    qsort(t->traced, t->traced_len, sizeof(*t->traced), by_id);
    for (size_t i = 1; i < t->traced_len; i++)
        if (t->traced[i].id == t->traced[i - 1].id)
            t->traced[i].twice = t->traced[i - 1].twice = true;
}

enum status
anchors_open(struct anchors **ret, const struct recording *r)
{
    struct anchors *a = calloc(1, sizeof(*a));
    bool room = a && (a->trails = calloc(r->writers_len + 1, sizeof(*a->trails)));

    if (a)
        a->r = r;
    for (size_t i = 0; room && i < r->len; i++) {
        struct trail *t = &a->trails[r->seen[i].writer];

        room = add_failure(r, t, &r->seen[i]) && add_traced(t, &r->seen[i]);
    }
    if (!room) {
        anchors_close(a);
        return fail(ERR_SYSTEM, "out of memory");
    }
    for (size_t i = 0; i < r->writers_len; i++)
        put_in_order(&a->trails[i]);
    *ret = a;
    return OK;
}

void
anchors_close(struct anchors *a)
{
    if (!a)
        return;
    for (size_t i = 0; a->trails && i < a->r->writers_len; i++) {
        free(a->trails[i].failures);
        free(a->trails[i].traced);
    }
    free(a->trails);
    free(a);
}

/* From the one who knows first to the one who knows last. */
static unsigned depth(enum writer_class class)
{
    static const unsigned depths[WRITER_LEN] = {
        [WRITER_SERVER] = 0,
        [WRITER_POOLER] = 1,
        [WRITER_APP] = 2,
        [WRITER_PROXY] = 3,
    };

    return depths[class];
}

/* True time at `a` minus true time at `b` of one failure. */
static struct span
gap_between(enum writer_class a, enum writer_class b)
{
    if (depth(a) == depth(b))
        return (struct span){ -MS(50), MS(50) };
    return depth(a) > depth(b) ? (struct span){ 0, MS(250) } : (struct span){ -MS(250), 0 };
}

static bool
by_traces(const struct trail *a, const struct trail *b, struct span gap, struct lag *ret)
{
    struct span *allowed = calloc(MIN(a->traced_len, b->traced_len) + 1, sizeof(*allowed));
    size_t n = 0;
    bool found;

    for (size_t i = 0, k = 0; allowed && i < a->traced_len && k < b->traced_len;) {
        const struct traced *x = &a->traced[i], *y = &b->traced[k];

        if (x->id == y->id && !x->twice && !y->twice)
            allowed[n++] = lag_of_pair(x->at, y->at, gap);
        i += x->id <= y->id;
        k += y->id <= x->id;
    }
    found = allowed && lags_of_pairs(allowed, n, gap, ret);
    free(allowed);
    return found;
}

static bool
is_fine(struct lag_series s)
{
    for (size_t i = 0; i < s.len; i++)
        if (span_width(s.at[i]) > MS(COARSE))
            return false;
    return true;
}

static bool
by_failures(const struct trail *a, const struct trail *b, struct span gap, struct lag *ret)
{
    struct lag_series x = { a->failures, a->failures_len },
                      y = { b->failures, b->failures_len };

    if (!x.len || !y.len)
        return false;
    if (!is_fine(x) || !is_fine(y))
        return lags_by_order(x, y, gap, ret);
    if (gap.high > 0)
        return lags_by_mode(x, y, gap, ret);
    /* Looked at from the effect's side: the cause comes first there. */
    if (!lags_by_mode(y, x, span_negate(gap), ret))
        return false;
    ret->ahead = span_negate(ret->ahead);
    return true;
}

size_t
anchors_compare(const struct anchors *anchors, uint32_t a, uint32_t b,
                struct anchor_match ret[ANCHOR_WAYS])
{
    const struct trail *x = &anchors->trails[a], *y = &anchors->trails[b];
    struct span gap = gap_between(anchors->r->writers[a].class, anchors->r->writers[b].class);
    size_t n = 0;

    if (by_traces(x, y, gap, &ret[n].lag))
        ret[n++].how = "request ids";
    else if (by_failures(x, y, gap, &ret[n].lag))
        ret[n++].how = "failures in both logs";
    return n;
}
