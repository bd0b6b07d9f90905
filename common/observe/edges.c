/* SPDX-License-Identifier: MIT */
#include "observe/edges.h"

#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "base/digest.h"
#include "time/now.h"

enum {
    PROBES = 240,
    BURST = 32,
    MORE_PROBES = 200, /* for several clocks */
    LENGTH_S = 6,
    PACE_NS = 60000,   /* requests cannot be begun closer than this and still be timed */
    SLACK_NS = 400000, /* and leave as much beside the plan */
    MORE_S = 4,        /* for several clocks */
    GIVE_UP = 15,      /* that many without an answer are enough */
    STEP_SIDE = 8,     /* a clock that was set is seen this often on both sides */
};

/* Servers that refresh their Date by a timer, by what their Server header begins with. */
static const struct {
    const char *server;
    int64_t stale;
} keepers[] = {
    { "envoy", MS(500) },  { "istio-envoy", MS(500) },          { "Kestrel", SECONDS(1) },
    { "Bun", SECONDS(1) }, { "Microsoft-HTTPAPI", SECONDS(1) },
};

int64_t
edges_stale_of(struct str server)
{
    for (size_t i = 0; i < LEN(keepers); i++) {
        size_t n = strlen(keepers[i].server);

        if (server.n >= n && strncasecmp(server.p, keepers[i].server, n) == 0)
            return keepers[i].stale;
    }
    return 0;
}

/* A round of requests: where they should meet the server's clock. */
struct burst {
    int64_t from, to; /* our clock: when the first and the last should leave */
    unsigned n;
};

struct seeker {
    const struct edges_plan *plan;
    struct edges *edges;
    struct http *http;
    struct http_request kept, fresh;
    const struct http_request *request; /* one of them */
    int64_t until;                      /* monotonic */
    /* How long after its start a request leaves at the soonest: what takes longer was held
     * up, and the next one need not be. And the same of the present burst. */
    int64_t lead, soonest;
    int64_t pace; /* between requests, as this machine manages now */
    unsigned most;
    size_t turn; /* which clock is looked at next, if there are several */
    uint64_t random;
};

static uint64_t
peer_of(const struct http_answer *a)
{
    uint64_t h = UINT64_C(14695981039346656037);

    for (const char *p = a->remote; *p; p++)
        h = (h ^ (unsigned char)*p) * UINT64_C(1099511628211);
    for (const char *p = a->local; *p; p++)
        h = (h ^ (unsigned char)*p) * UINT64_C(1099511628211);
    return h | 1;
}

static void
see(struct seeker *k, const struct http_answer *a)
{
    struct edges *e = k->edges;
    int64_t stale = k->plan->stale;

    if (a->status == 0) {
        e->failed++;
    } else if (a->has_age && a->age > 0) {
        e->aged++;
    } else if (a->dates != 1) {
        e->no_date++;
    } else {
        memcpy(e->server, a->server, sizeof(e->server));
        if (stale < 0)
            stale = edges_stale_of(str_of(e->server));
        e->stale = MAX(e->stale, stale);
        e->seen[e->len++] = (struct sighting){ .sent = a->at.low,
                                               .got = a->at.high,
                                               .theirs = SECONDS(a->date),
                                               .grain = NS_PER_S,
                                               .stale = stale,
                                               .peer = peer_of(a) };
        if (e->rtt == 0 || span_width(a->monotonic) < e->rtt)
            e->rtt = MAX(span_width(a->monotonic), 1);
    }
}

/* Takes in what has ended until `until` (our monotonic clock); or all that is under way. */
static void
gather(struct seeker *k, int64_t until)
{
    struct http_answer a;

    while (http_next(k->http, until, &a)) {
        int64_t planned = (int64_t)(intptr_t)a.user;

        if (a.status && planned)
            k->soonest = MIN(k->soonest, a.monotonic.low - planned);
        see(k, &a);
        http_answer_done(&a);
        if (until == INT64_MAX && http_under_way(k->http) == 0)
            return;
    }
}

