/* SPDX-License-Identifier: MIT */
#include "observe/prober.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "net/resolve.h"
#include "time/now.h"

enum { UNDER_WAY = 256, HURRY = 10 };

/* The fractional part of the golden ratio, as a fraction of 2^64: its multiples fill the unit
 * evenly however many are taken (Weyl). */
static const uint64_t golden = UINT64_C(0x9e3779b97f4a7c15);

static const int64_t resolve_patience = SECONDS(5);

/* A host's share of the plan. */
struct host {
    struct str name;
    unsigned routes;
    struct resolved *addresses; /* owned; NULL: curl looks it up */
    size_t addresses_len, turn;
};

struct schedule {
    struct host *host;
    int64_t base; /* of the present interval */
    int64_t due;
    int64_t interval, least; /* as planned, and as the rate allows */
    int64_t hurry_until;
    uint64_t phase;
    unsigned begun, turns;
};

/* What belongs to a request under way. */
struct flight {
    struct flight *next;
    size_t index;
    uint64_t number;
    int64_t intended;
};

struct prober {
    struct prober_plan plan;
    struct http *http;
    struct host *hosts;
    size_t hosts_len;
    struct schedule *schedules; /* one a route */
    struct flight *flights, *free;
    uint64_t begun;
    char run[17]; /* nobody else's request ids begin so */
    bool stopped;
};

void
probe_done(struct probe *p)
{
    http_answer_done(&p->answer);
}

static enum status
no_memory(void)
{
    return fail(ERR_SYSTEM, "no memory to probe");
}

static struct host *
host_of(struct prober *p, struct str name)
{
    for (size_t i = 0; i < p->hosts_len; i++)
        if (str_eq(p->hosts[i].name, name))
            return &p->hosts[i];
    p->hosts[p->hosts_len] = (struct host){ .name = name };
    return &p->hosts[p->hosts_len++];
}

/* A name that has no address now may have one later: each request then looks it up itself,
 * and says so when it fails. */
static void
resolve_host(struct prober *p, const struct route *r, struct host *h)
{
    struct in6_addr literal;
    char name[64];

    snprintf(name, sizeof(name), STR_FMT, STR_ARG(r->url.host));
    if (inet_pton(AF_INET, name, &literal) == 1 || inet_pton(AF_INET6, name, &literal) == 1)
        return;
    if (!p->plan.all_addresses || h->addresses || r->request.connect_to ||
        r->request.unix_socket || r->request.proxy)
        return;
    if (resolve_all(r->url.host, r->url.port, resolve_patience, &h->addresses,
                    &h->addresses_len) != OK)
        h->addresses_len = 0;
}

/* Where in its interval the next probe of a route falls. With an interval of a second or more
 * the place is chosen so that the *second* is filled evenly: that is what Date counts. */
static int64_t
shift_of(struct schedule *s)
{
    int64_t unit = MIN(s->interval, NS_PER_S);
    /* 32 bits of the phase are a quarter of a nanosecond of a second. */
    int64_t part = (int64_t)((s->phase >> 32) * (uint64_t)unit >> 32);

    s->phase += golden;
    if (s->interval < NS_PER_S)
        return part;
    return ((part - s->base % NS_PER_S) + NS_PER_S) % NS_PER_S;
}

static void
plan_next(struct schedule *s, int64_t now)
{
    int64_t interval = s->interval;

    if (s->hurry_until > now)
        interval = MAX(s->interval / HURRY, s->least);
    s->base += interval;
    if (interval == s->interval)
        s->due = s->base + shift_of(s);
    else
        s->due = s->base;
}

static enum status
make_schedules(struct prober *p)
{
    const struct routes *routes = p->plan.routes;
    int64_t now = now_monotonic();
    double a_turn = (1 + p->plan.burst) / 2.0; /* probes, on average */
    uint64_t seed;

    if (random_bytes(&seed, sizeof(seed)) != OK)
        return ERR_SYSTEM;
    snprintf(p->run, sizeof(p->run), "%016" PRIx64, seed);
    for (size_t i = 0; i < routes->len; i++) {
        struct schedule *s = &p->schedules[i];

        s->host = host_of(p, routes->items[i]->host);
        s->host->routes++;
        s->phase = seed + golden * i;
        resolve_host(p, routes->items[i], s->host);
    }
    for (size_t i = 0; i < routes->len; i++) {
        struct schedule *s = &p->schedules[i];

        s->least = (int64_t)(s->host->routes * a_turn / p->plan.rate * (double)NS_PER_S);
        s->interval = (int64_t)((double)p->plan.every / routes->items[i]->weight);
        s->interval = MAX(s->interval, s->least);
        s->base = now;
        /* The first of each come at once but one after the other. */
        s->due = now + (int64_t)i * s->least / s->host->routes;
    }
    return OK;
}

enum status
prober_open(struct prober **ret, const struct prober_plan *plan)
{
    struct prober *p = calloc(1, sizeof(*p));
    enum status st = p ? OK : no_memory();

    if (st == OK) {
        p->plan = *plan;
        p->plan.burst = MAX(plan->burst, 1);
        p->plan.under_way = plan->under_way ? plan->under_way : UNDER_WAY;
        p->hosts = calloc(plan->routes->len + 1, sizeof(*p->hosts));
        p->schedules = calloc(plan->routes->len + 1, sizeof(*p->schedules));
        p->flights = calloc(p->plan.under_way, sizeof(*p->flights));
        st = p->hosts && p->schedules && p->flights ? http_open(&p->http) : no_memory();
    }
    if (st == OK)
        st = make_schedules(p);
    if (st != OK) {
        prober_close(p);
        return st;
    }
    for (unsigned i = 0; i < p->plan.under_way; i++) {
        p->flights[i].next = p->free;
        p->free = &p->flights[i];
    }
    *ret = p;
    return OK;
}

