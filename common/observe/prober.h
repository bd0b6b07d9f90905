/* SPDX-License-Identifier: MIT */
#pragma once
#include "observe/routes.h"
#include "timeline/event.h"

/* Asks routes again and again on a schedule that does not wait for answers: a server that
 * stands still for two seconds shows as many late answers as were due, not as one. Probes of a
 * route fall on phases of the second that fill it evenly (golden ratio), so that ordinary
 * probing also measures the server's clock by its Date. */

struct prober_plan {
    const struct routes *routes;
    int64_t every;      /* ns between the probes of a route; 0: as `rate` allows */
    double rate;        /* probes a second and host, at most */
    unsigned burst;     /* every other time as many begin together (the rate holds on average):
                           an idle server may hand all single ones to one worker; 0: 1 */
    unsigned count;     /* of each route; 0: no end */
    unsigned under_way; /* requests at once, at most; 0: 256. What is late because of it shows
                           in the latency from the intended time */
    bool all_addresses; /* of each host, in turn */
};

/* One request that ended. */
struct probe {
    const struct route *route;
    size_t index;     /* of the route */
    uint64_t number;  /* in this run, from 1 */
    int64_t intended; /* monotonic: when it was due */
    int64_t latency;  /* ns from then to the first byte (or to the end without one) */
    enum route_fault fault;
    const char *error;         /* its word; NULL: good */
    struct http_answer answer; /* owned */
};
void probe_done(struct probe *p);

struct prober;

/* The plan is copied, its routes are borrowed. */
must_check enum status prober_open(struct prober **ret, const struct prober_plan *plan);
void prober_close(struct prober *p);

/* Waits until `until` (monotonic) at most for a probe to end. False: the time has come, or
 * there are no more (prober_over). */
bool prober_next(struct prober *p, int64_t until, struct probe *ret);
bool prober_over(const struct prober *p);

/* From now on no more are begun; those under way still end. */
void prober_stop(struct prober *p);

/* A route did something new: for `length` ns it is asked ten times as often, as far as the
 * rate allows, so that the moment of a change is known more closely. */
void prober_hurry(struct prober *p, size_t index, int64_t length);

/* What the timeline keeps of it; views live as long as the probe and `text`, which is filled.
 */
void probe_event(const struct probe *p, struct strbuf *text, struct event *ret);
