/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/err.h"

/* Two samples of the same route, before and now: is it worse? By tests that assume nothing of
 * how latencies are distributed, and with "not enough to say" as an answer of its own. */

enum compare_verdict {
    COMPARE_SAME,
    COMPARE_BETTER,
    COMPARE_WORSE,
    COMPARE_INCONCLUSIVE,
    COMPARE_LEN,
};
extern const char *const compare_verdict_names[COMPARE_LEN];

/* Probes of a route. Latencies (ns) are those of good answers alone: a fast 500 is no
 * improvement. */
struct compare_sample {
    unsigned probes, failed;
    const int64_t *latencies;
    size_t latencies_len;
};

struct compare_plan {
    double alpha;  /* of the latencies, both sides together; 0: 5 % */
    double errors; /* of the failures, each side; 0: 0.5 % */
    double margin; /* a ratio within 1/(1 + margin) .. 1 + margin is the same; 0: 20 % */
};

struct compare {
    enum compare_verdict verdict;
    double errors_worse, errors_better; /* Fisher's p, one-sided each */
    double p;                           /* Mann-Whitney's, two-sided */
    bool has_ratio;
    double ratio, low, high; /* now / before: Hodges-Lehmann, and its interval */
    unsigned more;           /* if inconclusive: about as many more probes of each are needed */
};

/* ERR_USAGE if a sample has no probes; ERR_SYSTEM without memory. At most the first 1000
 * latencies of each are used. */
must_check enum status compare_samples(struct compare *ret, const struct compare_sample *before,
                                       const struct compare_sample *now,
                                       const struct compare_plan *plan);

/* Fisher's exact test, one-sided: the chance of as many failures in `now` or more, if both
 * fail alike. */
double compare_fisher(unsigned before_failed, unsigned before, unsigned now_failed,
                      unsigned now);
