/* SPDX-License-Identifier: MIT */
#include "diagnose/moments.h"

#include <stdlib.h>

enum { MOMENTS_MOST = 60 };

struct picks {
    size_t at[MOMENTS_MOST]; /* of recording.seen */
    size_t len;
};

static void
pick(struct picks *p, size_t i)
{
    for (size_t k = 0; k < p->len; k++)
        if (p->at[k] == i)
            return;
    if (p->len < MOMENTS_MOST)
        p->at[p->len++] = i;
}

static bool
same_answer(const struct recording *r, const struct seen *e, const struct seen *failed)
{
    (void)r;
    return e->kind == KIND_REQUEST && e->route == failed->route && e->writer == failed->writer;
}

/* The last good answer of the route before it failed, and the first that failed. */
static void
pick_beginning(struct picks *p, const struct recording *r, const struct stretch *outage)
{
    const struct seen *failed = &r->seen[outage->first];

    for (size_t i = outage->first; i-- > 0;)
        if (same_answer(r, &r->seen[i], failed)) {
            pick(p, i);
            break;
        }
    pick(p, outage->first);
}

static bool
is_app_error(const struct recording *r, const struct seen *e)
{
    return r->writers[e->writer].class == WRITER_APP && !e->echo &&
           (seen_refused(e) || e->kind == KIND_APP_ERROR || e->kind == KIND_DISCONNECTED);
}

/* The application's first and last word on it. */
static void
pick_errors(struct picks *p, const struct recording *r, const struct stretch *outage)
{
    size_t first = r->len, last = r->len, from = outage->first;

    while (from > 0 && r->seen[from - 1].at.low > r->seen[outage->first].at.low - SECONDS(3))
        from--;
    for (size_t i = from; i < r->len && r->seen[i].at.low <= r->seen[outage->last].at.high; i++)
        if (is_app_error(r, &r->seen[i])) {
            first = first == r->len ? i : first;
            last = i;
        }
    if (first < r->len) {
        pick(p, first);
        pick(p, last);
    }
}

/* What people and servers did at any time belongs to the story. */
static bool
is_act(const struct recording *r, const struct seen *e)
{
    if (r->writers[e->writer].copy_of_other || e->echo)
        return false;
    return e->kind == KIND_ROTATION || e->kind == KIND_NOTE || e->kind == KIND_ACTION ||
           e->kind == KIND_GAP || e->kind == KIND_RELOAD || e->kind == KIND_SALT;
}

static void
pick_acts(struct picks *p, const struct recording *r)
{
    for (size_t i = 0; i < r->len; i++)
        if (is_act(r, &r->seen[i]))
            pick(p, i);
}

static int
by_place(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;

    return x < y ? -1 : x > y;
}

static void
pick_all(struct picks *p, const struct recording *r, const struct stretch *outage,
         const struct suspects *s)
{
    if (outage) {
        pick_beginning(p, r, outage);
        pick_errors(p, r, outage);
        pick(p, outage->last);
        if (outage->has_recovery)
            pick(p, outage->recovery);
        if (s->root) {
            pick(p, s->root->first);
            pick(p, s->root->last);
        }
        if (s->has_rotation)
            pick(p, s->rotation);
        if (s->has_app_restart)
            pick(p, s->app_restart);
        if (s->has_server_start)
            pick(p, s->server_start);
    }
    pick_acts(p, r);
    qsort(p->at, p->len, sizeof(p->at[0]), by_place);
}

enum status
moments_tell(struct findings *f, const struct recording *r, const struct stretch *outage,
             const struct suspects *s)
{
    struct picks p = { 0 };
    enum status st = OK;

    pick_all(&p, r, outage, s);
    f->moments = arena_alloc(&f->memory, (p.len + 1) * sizeof(*f->moments));
    if (!f->moments)
        return fail(ERR_SYSTEM, "out of memory");
    for (size_t i = 0; st == OK && i < p.len; i++)
        st = recording_event(r, &r->seen[p.at[i]], &f->memory, &f->moments[f->moments_len++]);
    return st;
}
