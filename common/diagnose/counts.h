/* SPDX-License-Identifier: MIT */
#pragma once
#include "diagnose/findings.h"
#include "diagnose/recording.h"

/* How many requests failed and how many logins were refused: each counted once, however
 * many logs tell of it. */

/* Marks writers whose records stand in another one's log too: the same log in two forms. */
must_check enum status counts_find_copies(struct recording *r);

/* The writers whose requests are counted: those nearest to the users; our own probes, if nobody
 * else tells. An application's own copy of what its proxy logged is not among them. A bit of
 * `ret` for each writer; the caller frees. */
must_check enum status counts_edge(const struct recording *r, bool **ret);

/* Routes with their figures, the busiest failing first; in the memory of `f`. */
must_check enum status counts_routes(struct findings *f, const struct recording *r,
                                     const bool *edge);

/* Refused logins by role: lines of the server's log, attempts with a client's second try
 * (sslmode=prefer: once with TLS, once without) undone; by the application's errors where
 * there is no server's log. The busiest first. */
must_check enum status counts_roles(struct findings *f, const struct recording *r,
                                    const bool *refusers);

/* The writers whose refusals are counted: the server's, else the pooler's, else the
 * application's. A bit of `ret` for each writer; the caller frees. */
must_check enum status counts_refusers(const struct recording *r, bool **ret);
