/* SPDX-License-Identifier: MIT */
#pragma once
#include "diagnose/chance.h"
#include "observe/prober.h"
#include "time/skew.h"

/* What became of one route while it was probed. Zeroed, it is ready. */

enum { TALLY_RECENT = 40 };

struct tally {
    uint64_t probes, failed;
    int status;                   /* of the last probe */
    const char *error;            /* of the last that failed */
    bool good;                    /* the last one was */
    int64_t latency, sum;         /* of good ones: the last, all */
    int64_t recent[TALLY_RECENT]; /* latencies of the last probes, by number; < 0: failed */
    struct chance_sum alarm;
    bool failing; /* several failed, not just one; and back only after a row of good ones */
    bool changed; /* by the last probe */
    struct span last_good, last_bad;
    struct span onset, recovery; /* of the last stretch of failures; { 0, 0 }: none */
    struct skew clock;           /* of its server, for free */
};

/* Takes a probe in; true if it is not like the one before it: time to look more closely. */
bool tally_see(struct tally *t, const struct probe *p);

/* OpenMetrics 1.0 text of all routes. */
void tally_metrics(const struct tally *tallies, const struct routes *routes,
                   struct strbuf *out);

/* JUnit XML, as CI servers read it: a test a route, failed if any probe did. */
void tally_junit(const struct tally *tallies, const struct routes *routes, struct strbuf *out);
