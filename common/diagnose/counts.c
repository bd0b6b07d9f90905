/* SPDX-License-Identifier: MIT */
#include "diagnose/counts.h"

#include <stdlib.h>

enum {
    SAME_LOG_PERCENT = 80, /* records in common: one log in two forms */
    SAME_LOG_LEAST = 5,
    PAIRED_PERCENT = 60, /* lines that have a near neighbour: clients that try twice */
};

#define SECOND_TRY MS(120) /* from one refusal to the next of one client's attempt */

static int
by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return x < y ? -1 : x > y;
}

/* A record by what was written when, whatever wrapped it. A request stamped to the second is
 * none: the log of the proxy before may hold the very same words. */
static bool
mark(const struct seen *e, uint64_t *ret)
{
    bool fine = span_width(e->at) < MS(500) && !e->enveloped_only;
    uint64_t stamp = (uint64_t)(fine ? e->at.low : e->envelope);

    if (!fine && e->envelope == INT64_MIN)
        return false;
    *ret = e->what ^ (stamp + e->kind) * UINT64_C(0x9e3779b97f4a7c15);
    return true;
}

struct marks {
    uint64_t *of;
    size_t len;
};

static enum status
collect_marks(const struct recording *r, struct marks *marks, uint64_t **ret_all)
{
    uint64_t *all = calloc(r->len + 1, sizeof(*all)), *next = all;

    if (!all)
        return fail(ERR_SYSTEM, "out of memory");
    for (size_t i = 0; i < r->writers_len; i++) {
        marks[i].of = next;
        next += r->writers[i].events;
    }
    for (size_t i = 0; i < r->len; i++) {
        struct marks *m = &marks[r->seen[i].writer];

        m->len += mark(&r->seen[i], &m->of[m->len]);
    }
    for (size_t i = 0; i < r->writers_len; i++)
        qsort(marks[i].of, marks[i].len, sizeof(*all), by_value);
    *ret_all = all;
    return OK;
}

static size_t
in_common(const struct marks *a, const struct marks *b)
{
    size_t n = 0;

    for (size_t i = 0, k = 0; i < a->len && k < b->len;) {
        n += a->of[i] == b->of[k];
        if (a->of[i] == b->of[k]) {
            i++;
            k++;
        } else if (a->of[i] < b->of[k]) {
            i++;
        } else {
            k++;
        }
    }
    return n;
}

/* The shorter one is the copy; of two equal ones, the later. */
static void
compare_writers(struct recording *r, const struct marks *marks, size_t a, size_t b)
{
    size_t least = MIN(marks[a].len, marks[b].len), common;

    if (r->writers[a].source == r->writers[b].source || least < SAME_LOG_LEAST)
        return;
    common = in_common(&marks[a], &marks[b]);
    if (common < SAME_LOG_LEAST || common * 100 < least * SAME_LOG_PERCENT)
        return;
    r->writers[marks[a].len < marks[b].len ? a : b].copy_of_other = true;
}

/* Byte for byte the same file under two names. */
static void
compare_files(struct recording *r)
{
    const struct store_source *sources = NULL;
    size_t n = store_sources(r->store, &sources);
    static const struct sha256 none;

    for (size_t a = 0; a < n; a++)
        for (size_t b = a + 1; b < n; b++)
            for (size_t i = 0; i < r->writers_len; i++)
                if (r->writers[i].source == sources[b].id &&
                    sources[a].bytes == sources[b].bytes &&
                    memcmp(&sources[a].head, &none, sizeof(none)) != 0 &&
                    memcmp(&sources[a].head, &sources[b].head, sizeof(none)) == 0)
                    r->writers[i].copy_of_other = true;
}

enum status
counts_find_copies(struct recording *r)
{
    struct marks *marks = calloc(r->writers_len + 1, sizeof(*marks));
    uint64_t *all = NULL;
    enum status st = marks ? collect_marks(r, marks, &all) : fail(ERR_SYSTEM, "out of memory");

    compare_files(r);
    for (size_t a = 0; st == OK && a < r->writers_len; a++)
        for (size_t b = a + 1; b < r->writers_len && !r->writers[a].copy_of_other; b++)
            if (!r->writers[b].copy_of_other)
                compare_writers(r, marks, a, b);
    free(all);
    free(marks);
    return st;
}

/* One proxy may stand before another, or an application's access log look like a proxy's:
 * whether the requests of `b` are requests of `a` again, by their ids. */
struct request_ids {
    uint64_t *ids;
    size_t len;
};

