/* SPDX-License-Identifier: MIT */
#pragma once
#include "observe/routes.h"
#include "time/skew.h"

/* The clock of an HTTP server, from a Date that counts whole seconds: requests are sent in
 * bursts around the moments at which its seconds begin, each burst across what the last one
 * left open, until the round trip is all that is left. */

struct edges_plan {
    const struct route *route;
    unsigned probes; /* at most; 0: 240 */
    int64_t length;  /* ns at most; 0: 6 s */
    int64_t stale;   /* how long the server may keep a Date; -1: by its Server header */
};

enum { EDGES_CLOCKS = 8 };

struct edges {
    struct sighting *seen; /* owned */
    size_t len;
    unsigned probes;                /* sent */
    unsigned no_date, aged, failed; /* of which nothing could be learnt, and why */
    int64_t rtt;                    /* the shortest */
    int64_t began, ended;           /* our clock */
    int64_t stale;                  /* as it was allowed for */
    size_t clocks;                  /* how many there are; > EDGES_CLOCKS are not all kept */
    struct skew found[EDGES_CLOCKS];
    bool stepped;    /* one clock that was set meanwhile: `found` is as it is now */
    char server[64]; /* the Server header, as last seen */
};

/* OK with at least one clock; ERR_NETWORK if nothing answered, ERR_PARTIAL if something did
 * but no Date could be used. The counts of `ret` hold in every case. */
must_check enum status edges_seek(struct edges *ret, const struct edges_plan *plan);
void edges_done(struct edges *e);

/* How long servers of this name are known to keep a Date. */
int64_t edges_stale_of(struct str server);

/* Of sightings that are there already (ordinary probes): clocks, step. */
void edges_sort(struct edges *e);
