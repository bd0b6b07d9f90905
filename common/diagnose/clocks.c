/* SPDX-License-Identifier: MIT */
#include "diagnose/clocks.h"

#include "diagnose/anchors.h"

#include <stdlib.h>

#define SAME_CLOCK MS(1500) /* offsets below it are one machine's scheduling and rounding */

/* The envelopes' clock is a node of its own, behind the writers. */
struct graph {
    struct recording *r;
    struct clock_pairs pairs;
    size_t nodes;
    struct span *ahead; /* from the node that is asked about */
    unsigned *sightings;
    const char **how;
    bool *known, *settled;
};

void
clock_pairs_done(struct clock_pairs *pairs)
{
    free(pairs->items);
    *pairs = (struct clock_pairs){ 0 };
}

static enum status
add_pair(struct clock_pairs *pairs, struct clock_pair pair)
{
    for (size_t i = 0; i < pairs->len; i++) {
        struct clock_pair *old = &pairs->items[i];

        if (old->a != pair.a || old->b != pair.b)
            continue;
        /* Two ways of looking: what both allow, or nothing if they disagree. */
        if (!span_meet(old->ahead, pair.ahead, &old->ahead))
            old->conflict = true;
        old->sightings += pair.sightings;
        return OK;
    }
    if (pairs->len == pairs->room) {
        size_t room = MAX(16, pairs->room * 2);
        struct clock_pair *more = realloc(pairs->items, room * sizeof(*more));

        if (!more)
            return fail(ERR_SYSTEM, "out of memory");
        pairs->items = more;
        pairs->room = room;
    }
    pairs->items[pairs->len++] = pair;
    return OK;
}

/* Each line that was stamped twice bounds its writer's clock: it was written before the
 * second stamp, and mostly just before. */
static enum status
against_envelopes(struct graph *g, uint32_t writer)
{
    const struct recording *r = g->r;
    struct span best = { INT64_MIN, INT64_MAX };
    unsigned n = 0;

    for (size_t i = 0; i < r->len; i++) {
        const struct seen *e = &r->seen[i];

        if (e->writer != writer || e->enveloped_only || e->envelope == INT64_MIN)
            continue;
        best.low = MAX(best.low, e->at.low - e->envelope);
        best.high = MIN(best.high, e->at.high - e->envelope);
        n++;
    }
    if (n == 0)
        return OK;
    /* No line's way to the second stamp is known to be shorter than nothing; the shortest of
     * many was short. */
    best.high = MAX(best.high, best.low) + MS(20);
    return add_pair(&g->pairs, (struct clock_pair){ .a = writer,
                                                    .b = (uint32_t)r->writers_len,
                                                    .ahead = best,
                                                    .sightings = n,
                                                    .candidates = 1,
                                                    .how = "second stamps of its lines" });
}

static enum status
compare_all(struct graph *g)
{
    struct recording *r = g->r;
    struct anchors *anchors = NULL;
    enum status st = anchors_open(&anchors, r);

    for (uint32_t a = 0; st == OK && a < r->writers_len; a++) {
        if (r->writers[a].enveloped)
            st = against_envelopes(g, a);
        for (uint32_t b = a + 1; st == OK && b < r->writers_len; b++) {
            struct anchor_match found[ANCHOR_WAYS];
            size_t n = r->writers[a].copy_of_other || r->writers[b].copy_of_other
                           ? 0
                           : anchors_compare(anchors, a, b, found);

            for (size_t i = 0; st == OK && i < n; i++)
                st = add_pair(&g->pairs,
                              (struct clock_pair){ .a = a,
                                                   .b = b,
                                                   .ahead = found[i].lag.ahead,
                                                   .sightings = found[i].lag.matched,
                                                   .candidates = found[i].lag.candidates,
                                                   .how = found[i].how });
        }
    }
    anchors_close(anchors);
    return st;
}

/* The offset of `pair` from the side of `node`; false if it is none of its pairs. */
static bool
seen_from(const struct clock_pair *pair, uint32_t node, uint32_t *ret_other, struct span *ret)
{
    if (pair->conflict || (pair->a != node && pair->b != node))
        return false;
    *ret_other = pair->a == node ? pair->b : pair->a;
    *ret = pair->b == node ? pair->ahead : span_negate(pair->ahead);
    return true;
}