static enum status
collect_ids(const struct recording *r, uint32_t writer, struct request_ids *ret)
{
    const struct writer *w = &r->writers[writer];

    ret->ids = calloc(w->requests + 1, sizeof(*ret->ids));
    if (!ret->ids)
        return fail(ERR_SYSTEM, "out of memory");
    for (size_t i = 0; i < r->len; i++)
        if (r->seen[i].writer == writer && seen_request(&r->seen[i]) && r->seen[i].tracer)
            ret->ids[ret->len++] = r->seen[i].tracer;
    qsort(ret->ids, ret->len, sizeof(*ret->ids), by_value);
    return OK;
}

static enum status
repeats(const struct recording *r, uint32_t front, uint32_t back, bool *ret)
{
    struct request_ids a = { 0 }, b = { 0 };
    enum status st = collect_ids(r, front, &a);

    if (st == OK)
        st = collect_ids(r, back, &b);
    if (st == OK) {
        struct marks x = { a.ids, a.len }, y = { b.ids, b.len };

        *ret = b.len >= SAME_LOG_LEAST &&
               in_common(&x, &y) * 100 >= MIN(a.len, b.len) * SAME_LOG_PERCENT;
    }
    free(a.ids);
    free(b.ids);
    return st;
}

/* An application behind a proxy whose log is there tells of the same requests; one that
 * nobody stands before is the edge itself. */
static bool
behind_proxy(const struct recording *r, const struct writer *app)
{
    struct span both;

    for (size_t i = 0; i < r->writers_len; i++) {
        const struct writer *w = &r->writers[i];

        if (w->class == WRITER_PROXY && w->requests && !w->copy_of_other &&
            span_meet(w->covered, app->covered, &both))
            return true;
    }
    return false;
}

static bool
may_be_edge(const struct recording *r, const struct writer *w)
{
    if (!w->requests || w->copy_of_other)
        return false;
    if (w->class == WRITER_PROXY || w->class == WRITER_OTHER)
        return true;
    return w->class == WRITER_APP && !behind_proxy(r, w);
}

enum status
counts_edge(const struct recording *r, bool **ret)
{
    bool *edge = calloc(r->writers_len + 1, sizeof(*edge)), any = false;
    enum status st = edge ? OK : fail(ERR_SYSTEM, "out of memory");

    for (size_t i = 0; st == OK && i < r->writers_len; i++)
        any |= edge[i] = may_be_edge(r, &r->writers[i]);
    for (size_t i = 0; st == OK && !any && i < r->writers_len; i++)
        edge[i] = r->writers[i].class == WRITER_PROBE && r->writers[i].requests;
    for (uint32_t a = 0; st == OK && a < r->writers_len; a++)
        for (uint32_t b = 0; st == OK && b < r->writers_len; b++) {
            const struct writer *x = &r->writers[a], *y = &r->writers[b];
            bool again = false;

            if (a == b || !edge[a] || !edge[b] || x->requests < y->requests ||
                (x->requests == y->requests && x->failed < y->failed))
                continue;
            st = repeats(r, a, b, &again);
            if (again)
                edge[b] = false;
        }
    if (st == OK)
        *ret = edge;
    else
        free(edge);
    return st;
}

static struct route_count *
route_of(struct findings *f, const struct recording *r, uint32_t route, size_t *room)
{
    struct str name = recording_word(r, route);
    struct route_count *more;

    for (size_t i = 0; i < f->routes_len; i++)
        if (str_eq(f->routes[i].route, name))
            return &f->routes[i];
    if (f->routes_len == *room) {
        more = arena_alloc(&f->memory, (*room * 2 + 16) * sizeof(*more));
        if (!more)
            return NULL;
        if (f->routes_len)
            memcpy(more, f->routes, f->routes_len * sizeof(*more));
        f->routes = more;
        *room = *room * 2 + 16;
    }
    f->routes[f->routes_len] = (struct route_count){ .route = arena_str(&f->memory, name) };
    return &f->routes[f->routes_len++];
}

/* "/api/users?page=2" and "/api/users" are one route. */
enum { ROUTES_MAX = 400 };

static void
count_request(struct findings *f, struct route_count *route, const struct seen *e)
{
    route->requests++;
    f->counts.requests++;
    if (e->kind != KIND_HTTP_5XX) {
        route->clean_after++;
        return;
    }
    if (!route->failed++)
        route->first_bad = e->at;
    route->last_bad = e->at;
    route->clean_after = 0;
    f->counts.failed_requests++;
}

