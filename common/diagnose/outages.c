/* SPDX-License-Identifier: MIT */
#include "diagnose/outages.h"

#include <math.h>
#include <stdlib.h>

enum {
    APART_TIMES = 12,   /* a pause so many times the usual one ends a stretch, */
    APART_LEAST_S = 30, /* and no shorter one does */
    WELL_LEAST = 3,     /* answers that must follow before it is over */
    ROLES_MAX = 50,     /* somebody who tries a thousand names is one nuisance */
};

#define SAME_REQUEST  SECONDS(2) /* between what two logs stamp of one failed request */
/* Wider says less than the first good answer alone. */
#define RECOVERY_MOST MS(2400)
#define LUCK          0.01 /* a partial failure that shows this many good answers by chance */

/* The routes that fail in a stretch, and how its requests fare. */
struct routes {
    bool *affected; /* by word */
    size_t len;
};

static bool
is_gateway(const struct seen *e)
{
    return e->status == 502 || e->status == 503 || e->status == 504;
}

static bool
is_app_failure(const struct recording *r, const struct seen *e)
{
    const struct writer *w = &r->writers[e->writer];

    return (w->class == WRITER_APP || w->class == WRITER_OTHER) && !w->copy_of_other &&
           !e->echo &&
           (seen_refused(e) || e->kind == KIND_APP_ERROR || e->kind == KIND_DISCONNECTED);
}

/* Whether the event is a failure of the kind that a stretch is made of. */
static bool
belongs(const struct recording *r, const bool *edge, enum stretch_kind kind,
        const struct seen *e)
{
    const struct writer *w = &r->writers[e->writer];

    switch (kind) {
    case STRETCH_REQUESTS:
        return edge[e->writer] && e->kind == KIND_HTTP_5XX && e->status >= 500 &&
               !is_gateway(e);
    case STRETCH_GATEWAY:
        return edge[e->writer] && e->kind == KIND_HTTP_5XX && is_gateway(e);
    case STRETCH_ERRORS:
        return is_app_failure(r, e);
    case STRETCH_REFUSALS:
        return seen_refused(e) && !e->echo && !w->copy_of_other && w->class != WRITER_PROBE;
    }
    return false;
}

static enum status
add_stretch(struct stretches *all, struct stretch s)
{
    if (all->len == all->room) {
        size_t room = MAX(8, all->room * 2);
        struct stretch *more = realloc(all->items, room * sizeof(*more));

        if (!more)
            return fail(ERR_SYSTEM, "out of memory");
        all->items = more;
        all->room = room;
    }
    all->items[all->len++] = s;
    return OK;
}

static int
by_length(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return x < y ? -1 : x > y;
}

/* The pause that parts two stretches, by how these failures usually follow each other. */
static int64_t
parting_pause(const struct recording *r, const size_t *at, size_t n)
{
    int64_t *pauses = calloc(n, sizeof(*pauses)), usual = 0;

    for (size_t i = 1; pauses && i < n; i++)
        pauses[i - 1] = r->seen[at[i]].at.low - r->seen[at[i - 1]].at.low;
    if (pauses && n > 1) {
        qsort(pauses, n - 1, sizeof(*pauses), by_length);
        usual = pauses[(n - 1) * 3 / 4];
    }
    free(pauses);
    return MAX(SECONDS(APART_LEAST_S), usual * APART_TIMES);
}

/* Cuts a list of failures where they pause. */
static enum status
cut(struct stretches *all, const struct recording *r, struct stretch like, const size_t *at,
    size_t n)
{
    int64_t pause = parting_pause(r, at, n);
    enum status st = OK;
    size_t from = 0;

    for (size_t i = 1; st == OK && i <= n; i++) {
        if (i < n && r->seen[at[i]].at.low - r->seen[at[i - 1]].at.low <= pause)
            continue;
        like.first = at[from];
        like.last = like.last_bad = at[i - 1];
        like.failures = i - from;
        st = add_stretch(all, like);
        from = i;
    }
    return st;
}

static enum status
find_kind(struct stretches *all, const struct recording *r, const bool *edge,
          enum stretch_kind kind)
{
    size_t *at = calloc(r->len + 1, sizeof(*at)), n = 0;
    enum status st = at ? OK : fail(ERR_SYSTEM, "out of memory");

    for (size_t i = 0; at && i < r->len; i++)
        if (belongs(r, edge, kind, &r->seen[i]))
            at[n++] = i;
    if (st == OK && n)
        st = cut(all, r, (struct stretch){ .kind = kind }, at, n);
    free(at);
    return st;
}

/* Refusals are told apart by role: one role's outage is not another's. */
static enum status
find_refusals(struct stretches *all, const struct recording *r)
{
    size_t *at = calloc(r->len + 1, sizeof(*at)), n = 0, roles = 0;
    bool *done = calloc(r->len + 1, sizeof(*done));
    enum status st = at && done ? OK : fail(ERR_SYSTEM, "out of memory");

    for (size_t i = 0; st == OK && i < r->len; i++) {
        uint32_t role = r->seen[i].role;

        if (done[i] || !belongs(r, NULL, STRETCH_REFUSALS, &r->seen[i]))
            continue;
        if (++roles > ROLES_MAX)
            break;
        n = 0;
        for (size_t k = i; k < r->len; k++)
            if (r->seen[k].role == role && belongs(r, NULL, STRETCH_REFUSALS, &r->seen[k])) {
                done[k] = true;
                at[n++] = k;
            }
        st = cut(all, r, (struct stretch){ .kind = STRETCH_REFUSALS, .role = role }, at, n);
    }
    free(done);
    free(at);
    return st;
}

