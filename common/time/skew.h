/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/err.h"
#include "time/span.h"

/* How far a remote clock runs ahead of ours, by what it was seen to say. Bounds, not an
 * estimate: nothing is assumed of how delays are distributed. */

enum { DRIFT_PPM = 50 }; /* what two ordinary clocks run apart at most */

/* We asked at `sent`, had the answer at `got` (our clock), and it bore the stamp `theirs`,
 * which the other side cuts down to whole `grain`s (1 s for an HTTP Date) and may have made up
 * to `stale` before it was needed (servers that keep a Date for a while). */
struct sighting {
    int64_t sent, got, theirs, grain, stale;
    uint64_t peer; /* the same: surely the same clock (one connection); 0: not known */
};

/* What one sighting says by itself. */
struct span sighting_ahead(const struct sighting *seen);

/* Zeroed, it knows nothing yet. */
struct skew {
    struct span ahead; /* as it was at `at` */
    int64_t at;        /* our clock */
    unsigned sightings;
};

/* What is known of it at another time: the clocks may have drifted since. */
struct span skew_at(const struct skew *s, int64_t when);

/* Every sighting can only narrow `s` (beyond what drift makes of the time between). ERR_PARSE
 * if it ends before it begins; ERR_CONFLICT if it cannot agree with the earlier ones: there
 * are several clocks, or one was set. `s` is then as it was. */
must_check enum status skew_narrow(struct skew *s, const struct sighting *seen);

/* Sorts sightings into as few clocks as can have made them (Marzullo's sweep, over the
 * connections first), the one seen most often first; all as of `at`. Where one connection
 * bears the Dates of several machines, a bound that any of them could have set is only taken
 * when eight sightings in a row would have to be another's. Returns how many clocks there
 * are; at most `max` are written. 0 if there is no sighting or no memory. */
size_t skew_sort(const struct sighting *seen, size_t n, int64_t at, struct skew *ret,
                 size_t max);

/* The sighting after which a clock was set: all before it agree and all from it on agree,
 * but not with each other. `n` if that is not what happened. In order of `sent`. */
size_t skew_step(const struct sighting *seen, size_t n);