/* The narrowest chain of comparisons to every node (Dijkstra, by width). */
static void
reach(struct graph *g, uint32_t from)
{
    for (size_t i = 0; i < g->nodes; i++)
        g->known[i] = g->settled[i] = false;
    g->known[from] = true;
    g->ahead[from] = span_at(0);
    g->how[from] = NULL;
    for (;;) {
        size_t next = g->nodes;

        for (size_t i = 0; i < g->nodes; i++)
            if (g->known[i] && !g->settled[i] &&
                (next == g->nodes || span_width(g->ahead[i]) < span_width(g->ahead[next])))
                next = i;
        if (next == g->nodes)
            return;
        g->settled[next] = true;
        for (size_t p = 0; p < g->pairs.len; p++) {
            const struct clock_pair *pair = &g->pairs.items[p];
            struct span step;
            uint32_t other;

            if (!seen_from(pair, (uint32_t)next, &other, &step) || g->settled[other])
                continue;
            step = span_add(g->ahead[next], step);
            if (g->known[other] && span_width(g->ahead[other]) <= span_width(step))
                continue;
            g->known[other] = true;
            g->ahead[other] = step;
            g->sightings[other] = pair->sightings;
            g->how[other] = pair->how;
        }
    }
}

static bool
agrees(const struct graph *g, size_t node)
{
    struct span same = { -SAME_CLOCK, SAME_CLOCK }, both;

    return g->known[node] && span_meet(g->ahead[node], same, &both);
}

/* How much speaks for this writer's clock: the kinds of writers that agree with it, then
 * whether it is the database's, then how fine its stamps are. */
static unsigned
backing(struct graph *g, uint32_t writer)
{
    static const unsigned rank[WRITER_LEN] = {
        [WRITER_SERVER] = 4, [WRITER_PROXY] = 3, [WRITER_APP] = 2, [WRITER_POOLER] = 1
    };
    unsigned classes = 0, reached = 0;
    bool counted[WRITER_LEN] = { false };

    reach(g, writer);
    for (size_t i = 0; i < g->r->writers_len; i++) {
        enum writer_class class = g->r->writers[i].class;

        reached += g->known[i];
        if (agrees(g, i) && !counted[class]) {
            counted[class] = true;
            classes++;
        }
    }
    return reached > 1 ? classes * 1000 + reached * 10 + rank[g->r->writers[writer].class] : 0;
}

static uint32_t
choose_reference(struct graph *g)
{
    uint32_t envelope = (uint32_t)g->r->writers_len, best = UINT32_MAX;
    unsigned most = 0;

    for (size_t i = 0; i < g->pairs.len; i++)
        if (g->pairs.items[i].b == envelope)
            return envelope;
    for (uint32_t i = 0; i < g->r->writers_len; i++) {
        unsigned backed = backing(g, i);

        if (backed > most) {
            most = backed;
            best = i;
        }
    }
    return best;
}

static void
put_offsets(struct graph *g, uint32_t reference)
{
    struct recording *r = g->r;

    if (reference == UINT32_MAX)
        return;
    reach(g, reference);
    for (size_t i = 0; i < r->writers_len; i++) {
        struct writer *w = &r->writers[i];

        if (!g->known[i])
            continue;
        w->has_offset = true;
        w->offset = g->ahead[i];
        w->how = i == reference ? arena_strf(&r->memory, "the reference")
                                : arena_strf(&r->memory, "%u %s", g->sightings[i], g->how[i]);
    }
}

static bool
graph_room(struct graph *g)
{
    g->nodes = g->r->writers_len + 1;
    g->ahead = calloc(g->nodes, sizeof(*g->ahead));
    g->sightings = calloc(g->nodes, sizeof(*g->sightings));
    g->how = calloc(g->nodes, sizeof(const char *));
    g->known = calloc(g->nodes, sizeof(*g->known));
    g->settled = calloc(g->nodes, sizeof(*g->settled));
    return g->ahead && g->sightings && g->how && g->known && g->settled;
}

