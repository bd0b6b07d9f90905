/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/arena.h"
#include "observe/salts.h"

/* Dates a rotation without a password and without a line in any log: looks at the role's salt
 * now and then, and puts on the timeline when it changed. Zeroed, it watches nothing. */
struct saltwatch {
    struct arena memory;
    struct address *to;
    struct str role, database; /* borrowed */
    struct salt_history history;
    struct probe *seen; /* the last look; large */
    int64_t due;        /* monotonic */
};

/* `port` on this machine. */
must_check enum status saltwatch_open(struct saltwatch *w, struct str port, struct str role,
                                      struct str database);

/* Looks, if it is time to: some ten times a second, at a few milliseconds each. */
must_check enum status saltwatch_tick(struct saltwatch *w, struct store *timeline);

void saltwatch_done(struct saltwatch *w);
