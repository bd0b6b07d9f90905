/* SPDX-License-Identifier: MIT */
#pragma once
#include "diagnose/recording.h"

/* Whose clock runs how far ahead, from what several logs stamped of the same happenings:
 * second stamps of one line, request ids, a refused login and the application's error, an
 * error and the request that failed. */

/* How two writers compare, as far as they could be compared. */
struct clock_pair {
    uint32_t a, b;
    struct span ahead;   /* ns, a's clock minus b's */
    unsigned sightings;
    unsigned candidates; /* more than one: periodic happenings left several lags */
    const char *how;     /* "request ids", "refused logins", ... */
    bool conflict;       /* two ways of comparing them do not agree: no claim is made */
};

struct clock_pairs {
    struct clock_pair *items;
    size_t len, room;
};
void clock_pairs_done(struct clock_pairs *pairs);

/* Fills each writer's offset from the reference, and `how`: the clock that stamps envelopes
 * if there is one, else the one that most others agree with. Whoever cannot be compared has
 * none. `ret` (or NULL) gets the pairs. */
must_check enum status clocks_measure(struct recording *r, struct clock_pairs *ret);

/* The writer all offsets are from; UINT32_MAX: the envelopes' clock, or nobody. */
uint32_t clocks_reference(const struct recording *r);

/* Puts what was measured of a source into `clock` (a zone too, where naive stamps had none);
 * false if that is nothing. */
bool clocks_of_source(struct recording *r, uint32_t source, struct store_clock *clock);

/* What was measured, put beside each source of the timeline. */
must_check enum status clocks_keep(struct recording *r, struct store *timeline);
