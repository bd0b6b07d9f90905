/* SPDX-License-Identifier: MIT */
#include "traffic.h"

#include <time.h>

#include "base/interrupt.h"
#include "time/now.h"

static const int64_t request_timeout = SECONDS(5);

/* Above what is asked on an ordinary day, and far below a load. */
static const double rate_most = 40;

static void
pause_until(int64_t until)
{
    int64_t left = MAX(until - now_monotonic(), 0);

    nanosleep(&(struct timespec){ left / NS_PER_S, left % NS_PER_S }, NULL);
}

enum status
traffic_open(struct traffic *t, const char *timeline, const char *const *urls, int64_t every)
{
    struct route_draft d = { .request = { .timeout = request_timeout, .fresh = true } };
    struct prober_plan plan = { .routes = &t->routes, .every = every, .rate = rate_most };
    enum status st = record_open(&t->record, timeline);

    for (size_t i = 0; i < TRAFFIC_ROUTES && st == OK; i++) {
        d.url = urls[i];
        st = routes_add(&t->routes, &d);
    }
    if (st != OK)
        return st;
    return prober_open(&t->prober, &plan);
}

static void
count(struct tally *y, const struct probe *p)
{
    const struct span at = p->answer.at;

    y->sent++;
    if (p->error == NULL) {
        if (y->good_since.low == 0)
            y->good_since = at;
        return;
    }
    if (y->failed++ == 0)
        y->first_bad = at;
    y->last_bad = at;
    y->good_since = (struct span){ 0, 0 };
    if (p->answer.status == 500)
        y->last_500 = at;
}

static void
prove(struct recovery *proof, const struct probe *p)
{
    struct recovery_look look = {
        .good = p->error == NULL,
        .failure = recovery_failure_of(p->answer.status, p->error),
        .at = p->answer.at,
        .peer = str_of(p->answer.remote),
        .fresh = !p->answer.reused,
    };

    (void)recovery_see(proof, &look);
}

static void
take(struct traffic *t, struct probe *p)
{
    enum status st = record_probe(&t->record, p);

    count(&t->tallies[p->index], p);
    if (t->proof && p->index == TRAFFIC_ROUTES - 1)
        prove(t->proof, p);
    if (t->st == OK)
        t->st = st;
    probe_done(p);
}

void
traffic_tick(struct traffic *t)
{
    struct probe p;

    while (t->prober && prober_next(t->prober, now_monotonic(), &p))
        take(t, &p);
}

enum status
traffic_run(struct traffic *t, int64_t until)
{
    struct probe p;

    while (now_monotonic() < until) {
        /* Short enough for an interrupt to be heeded at once, as people see it. */
        int64_t step = MIN(until, now_monotonic() + MS(50));

        if (interrupt_came())
            return fail(ERR_LIMIT, "interrupted");
        if (t->prober == NULL || prober_over(t->prober))
            pause_until(step);
        else if (prober_next(t->prober, step, &p))
            take(t, &p);
        if (t->st != OK)
            return t->st;
    }
    return OK;
}

void
traffic_hurry(struct traffic *t, int64_t length)
{
    prober_hurry(t->prober, TRAFFIC_ROUTES - 1, length);
}

enum status
traffic_flush(struct traffic *t)
{
    return t->st == OK ? record_flush(&t->record) : t->st;
}

enum status
traffic_end(struct traffic *t)
{
    struct probe p;
    int64_t until = now_monotonic() + 2 * request_timeout;

    prober_stop(t->prober);
    while (!prober_over(t->prober) && now_monotonic() < until)
        if (prober_next(t->prober, until, &p))
            take(t, &p);
    return traffic_flush(t);
}

/* The earlier of two instants of which 0 means none. */
static struct span
first_of(struct span a, struct span b)
{
    if (a.low == 0 || b.low == 0)
        return a.low ? a : b;
    return a.low < b.low ? a : b;
}

struct tally
traffic_total(const struct traffic *t)
{
    struct tally all = { 0 };

    for (size_t i = 0; i < TRAFFIC_ROUTES; i++) {
        const struct tally *y = &t->tallies[i];

        all.sent += y->sent;
        all.failed += y->failed;
        all.first_bad = first_of(all.first_bad, y->first_bad);
        if (y->last_bad.low > all.last_bad.low)
            all.last_bad = y->last_bad;
        if (y->last_500.low > all.last_500.low)
            all.last_500 = y->last_500;
        if (y->failed && y->good_since.low > all.good_since.low)
            all.good_since = y->good_since;
    }
    return all;
}

void
traffic_close(struct traffic *t)
{
    prober_close(t->prober);
    t->prober = NULL;
    routes_done(&t->routes);
    record_done(&t->record);
}
