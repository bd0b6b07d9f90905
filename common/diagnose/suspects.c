/* SPDX-License-Identifier: MIT */
#include "diagnose/causes.h"

#include <math.h>
#include <stdlib.h>

/* An outage's refusals may begin before its first request ends; a recovery within so much of
 * a start came of it. */
#define AROUND       SECONDS(3)
#define RESTART_NEAR SECONDS(20)

static struct group *
group_of(struct suspects *s, const struct seen *e)
{
    struct group *more;

    for (size_t i = s->len; i-- > 0;)
        if (s->groups[i].kind == (enum kind)e->kind && s->groups[i].role == e->role)
            return &s->groups[i];
    if (s->len == s->room) {
        size_t room = MAX(16, s->room * 2);

        more = realloc(s->groups, room * sizeof(*more));
        if (!more)
            return NULL;
        s->groups = more;
        s->room = room;
    }
    s->groups[s->len] = (struct group){ .kind = (enum kind)e->kind, .role = e->role };
    return &s->groups[s->len++];
}

static bool
is_inside(const struct suspects *s, const struct seen *e)
{
    const struct recording *r = s->r;
    struct span outage = { r->seen[s->outage->first].at.low - AROUND,
                           r->seen[s->outage->last].at.high + AROUND };

    return e->at.high >= outage.low && e->at.low <= outage.high;
}

static enum status
weigh_refusal(struct suspects *s, size_t i)
{
    const struct seen *e = &s->r->seen[i];
    const struct writer *w = &s->r->writers[e->writer];
    struct group *g = group_of(s, e);

    if (!g)
        return fail(ERR_SYSTEM, "out of memory");
    if (!is_inside(s, e)) {
        g->outside++;
        return OK;
    }
    if (!g->inside++)
        g->first = i;
    g->last = i;
    g->by[w->class]++;
    g->database = e->database ? e->database : g->database;
    return OK;
}

/* How well a group explains the outage. Nearest to the server is nearest to the truth: what
 * an application or a pooler makes of a refusal may be any words. */
static double
explains(const struct suspects *s, const struct group *g, bool named_by_app)
{
    const struct recording *r = s->r;
    double whole =
        (double)(r->seen[s->outage->last].at.high - r->seen[s->outage->first].at.low);
    double span = (double)(r->seen[g->last].at.high - r->seen[g->first].at.low);
    double share = (double)g->inside / (double)(g->inside + g->outside);
    double depth = g->by[WRITER_SERVER] ? 4 : g->by[WRITER_POOLER] ? 3 : 1;

    if (share < 0.5)
        return 0;
    return depth + 3 * MIN(1.0, (span + 1) / (whole + 1)) + 0.5 * log10((double)g->inside) +
           (named_by_app ? 3 : 0) + share;
}

static bool
app_names(const struct suspects *s, uint32_t role)
{
    for (size_t i = 0; role && i < s->len; i++)
        if (s->groups[i].role == role && s->groups[i].by[WRITER_APP])
            return true;
    return false;
}

static void
choose_root(struct suspects *s)
{
    double best = 0;

    for (size_t i = 0; i < s->len; i++) {
        const struct group *g = &s->groups[i];
        double score = g->inside ? explains(s, g, app_names(s, g->role)) : 0;

        if (score > best) {
            best = score;
            s->root = g;
        }
    }
    /* The server knows an expired password or a missing role from a wrong one; the client is
     * told the same of all. */
    for (size_t i = 0; s->root && i < s->len; i++) {
        const struct group *g = &s->groups[i];

        if (g != s->root && g->role == s->root->role &&
            g->by[WRITER_SERVER] > s->root->by[WRITER_SERVER] && g->inside)
            s->root = g;
    }
}

static void
choose_mask(struct suspects *s)
{
    for (size_t i = 0; s->root && i < s->len; i++) {
        const struct group *g = &s->groups[i];

        if (g != s->root && g->by[WRITER_APP] > s->root->by[WRITER_APP] &&
            (!s->masked_by || g->by[WRITER_APP] > s->masked_by->by[WRITER_APP]))
            s->masked_by = g;
    }
}

static bool
is_role(const struct suspects *s, const struct seen *e)
{
    return !s->root || !s->root->role || !e->role || e->role == s->root->role;
}

static void
note_login(struct suspects *s, size_t i)
{
    size_t first = s->root ? s->root->first : s->outage->first;

    if (!is_role(s, &s->r->seen[i]))
        return;
    s->logins_before += i < first;
    s->logins += i > first && i < s->outage->last;
    s->logins_after += i > s->outage->last;
}

static void
note_start(struct suspects *s, size_t i)
{
    const struct recording *r = s->r;
    const struct seen *e = &r->seen[i];
    enum writer_class class = r->writers[e->writer].class;
    const struct span begin = r->seen[s->outage->first].at, end = r->seen[s->outage->last].at;

    if (class == WRITER_SERVER && e->at.low <= begin.high + SECONDS(5) &&
        e->at.low > begin.low - SECONDS(60)) {
        s->has_server_start = true;
        s->server_start = i;
    }
    if (class != WRITER_APP)
        return;
    if (e->at.high < begin.low) {
        s->has_app_start = true;
        s->app_start = i;
    }
    if (e->at.low > end.low - RESTART_NEAR && e->at.low < end.high + RESTART_NEAR &&
        e->at.low > begin.high && !s->has_app_restart) {
        s->has_app_restart = true;
        s->app_restart = i;
    }
}

static void
note_changes(struct suspects *s)
{
    size_t first = s->root ? s->root->first : s->outage->first;

    for (size_t i = 0; i < s->r->len; i++) {
        const struct seen *e = &s->r->seen[i];

        if (e->kind == KIND_CONNECTED)
            note_login(s, i);
        else if (e->kind == KIND_RESTART)
            note_start(s, i);
        else if (e->kind == KIND_ROTATION && !e->echo && is_role(s, e) && i <= first) {
            s->has_rotation = true;
            s->rotation = i;
        }
    }
}

enum status
causes_suspect(struct suspects *ret, const struct recording *r, const struct stretch *outage)
{
    struct suspects s = { .r = r, .outage = outage };
    enum status st = OK;

    for (size_t i = 0; st == OK && i < r->len; i++) {
        const struct seen *e = &r->seen[i];
        const struct writer *w = &r->writers[e->writer];

        if (w->copy_of_other || w->class == WRITER_PROBE)
            continue;
        if (seen_refused(e) && (!e->echo || w->class == WRITER_APP))
            st = weigh_refusal(&s, i);
        s.app_lost +=
            e->kind == KIND_DISCONNECTED && w->class == WRITER_APP && is_inside(&s, e);
    }
    if (st == OK) {
        choose_root(&s);
        choose_mask(&s);
        note_changes(&s);
        *ret = s;
    } else {
        free(s.groups);
    }
    return st;
}

void
suspects_done(struct suspects *s)
{
    free(s->groups);
    *s = (struct suspects){ 0 };
}
