/* SPDX-License-Identifier: MIT */
#include "time/skew.h"

#include <stdlib.h>

/* A bound that another clock could have set counts from this one inwards. */
enum { OTHERS = 8 };

struct span
sighting_ahead(const struct sighting *seen)
{
    /* They read their clock between `sent` and `got`: the difference is smallest had they
     * read it last thing, and largest had they read it first. */
    return (struct span){
        .low = seen->theirs - seen->got,
        .high = seen->theirs + seen->grain + seen->stale - seen->sent,
    };
}

static struct span
drifted(struct span s, int64_t age)
{
    int64_t by = (age < 0 ? -age : age) / 1000000 * DRIFT_PPM;

    return (struct span){ s.low - by, s.high + by };
}

struct span
skew_at(const struct skew *s, int64_t when)
{
    return drifted(s->ahead, when - s->at);
}

enum status
skew_narrow(struct skew *s, const struct sighting *seen)
{
    struct span ahead = sighting_ahead(seen);

    if (seen->got < seen->sent || seen->grain <= 0)
        return fail(ERR_PARSE, "a sighting that ends before it begins");
    if (s->sightings > 0 && !span_meet(ahead, skew_at(s, seen->got), &ahead))
        return fail(ERR_CONFLICT, "a clock was set between sightings %u and %u", s->sightings,
                    s->sightings + 1);
    *s = (struct skew){ ahead, seen->got, s->sightings + 1 };
    return OK;
}

/* Something that holds an opinion: a connection, or a single sighting. */
struct item {
    struct span ahead;
    unsigned sightings;
    int64_t rtt; /* of the only one */
    uint64_t peer;
    bool torn; /* its sightings do not agree with each other */
    bool taken;
};

struct edge {
    int64_t at;
    int weight; /* > 0: an item begins here */
};

static int
by_edge(const void *a, const void *b)
{
    const struct edge *x = a, *y = b;

    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    /* Ends are included: what begins where another ends still overlaps it. */
    return (y->weight > 0) - (x->weight > 0);
}

/* Where most of the items that are not taken yet agree. */
static unsigned
most_agreed(const struct item *items, size_t n, struct edge *edges, struct span *ret)
{
    size_t len = 0;
    int now = 0, best = 0;

    for (size_t i = 0; i < n; i++)
        if (!items[i].taken) {
            edges[len++] = (struct edge){ items[i].ahead.low, (int)items[i].sightings };
            edges[len++] = (struct edge){ items[i].ahead.high, -(int)items[i].sightings };
        }
    qsort(edges, len, sizeof(*edges), by_edge);
    for (size_t i = 0; i < len; i++) {
        now += edges[i].weight;
        if (now > best) {
            best = now;
            *ret = (struct span){ edges[i].at, edges[i + 1].at };
        }
    }
    return (unsigned)best;
}

static size_t
sort_items(struct item *items, size_t n, struct edge *edges, struct skew *ret, size_t max)
{
    size_t clocks = 0;
    struct span where, both;
    unsigned agreed;

    while ((agreed = most_agreed(items, n, edges, &where)) > 0) {
        for (size_t i = 0; i < n; i++)
            if (span_meet(items[i].ahead, where, &both))
                items[i].taken = true;
        if (clocks < max)
            ret[clocks] = (struct skew){ .ahead = where, .sightings = agreed };
        clocks++;
    }
    return clocks;
}

/* The `OTHERS`th largest of the bounds that any of several clocks may have set; the smallest
 * if there are fewer. */
struct innermost {
    int64_t at[OTHERS];
    size_t len;
};

static void
keep_innermost(struct innermost *k, int64_t bound)
{
    size_t i;

    if (k->len == OTHERS && bound <= k->at[OTHERS - 1])
        return;
    i = k->len < OTHERS ? k->len++ : OTHERS - 1;
    for (; i > 0 && k->at[i - 1] < bound; i--)
        k->at[i] = k->at[i - 1];
    k->at[i] = bound;
}

/* The innermost bounds of all items that are left: no clock is ahead of the lowest `high`
 * *and* behind the highest `low`. */
static bool
inner_bounds(const struct item *items, size_t n, struct span *ret)
{
    struct span s = { INT64_MIN, INT64_MAX };
    bool any = false;

    for (size_t i = 0; i < n; i++)
        if (!items[i].taken) {
            s.low = MAX(s.low, items[i].ahead.low);
            s.high = MIN(s.high, items[i].ahead.high);
            any = true;
        }
    *ret = s;
    return any;
}

/* What nearly every answer took less than. */
static int64_t
usual_rtt(const struct item *items, size_t n)
{
    int64_t sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += items[i].rtt;
    return n ? 3 * (sum / (int64_t)n) : 0;
}

