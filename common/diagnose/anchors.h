/* SPDX-License-Identifier: MIT */
#pragma once
#include "diagnose/lags.h"
#include "diagnose/recording.h"

/* The happenings two logs may both have stamped: requests that carry an id, logins refused,
 * requests failed, requests in their order. */
struct anchors;

/* `r` is borrowed. */
must_check enum status anchors_open(struct anchors **ret, const struct recording *r);
void anchors_close(struct anchors *a);

enum { ANCHOR_WAYS = 3 };

struct anchor_match {
    struct lag lag;
    const char *how; /* "request ids" */
};

/* What the writers' stamps say of a's clock minus b's: a row for each way of comparing that
 * gave an answer; 0: not enough anchors. */
size_t anchors_compare(const struct anchors *anchors, uint32_t a, uint32_t b,
                       struct anchor_match ret[ANCHOR_WAYS]);
