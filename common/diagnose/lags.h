/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/err.h"
#include "time/span.h"

/* How far one clock runs ahead of another, from stamps both wrote of the same happenings.
 * All that comes out is an interval that holds every lag the stamps allow: where there are
 * too few of them, or as many agree on something far off, the answer is none. */

struct lag_series {
    const struct span *at; /* as stamped, [first, last] of the last digit; in order */
    size_t len;
};

struct lag {
    struct span ahead;  /* ns, the first series' clock minus the second's */
    unsigned matched;   /* happenings found in both */
    unsigned of;        /* that could have been found */
    unsigned candidates; /* lags that explain (nearly) as many; `ahead` holds them all */
};

/* True time in the first series minus true time in the second: an effect follows its cause
 * by no less than `low` and hardly by more than `high`. */

/* Pairs are known (an id stands in both): where most of what lag_of_pair() made of them
 * overlaps; for coarse stamps, what their mean allows of it. */
bool lags_of_pairs(const struct span *ahead, size_t n, struct span gap, struct lag *ret);

/* Pairs are not known, stamps are fine: the commonest of all differences, if it is far more
 * common than chance makes any. */
bool lags_by_mode(struct lag_series a, struct lag_series b, struct span gap, struct lag *ret);

/* Pairs are not known, stamps are coarse: the k-th here against the k-th there, shifted as
 * far as all still agree. */
bool lags_by_order(struct lag_series a, struct lag_series b, struct span gap, struct lag *ret);

/* What one pair allows. */
struct span lag_of_pair(struct span a, struct span b, struct span gap);
