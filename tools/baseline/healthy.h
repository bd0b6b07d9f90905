/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/arena.h"
#include "base/strbuf.h"
#include "diagnose/compare.h"
#include "timeline/store.h"

/* What a route was like when it was well: kept by name in a timeline. */

enum { HEALTHY_LATENCIES = 1000 };

struct healthy_route {
    struct str url; /* as shown, with its method: "GET http://shop/api/users" */
    unsigned probes, failed;
    int64_t *latencies; /* ns, of good answers */
    size_t latencies_len;
};

struct healthy {
    struct arena memory;
    struct healthy_route *routes;
    size_t len;
};

/* Room for `n` routes and their latencies. */
must_check enum status healthy_begin(struct healthy *ret, size_t n);
void healthy_see(struct healthy_route *r, bool good, int64_t latency);
void healthy_done(struct healthy *h);

/* NULL if that route is not among them. */
const struct healthy_route *healthy_find(const struct healthy *h, struct str url);

/* Written under `name`; the one that had the name is replaced. */
must_check enum status healthy_save(const struct healthy *h, struct store *to,
                                    const char *name);

/* ERR_USAGE if there is none of that name. */
must_check enum status healthy_load(struct healthy *ret, struct store *from, const char *name);

struct compare_sample healthy_sample(const struct healthy_route *r);

/* Where baselines are kept if no timeline is said: beside the note of the opened incident. */
must_check enum status healthy_file(struct strbuf *ret);
