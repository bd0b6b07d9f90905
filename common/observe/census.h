/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/arena.h"
#include "net/pg.h"
#include "time/span.h"

/* Who is inside under a role, and since when. A session that began before the role's secret
 * changed goes on until it ends: a password is only asked at the start. What this session has
 * no right to see (other roles' sessions without pg_read_all_stats) is counted as not seen. */

enum predates { PREDATES_NO, PREDATES_YES, PREDATES_UNKNOWN };

struct census_session {
    int pid;
    struct str application, client, database, state;
    bool seen;           /* its start may be seen */
    struct span started; /* our clock */
    enum predates predates;
};

struct census {
    struct arena memory;
    struct census_session *sessions; /* oldest first */
    size_t len, predating, unsure, unseen;
    struct span clock; /* the server's clock minus ours */
};

/* `rotated`: when the secret changed, by our clock; NULL: not known, then nothing predates. */
must_check enum status census_take(struct census *ret, struct pg *pg, const char *role,
                                   const struct span *rotated);
void census_done(struct census *c);