/* A busy machine cannot begin as many requests in a short moment as were planned: those that
 * leave behind it are wasted. Fewer are planned the next time. */
static void
keep_pace(struct seeker *k, size_t before, const struct burst *b)
{
    const struct edges *e = k->edges;
    int64_t first = INT64_MAX, last = INT64_MIN, planned, took;

    if (b->n < 2 || e->len < before + 2)
        return;
    for (size_t i = before; i < e->len; i++) {
        first = MIN(first, e->seen[i].sent);
        last = MAX(last, e->seen[i].sent);
    }
    planned = (b->to - b->from) / (b->n - 1);
    took = (last - first) / (int64_t)(e->len - before - 1);
    if (took > planned + planned / 2)
        k->pace = MIN(took, MS(1));
    else if (k->pace > PACE_NS)
        k->pace = MAX(k->pace / 2, PACE_NS);
}

static void
send_burst(struct seeker *k, const struct burst *b)
{
    /* Planned by the clock that is set, waited for by the one that is not. */
    int64_t shift = now_monotonic() - now_real();
    int64_t width = b->to - b->from;
    size_t before = k->edges->len;

    k->soonest = INT64_MAX;
    for (unsigned i = 0; i < b->n && k->edges->probes < k->most; i++) {
        int64_t at = b->from + (b->n > 1 ? width * i / (b->n - 1) : 0) + shift - k->lead;

        gather(k, at);
        if (now_monotonic() >= k->until || k->edges->failed > GIVE_UP)
            break;
        /* Held up until the moment is over: the next one is better. */
        if (now_real() > b->to + MAX(width, MS(1)))
            break;
        if (http_start(k->http, k->request, NULL, NULL, (void *)(intptr_t)MAX(at, 1)) == OK)
            k->edges->probes++;
    }
    if (http_under_way(k->http))
        gather(k, INT64_MAX);
    if (k->soonest < INT64_MAX)
        k->lead = MAX(k->soonest, 0);
    keep_pace(k, before, b);
}

/* Steps behind which nothing is known: as many requests at once as a burst has make its
 * connections, and the Dates they bring are not wasted. */
static void
warm_up(struct seeker *k)
{
    for (unsigned i = 0; i < BURST / 2 && k->edges->probes < k->most; i++)
        if (http_start(k->http, k->request, NULL, NULL, NULL) == OK)
            k->edges->probes++;
    if (http_under_way(k->http))
        gather(k, INT64_MAX);
}

static int
by_sent(const void *a, const void *b)
{
    const struct sighting *x = a, *y = b;

    return (x->sent > y->sent) - (x->sent < y->sent);
}

void
edges_sort(struct edges *e)
{
    size_t step;

    if (e->len == 0) {
        e->clocks = 0;
        return;
    }
    qsort(e->seen, e->len, sizeof(*e->seen), by_sent);
    e->ended = e->seen[e->len - 1].got;
    e->clocks = skew_sort(e->seen, e->len, e->ended, e->found, EDGES_CLOCKS);
    if (e->clocks < 2)
        return;
    step = skew_step(e->seen, e->len);
    if (step >= STEP_SIDE && step + STEP_SIDE <= e->len) {
        e->stepped = true;
        e->clocks = skew_sort(e->seen + step, e->len - step, e->ended, e->found, EDGES_CLOCKS);
    }
}

/* Narrow enough: the round trip cannot be got rid of. */
static bool
is_narrow(const struct edges *e, const struct skew *s)
{
    return span_width(s->ahead) - e->stale <= e->rtt + e->rtt / 5 + MS(1) / 5;
}

static bool
pick_clock(struct seeker *k, struct span *ret)
{
    struct edges *e = k->edges;
    size_t n = MIN(e->clocks, EDGES_CLOCKS);

    for (size_t i = 0; i < n; i++) {
        const struct skew *s = &e->found[k->turn++ % n];

        if (!is_narrow(e, s)) {
            *ret = s->ahead;
            ret->high = MAX(ret->high - e->stale, ret->low);
            return true;
        }
    }
    return false;
}