static int
by_failed(const void *a, const void *b)
{
    const struct route_count *x = a, *y = b;

    if (x->failed != y->failed)
        return x->failed > y->failed ? -1 : 1;
    if (x->requests != y->requests)
        return x->requests > y->requests ? -1 : 1;
    return x->route.n < y->route.n ? -1 : x->route.n > y->route.n;
}

enum status
counts_routes(struct findings *f, const struct recording *r, const bool *edge)
{
    size_t room = 0;
    struct route_count *last = NULL, *rest = NULL;
    uint32_t last_route = UINT32_MAX;

    for (size_t i = 0; i < r->len; i++) {
        const struct seen *e = &r->seen[i];

        if (!edge[e->writer] || !seen_request(e))
            continue;
        if (e->route != last_route || !last) {
            last = f->routes_len < ROUTES_MAX ? route_of(f, r, e->route, &room) : rest;
            if (!last && !(last = rest = route_of(f, r, 0, &room)))
                return fail(ERR_SYSTEM, "out of memory");
            last_route = e->route;
        }
        count_request(f, last, e);
    }
    if (f->routes_len)
        qsort(f->routes, f->routes_len, sizeof(*f->routes), by_failed);
    return OK;
}

enum status
counts_refusers(const struct recording *r, bool **ret)
{
    bool *refusers = calloc(r->writers_len + 1, sizeof(*refusers));
    enum writer_class best = WRITER_OTHER;

    if (!refusers)
        return fail(ERR_SYSTEM, "out of memory");
    for (size_t i = 0; i < r->writers_len; i++) {
        const struct writer *w = &r->writers[i];

        if (w->refused && !w->copy_of_other && w->class != WRITER_PROBE)
            best = MAX(best, w->class);
    }
    for (size_t i = 0; i < r->writers_len; i++)
        refusers[i] = r->writers[i].class == best && !r->writers[i].copy_of_other;
    *ret = refusers;
    return OK;
}

/* One role's refusals at the server, to be told apart from its attempts. */
struct refusals {
    uint64_t lines, paired;
    int64_t last;
    bool open; /* the last line may still find its second */
};

static void
count_refusal(struct refusals *all, const struct seen *e)
{
    struct refusals *at = &all[e->role];

    at->lines++;
    if (at->open && e->at.low - at->last <= SECOND_TRY) {
        at->paired++;
        at->open = false;
    } else {
        at->open = true;
    }
    at->last = e->at.low;
}

/* Neighbours by accident are few: only where most lines come in twos are they second tries. */
static uint64_t
attempts(const struct refusals *at)
{
    return at->paired * 2 * 100 >= at->lines * PAIRED_PERCENT ? at->lines - at->paired
                                                              : at->lines;
}

static int
by_lines(const void *a, const void *b)
{
    const struct role_count *x = a, *y = b;

    if (x->lines != y->lines)
        return x->lines > y->lines ? -1 : 1;
    return x->role.n < y->role.n ? -1 : x->role.n > y->role.n;
}

static enum status
put_roles(struct findings *f, const struct recording *r, const struct refusals *all, uint32_t n)
{
    f->roles = arena_alloc(&f->memory, (n + 1) * sizeof(*f->roles));
    if (!f->roles)
        return fail(ERR_SYSTEM, "out of memory");
    for (uint32_t role = 0; role < n; role++)
        if (all[role].lines)
            f->roles[f->roles_len++] =
                (struct role_count){ .role = arena_str(&f->memory, recording_word(r, role)),
                                     .lines = all[role].lines,
                                     .attempts = attempts(&all[role]) };
    if (f->roles_len)
        qsort(f->roles, f->roles_len, sizeof(*f->roles), by_lines);
    return OK;
}

enum status
counts_roles(struct findings *f, const struct recording *r, const bool *refusers)
{
    uint32_t roles = 1;
    struct refusals *all;
    enum status st;

    for (size_t i = 0; i < r->len; i++)
        if (seen_refused(&r->seen[i]))
            roles = MAX(roles, r->seen[i].role + 1);
    all = calloc(roles, sizeof(*all));
    if (!all)
        return fail(ERR_SYSTEM, "out of memory");
    for (size_t i = 0; i < r->len; i++) {
        const struct seen *e = &r->seen[i];

        if (seen_refused(e) && !e->echo && refusers[e->writer])
            count_refusal(all, e);
    }
    st = put_roles(f, r, all, roles);
    free(all);
    return st;
}
