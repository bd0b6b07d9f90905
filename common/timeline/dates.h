/* SPDX-License-Identifier: MIT */
#pragma once
#include "timeline/store.h"

/* From what a clock wrote to what it means: done on every reading, so that whatever is
 * learnt of a source later re-dates all its events. */

/* How far the wall of a stream is ahead of UTC, as its reader found for each record. */
struct dates_wall {
    bool known;
    int32_t shift; /* seconds east of UTC; holds if `known` */
};

/* What the reader concluded for this one record, from its raw stamp and its span. */
struct dates_wall dates_wall_of(const struct when *w);

struct dates;

/* `c` is borrowed until dates_done(). A zone nobody knows is treated as not said. */
must_check enum status dates_open(struct dates **ret, const struct store_clock *c);
void dates_close(struct dates *d);

/* The span of `w` in UTC by the reference's clock. `wall` is what was kept of the record. */
struct span dates_span(const struct dates *d, const struct when *w, struct dates_wall wall);

/* The raw stamps that events overlapping `window` may bear, on this frame. */
struct span dates_raw(const struct dates *d, enum frame frame, struct dates_wall wall,
                      struct span window);