void
prober_close(struct prober *p)
{
    if (!p)
        return;
    http_close(p->http);
    for (size_t i = 0; p->hosts && i < p->hosts_len; i++)
        free(p->hosts[i].addresses);
    free(p->hosts);
    free(p->schedules);
    free(p->flights);
    free(p);
}

static bool
has_more(const struct prober *p, const struct schedule *s)
{
    return !p->stopped && (p->plan.count == 0 || s->begun < p->plan.count);
}

/* The route that is due first; NULL if none has anything left. */
static struct schedule *
first_due(struct prober *p)
{
    struct schedule *first = NULL;

    for (size_t i = 0; i < p->plan.routes->len; i++)
        if (has_more(p, &p->schedules[i]) && (!first || p->schedules[i].due < first->due))
            first = &p->schedules[i];
    return first;
}

static bool
begin(struct prober *p, struct schedule *s, int64_t intended)
{
    size_t index = (size_t)(s - p->schedules);
    struct flight *f = p->free;
    char id[40];
    const char *to = NULL;

    if (!f)
        return false;
    p->free = f->next;
    *f = (struct flight){ .index = index, .number = ++p->begun, .intended = intended };
    if (s->host->addresses_len)
        to = s->host->addresses[s->host->turn++ % s->host->addresses_len].text;
    snprintf(id, sizeof(id), "%s-%" PRIu64, p->run, f->number);
    s->begun++;
    if (http_start(p->http, &p->plan.routes->items[index]->request, id, to, f) == OK)
        return true;
    f->next = p->free;
    p->free = f;
    return true; /* it counts as begun: the next one may fare better */
}

static void
begin_what_is_due(struct prober *p)
{
    struct schedule *s;

    while (p->free && (s = first_due(p)) && s->due <= now_monotonic()) {
        int64_t intended = s->due;
        unsigned now = s->turns++ % 2 ? p->plan.burst : 1;

        for (unsigned i = 0; i < now && has_more(p, s); i++)
            if (!begin(p, s, intended))
                break;
        plan_next(s, now_monotonic());
    }
}

bool
prober_next(struct prober *p, int64_t until, struct probe *ret)
{
    for (;;) {
        struct http_answer a;
        struct schedule *s;

        begin_what_is_due(p);
        s = first_due(p);
        if (!s && http_under_way(p->http) == 0)
            return false;
        if (http_next(p->http, s && p->free ? MIN(until, s->due) : until, &a)) {
            struct flight *f = a.user;
            const struct route *r = p->plan.routes->items[f->index];
            enum route_fault fault = route_judge(r, &a);

            *ret = (struct probe){ .route = r,
                                   .index = f->index,
                                   .number = f->number,
                                   .intended = f->intended,
                                   .latency = a.monotonic.high - f->intended,
                                   .fault = fault,
                                   .error = route_fault_name(fault, &a),
                                   .answer = a };
            f->next = p->free;
            p->free = f;
            return true;
        }
        if (now_monotonic() >= until)
            return false;
    }
}

bool
prober_over(const struct prober *p)
{
    for (size_t i = 0; i < p->plan.routes->len; i++)
        if (has_more(p, &p->schedules[i]))
            return false;
    return http_under_way(p->http) == 0;
}

void
prober_stop(struct prober *p)
{
    p->stopped = true;
}

void
prober_hurry(struct prober *p, size_t index, int64_t length)
{
    struct schedule *s = &p->schedules[index];
    int64_t now = now_monotonic();

    if (s->hurry_until <= now && MAX(s->interval / HURRY, s->least) < s->interval)
        s->base = s->due = now;
    s->hurry_until = now + length;
}

void
probe_event(const struct probe *p, struct strbuf *text, struct event *ret)
{
    const struct http_answer *a = &p->answer;
    const struct http_request *q = &p->route->request;

    strbuf_clear(text);
    strbuf_addf(text, "%s " STR_FMT,
                q->method   ? q->method
                : q->body.n ? "POST"
                            : "GET",
                STR_ARG(p->route->shown));
    if (a->status)
        strbuf_addf(text, " %d", a->status);
    if (p->error)
        strbuf_addf(text, " %s", p->error);
    *ret = (struct event){
        .when = { .raw = a->at.low,
                  .grain = a->at.high - a->at.low,
                  .frame = FRAME_UTC,
                  .zone_from = ZONE_EPOCH,
                  .time_from = TIME_STAMP,
                  .span = a->at },
        .offset = p->number,
        .lines = 1,
        .kind = a->status >= 500 ? KIND_HTTP_5XX : KIND_PROBE,
        .status = a->status,
        .format = STR("probe"),
        .level = p->error ? STR("failed") : STR("good"),
        .rule = str_of(p->error),
        .route = p->route->path,
        .client = str_of(a->local),
        .host = p->route->host,
        .request = str_of(a->id),
        .text = strbuf_str(text),
    };
    ret->hash = sha256_of(ret->text);
}
