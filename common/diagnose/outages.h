/* SPDX-License-Identifier: MIT */
#pragma once
#include "diagnose/findings.h"
#include "diagnose/recording.h"

/* Stretches of failures, kept apart by what failed: what users saw of the database's refusal,
 * what they saw of a restart, and refusals that no user noticed. */

enum stretch_kind {
    STRETCH_REQUESTS, /* the application answered with an error */
    STRETCH_GATEWAY,  /* the proxy had no application to ask: 502, 503, 504 */
    STRETCH_ERRORS,   /* no requests are logged: the application's own errors */
    STRETCH_REFUSALS, /* nor those: logins the server refused */
};

struct stretch {
    enum stretch_kind kind;
    size_t first, last;   /* of recording.seen: its first and last failure */
    size_t last_bad;      /* or a later failure of the same routes, before they were well */
    uint64_t failures;
    uint64_t well;        /* requests of the same routes answered well in between */
    uint64_t well_after;  /* and since */
    bool has_recovery;
    size_t recovery;      /* of recording.seen: the first of them */
    uint32_t role;        /* STRETCH_REFUSALS: whose */
};

struct stretches {
    struct stretch *items;
    size_t len, room;
    size_t worst; /* the outage; `len` if there is none */
};

/* `edge` as counts_edge() found it. The caller frees items. */
must_check enum status outages_find(struct stretches *ret, const struct recording *r,
                                    const bool *edge);

/* When the first request failed: as fine as any log that saw it can tell. */
struct span outages_onset(const struct recording *r, const struct stretch *s);

/* When requests were answered well again; only if has_recovery. */
struct span outages_recovery(const struct recording *r, const struct stretch *s);

/* Whether what was seen since its last failure is more than luck. */
bool outages_over(const struct stretch *s);