/* Two clocks whose Dates come mixed: the highest `low` is surely set by the one that is ahead,
 * the lowest `high` by the one behind. Their other bounds may have been set by either. Where
 * one clock has shown nothing, the other's sightings come by as often as not: eight of them
 * and none of the first do not happen. What is nearer than a round trip to the sure bound may
 * hide one, and is not counted. */
static void
outer_bounds(const struct item *items, size_t n, struct span inner, struct span ret[2])
{
    struct innermost ahead = { 0 }, behind = { 0 };
    int64_t usual = usual_rtt(items, n), low = INT64_MAX, high = INT64_MIN;

    for (size_t i = 0; i < n; i++) {
        const struct item *t = &items[i];

        if (t->taken)
            continue;
        low = MIN(low, t->ahead.low);
        high = MAX(high, t->ahead.high);
        if (t->ahead.high - t->rtt >= inner.low + usual)
            keep_innermost(&ahead, -t->ahead.high);
        if (t->ahead.low + t->rtt <= inner.high - usual)
            keep_innermost(&behind, t->ahead.low);
    }
    ret[0] = (struct span){ inner.low, ahead.len ? -ahead.at[ahead.len - 1] : high };
    ret[1] = (struct span){ behind.len ? behind.at[behind.len - 1] : low, inner.high };
}

static unsigned
take(struct item *items, size_t n, const struct span *clocks, size_t clocks_len)
{
    struct span both;
    unsigned taken = 0;

    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < clocks_len && !items[i].taken; k++)
            if (span_meet(items[i].ahead, clocks[k], &both)) {
                items[i].taken = true;
                taken++;
            }
    return taken;
}

static size_t
sort_mixed(struct item *items, size_t n, struct skew *ret, size_t max)
{
    size_t clocks = 0;
    struct span found[2];

    while (inner_bounds(items, n, &found[0])) {
        size_t here = 1;
        unsigned taken;

        if (found[0].low > found[0].high) {
            outer_bounds(items, n, found[0], found);
            here = 2;
        }
        taken = take(items, n, found, here);
        for (size_t i = 0; i < here; i++, clocks++)
            if (clocks < max)
                ret[clocks] =
                    (struct skew){ .ahead = found[i], .sightings = taken / (unsigned)here };
    }
    return clocks;
}

/* One item for each peer whose sightings agree, one a sighting for the others. */
static size_t
make_items(const struct sighting *seen, size_t n, int64_t at, struct item *items)
{
    size_t len = 0;

    for (size_t i = 0; i < n; i++) {
        struct span ahead = drifted(sighting_ahead(&seen[i]), at - seen[i].got);
        size_t k = 0;

        while (k < len && (seen[i].peer == 0 || items[k].peer != seen[i].peer))
            k++;
        if (k == len)
            items[len++] = (struct item){ .ahead = ahead, .peer = seen[i].peer };
        items[k].sightings++;
        items[k].torn |= !span_meet(items[k].ahead, ahead, &items[k].ahead);
    }
    return len;
}

static bool
has_torn(const struct item *items, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (items[i].torn)
            return true;
    return false;
}

/* Every sighting for itself. */
static size_t
split_items(const struct sighting *seen, size_t n, int64_t at, struct item *items)
{
    for (size_t i = 0; i < n; i++)
        items[i] = (struct item){ .ahead = drifted(sighting_ahead(&seen[i]), at - seen[i].got),
                                  .sightings = 1,
                                  .rtt = seen[i].got - seen[i].sent };
    return n;
}

size_t
skew_sort(const struct sighting *seen, size_t n, int64_t at, struct skew *ret, size_t max)
{
    struct item *items = calloc(n + 1, sizeof(*items));
    struct edge *edges = calloc(2 * n + 2, sizeof(*edges));
    struct skew found[32] = { { { 0 } } };
    size_t clocks = 0, len;

    if (items && edges && n > 0) {
        len = make_items(seen, n, at, items);
        /* Connections of one sighting or two tell nothing that the sightings do not. */
        if (has_torn(items, len) || len > n / 3)
            clocks = sort_mixed(items, split_items(seen, n, at, items), found, LEN(found));
        else
            clocks = sort_items(items, len, edges, found, LEN(found));
    }
    for (size_t i = 0; i < MIN(MIN(clocks, max), LEN(found)); i++) {
        ret[i] = found[i];
        ret[i].at = at;
    }
    free(items);
    free(edges);
    return clocks;
}

size_t
skew_step(const struct sighting *seen, size_t n)
{
    struct skew before = { 0 }, after = { 0 };
    size_t at = 0;

    while (at < n && skew_narrow(&before, &seen[at]) == OK)
        at++;
    for (size_t i = at; i < n; i++)
        if (skew_narrow(&after, &seen[i]) != OK)
            return n;
    return at;
}