static bool
is_answer(const bool *edge, const struct seen *e)
{
    return edge[e->writer] && e->kind == KIND_REQUEST && e->status < 500;
}

static bool
note_routes(const struct recording *r, const bool *edge, const struct stretch *s,
            struct routes *ret)
{
    for (size_t i = s->first; i <= s->last; i++)
        ret->len = MAX(ret->len, (size_t)r->seen[i].route + 1);
    ret->affected = calloc(ret->len, sizeof(*ret->affected));
    for (size_t i = s->first; ret->affected && i <= s->last; i++)
        if (belongs(r, edge, s->kind, &r->seen[i]))
            ret->affected[r->seen[i].route] = true;
    return ret->affected != NULL;
}

/* Good answers of the routes that failed: in between, and since. A restart's 502 right after
 * is not yet a recovery. */
static enum status
look_at_answers(const struct recording *r, const bool *edge, struct stretch *s)
{
    struct routes routes = { 0 };

    if (!note_routes(r, edge, s, &routes))
        return fail(ERR_SYSTEM, "out of memory");
    for (size_t i = s->first; i < r->len; i++) {
        const struct seen *e = &r->seen[i];

        if (e->route >= routes.len || !routes.affected[e->route])
            continue;
        if (i > s->last && edge[e->writer] && e->kind == KIND_HTTP_5XX &&
            s->well_after < WELL_LEAST) {
            s->last_bad = i;
            s->well_after = 0;
            s->has_recovery = false;
        }
        if (!is_answer(edge, e))
            continue;
        s->well += i < s->last;
        s->well_after += i > s->last;
        if (i > s->last && !s->has_recovery) {
            s->has_recovery = true;
            s->recovery = i;
        }
    }
    free(routes.affected);
    return OK;
}

/* Without requests, a login that succeeds shows that it is over. */
static void
look_at_logins(const struct recording *r, struct stretch *s)
{
    uint32_t role = r->seen[s->last].role;

    for (size_t i = s->first; i < r->len; i++) {
        const struct seen *e = &r->seen[i];

        if (e->kind != KIND_CONNECTED || (role && e->role != role))
            continue;
        s->well += i < s->last;
        s->well_after += i > s->last;
        if (i > s->last && !s->has_recovery) {
            s->has_recovery = true;
            s->recovery = i;
        }
    }
}

/* Users before processes before logins; among equals, the one with most failures. */
static bool
worse(const struct stretch *a, const struct stretch *b)
{
    static const unsigned weight[] = { [STRETCH_REQUESTS] = 3,
                                       [STRETCH_GATEWAY] = 2,
                                       [STRETCH_ERRORS] = 1,
                                       [STRETCH_REFUSALS] = 0 };

    if (weight[a->kind] != weight[b->kind])
        return weight[a->kind] > weight[b->kind];
    return a->failures > b->failures;
}

enum status
outages_find(struct stretches *ret, const struct recording *r, const bool *edge)
{
    struct stretches all = { 0 };
    bool any_edge = false;
    enum status st = OK;

    for (size_t i = 0; i < r->writers_len; i++)
        any_edge = any_edge || edge[i];
    st = find_kind(&all, r, edge, STRETCH_REQUESTS);
    if (st == OK)
        st = find_kind(&all, r, edge, STRETCH_GATEWAY);
    if (st == OK && !any_edge)
        st = find_kind(&all, r, edge, STRETCH_ERRORS);
    if (st == OK)
        st = find_refusals(&all, r);
    all.worst = all.len;
    for (size_t i = 0; st == OK && i < all.len; i++) {
        struct stretch *s = &all.items[i];

        if (s->kind <= STRETCH_GATEWAY)
            st = look_at_answers(r, edge, s);
        else
            look_at_logins(r, s);
        /* Refusals that no request shows are no outage of the service. */
        if (any_edge && s->kind >= STRETCH_ERRORS)
            continue;
        if (all.worst == all.len || worse(s, &all.items[all.worst]))
            all.worst = i;
    }
    if (st == OK)
        *ret = all;
    else
        free(all.items);
    return st;
}

/* The same failure in a log with finer stamps. */
struct span
outages_onset(const struct recording *r, const struct stretch *s)
{
    struct span onset = r->seen[s->first].at;
    size_t from = s->first;

    if (s->kind > STRETCH_GATEWAY)
        return onset;
    while (from > 0 && r->seen[from - 1].at.low >= onset.low - SAME_REQUEST)
        from--;
    for (size_t i = from; i < r->len && r->seen[i].at.low <= onset.high; i++)
        if (is_app_failure(r, &r->seen[i]) &&
            span_width(r->seen[i].at) < span_width(r->seen[s->first].at))
            return r->seen[i].at;
    return onset;
}

/* A request is answered some time after it was begun, and after the service was well again: the
 * recovery lies between the last failed answer and the first good one. */
struct span
outages_recovery(const struct recording *r, const struct stretch *s)
{
    struct span at = r->seen[s->recovery].at, bad = r->seen[s->last_bad].at;

    at.low = MIN(at.low, MAX(bad.low, at.high - RECOVERY_MOST));
    return at;
}

bool
outages_over(const struct stretch *s)
{
    double share = (double)s->failures / (double)(s->failures + s->well);
    double needed = share < 1 ? log(LUCK) / log(1 - share) : 0;

    return s->has_recovery && (double)s->well_after >= MAX((double)WELL_LEAST, needed);
}
