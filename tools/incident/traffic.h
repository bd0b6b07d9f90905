/* SPDX-License-Identifier: MIT */
#pragma once
#include "diagnose/recovery.h"
#include "observe/prober.h"
#include "observe/record.h"

/* The users of a rehearsal: requests to every route all the time, put into the timeline as
 * baseline would put them, and counted here by themselves, so that what the tools find can be
 * held against what was. */

enum { TRAFFIC_ROUTES = 3 };

/* What became of the requests to one route. Spans are this machine's clock, from before the
 * request left to the first byte that came back. */
struct tally {
    uint64_t sent, failed;
    struct span first_bad, last_bad; /* if any failed */
    struct span last_500;            /* {0, 0}: none */
    struct span good_since;          /* the first good one after the last failure */
};

struct traffic {
    struct recovery *proof; /* takes in what the last route answers; NULL: nobody asks */

    struct routes routes;
    struct prober *prober;
    struct record record;
    struct tally tallies[TRAFFIC_ROUTES]; /* in the order of the URLs */
    enum status st;                       /* of the writing */
};

/* Begins asking `urls` (borrowed), `every` ns each. `t` may be closed even if this fails. */
must_check enum status traffic_open(struct traffic *t, const char *timeline,
                                    const char *const *urls, int64_t every);

/* Goes on until `until` (monotonic ns). ERR_LIMIT if the user interrupted it. */
must_check enum status traffic_run(struct traffic *t, int64_t until);

/* Takes in what has been answered, without waiting. */
void traffic_tick(struct traffic *t);

/* The last route more often for `length` ns. */
void traffic_hurry(struct traffic *t, int64_t length);

/* What was counted is in the timeline, and others may write to it. */
must_check enum status traffic_flush(struct traffic *t);

/* No new requests; those under way are waited for, and it is flushed. */
must_check enum status traffic_end(struct traffic *t);

/* All routes as one. */
struct tally traffic_total(const struct traffic *t);

void traffic_close(struct traffic *t);