static void
graph_done(struct graph *g)
{
    clock_pairs_done(&g->pairs);
    free(g->ahead);
    free(g->sightings);
    free(g->how);
    free(g->known);
    free(g->settled);
}

enum status
clocks_measure(struct recording *r, struct clock_pairs *ret)
{
    AUTO(graph) g = { .r = r };
    enum status st = graph_room(&g) ? compare_all(&g) : fail(ERR_SYSTEM, "out of memory");

    if (st != OK)
        return st;
    put_offsets(&g, choose_reference(&g));
    if (ret) {
        *ret = g.pairs;
        g.pairs = (struct clock_pairs){ 0 };
    }
    return OK;
}

uint32_t
clocks_reference(const struct recording *r)
{
    for (uint32_t i = 0; i < r->writers_len; i++)
        if (r->writers[i].has_offset && r->writers[i].offset.low == 0 &&
            r->writers[i].offset.high == 0)
            return i;
    return UINT32_MAX;
}

/* An offset that is (nearly) whole quarters of an hour, on stamps whose zone was a guess, is
 * the zone and not the clock. */
static int64_t
whole_zone(const struct writer *w)
{
    int64_t quarter = SECONDS(900), mid = span_mid(w->offset), zone;

    if (!w->guessed)
        return 0;
    zone = (mid + (mid < 0 ? -quarter / 2 : quarter / 2)) / quarter * quarter;
    return llabs(mid - zone) < SECONDS(60) && llabs(zone) <= SECONDS(14 * 3600) ? zone : 0;
}

/* One source may hold several writers: its clock is known only if theirs is one. */
static bool
source_offset(const struct recording *r, uint32_t source, struct span *ret, struct str *ret_how)
{
    bool any = false;

    for (size_t i = 0; i < r->writers_len; i++) {
        const struct writer *w = &r->writers[i];
        struct span offset;

        if (w->source != source || !w->has_offset)
            continue;
        offset = span_add(w->offset, span_at(-whole_zone(w)));
        if (any && !span_meet(*ret, offset, ret))
            return false;
        if (!any)
            *ret = offset;
        *ret_how = w->how;
        any = true;
    }
    return any;
}

/* The zone of naive stamps, from the same happenings in other logs. */
static void
put_zone(struct recording *r, uint32_t source, struct store_clock *clock)
{
    for (size_t i = 0; i < r->writers_len; i++) {
        const struct writer *w = &r->writers[i];
        long minutes;

        if (w->source != source || !w->guessed || !w->has_offset)
            continue;
        if (clock->zone.n && clock->zone_from < ZONE_ASSUMED &&
            clock->zone_from != ZONE_UNKNOWN)
            continue;
        minutes = (long)(whole_zone(w) / SECONDS(60));
        clock->zone = arena_strf(&r->memory, "%c%02ld:%02ld", minutes < 0 ? '-' : '+',
                                 labs(minutes) / 60, labs(minutes) % 60);
        clock->zone_from = ZONE_ANCHOR;
    }
}

bool
clocks_of_source(struct recording *r, uint32_t source, struct store_clock *clock)
{
    struct span offset;
    struct str how = { 0 };

    put_zone(r, source, clock);
    if (!source_offset(r, source, &offset, &how))
        return false;
    clock->has_offset = true;
    clock->offset = offset;
    clock->how = how;
    for (size_t i = 0; i < r->writers_len; i++)
        if (r->writers[i].source == source && r->writers[i].enveloped) {
            clock->has_envelope_offset = true;
            clock->envelope_offset = span_at(0);
        }
    return true;
}

enum status
clocks_keep(struct recording *r, struct store *timeline)
{
    const struct store_source *sources = NULL;
    size_t n = store_sources(timeline, &sources);
    enum status st = OK;

    for (size_t i = 0; st == OK && i < n; i++) {
        struct store_clock clock, old;

        store_clock_of(timeline, sources[i].id, &old);
        clock = old;
        if (!clocks_of_source(r, sources[i].id, &clock) ||
            (old.has_offset && old.offset.low == clock.offset.low &&
             old.offset.high == clock.offset.high))
            continue;
        st = store_know(timeline, sources[i].id, &clock);
    }
    return st;
}