/* Across the next moment at which the server's second begins, as far as that is open. */
static struct burst
plan_burst(struct seeker *k, struct span ahead)
{
    int64_t rtt = k->edges->rtt, margin = MAX(rtt / 2, SLACK_NS);
    int64_t width = span_width(ahead) + 2 * margin;
    int64_t soonest = now_real() + k->lead + rtt + MS(5);
    /* At `edge` - ahead their second begins; what is sent then is stamped half a trip later. */
    int64_t first = -ahead.high - rtt / 2 - margin;
    int64_t edge = ((soonest - first) / NS_PER_S + 1) * NS_PER_S;
    int64_t n = MIN(width / MAX(k->pace, PACE_NS) + 1, BURST);
    /* Not twice in the same places. */
    int64_t jitter = (int64_t)(k->random >> 40) * (width / MAX(n, 6)) >> 24;

    k->random = k->random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (struct burst){ .from = edge + first + jitter,
                           .to = edge + first + jitter + width,
                           .n = (unsigned)MAX(n, 6) };
}

static enum status
open_seeker(struct seeker *k, const struct edges_plan *plan, struct edges *e)
{
    *e = (struct edges){ .began = now_real() };
    *k = (struct seeker){ .plan = plan,
                          .edges = e,
                          .kept = plan->route->request,
                          .most = plan->probes ? plan->probes : PROBES,
                          .until = now_monotonic() +
                                   (plan->length ? plan->length : SECONDS(LENGTH_S)) };
    k->kept.keep = 0;
    k->fresh = k->kept;
    k->kept.fresh = false;
    k->fresh.fresh = true;
    if (random_bytes(&k->random, sizeof(k->random)) != OK)
        return ERR_SYSTEM;
    e->seen = calloc(k->most + MORE_PROBES + BURST, sizeof(*e->seen));
    if (!e->seen)
        return fail(ERR_SYSTEM, "no memory for %u sightings", k->most);
    return http_open(&k->http);
}

static void
sweep_a_second(struct seeker *k)
{
    int64_t now = now_real() + k->lead + MS(1);
    struct burst b = { now, now + NS_PER_S, BURST };

    send_burst(k, &b);
    edges_sort(k->edges);
}

static void
allow_more(struct seeker *k)
{
    k->most += MORE_PROBES;
    k->until += SECONDS(MORE_S);
}

/* Several machines: kept connections would go on asking the one that happened to take them.
 * From here on each request makes its own, and what was seen before is not counted. */
static void
ask_them_all(struct seeker *k)
{
    k->request = &k->fresh;
    k->edges->len = 0;
    allow_more(k);
    sweep_a_second(k);
}

static void
seek(struct seeker *k)
{
    struct edges *e = k->edges;
    struct span open;

    /* By new connections, which whoever stands behind the name may take. */
    k->request = &k->fresh;
    sweep_a_second(k);
    if (e->clocks == 0)
        return;
    if (e->clocks > 1 && !e->stepped) {
        allow_more(k);
    } else {
        k->request = &k->kept;
        warm_up(k);
    }
    while (now_monotonic() < k->until && e->probes < k->most) {
        struct burst b;

        if (e->clocks > 1 && !e->stepped && k->request == &k->kept) {
            ask_them_all(k);
            continue;
        }
        if (!pick_clock(k, &open))
            break;
        b = plan_burst(k, open);
        send_burst(k, &b);
        edges_sort(e);
    }
}

enum status
edges_seek(struct edges *ret, const struct edges_plan *plan)
{
    struct seeker k;
    enum status st = open_seeker(&k, plan, ret);

    if (st == OK)
        seek(&k);
    http_close(k.http);
    if (st != OK || ret->clocks > 0)
        return st;
    if (ret->probes == ret->failed)
        return fail(ERR_NETWORK, STR_FMT " does not answer", STR_ARG(plan->route->host));
    return fail(ERR_PARTIAL, STR_FMT " answers without a Date of its own",
                STR_ARG(plan->route->host));
}

void
edges_done(struct edges *e)
{
    free(e->seen);
    e->seen = NULL;
}
