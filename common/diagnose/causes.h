/* SPDX-License-Identifier: MIT */
#pragma once
#include "diagnose/outages.h"

/* Why: the refusals that go with an outage, weighed by rules that each name what would refute
 * them. */

/* What the logs hold of one role's refusals of one kind. */
struct group {
    enum kind kind;
    uint32_t role, database;
    uint64_t inside, outside; /* of the outage */
    uint64_t by[WRITER_LEN];  /* inside, by who wrote it */
    size_t first, last;       /* inside: of recording.seen */
};

/* What the rules look at. */
struct suspects {
    const struct recording *r;
    const struct stretch *outage;
    struct group *groups;
    size_t len, room;
    const struct group *root;      /* what explains the outage best; NULL: nothing does */
    const struct group *masked_by; /* what the application saw instead; NULL: the same */
    uint64_t app_lost;     /* sessions the application lost within the outage */
    uint64_t logins;       /* of the root's role that succeeded within it */
    uint64_t logins_before, logins_after;
    bool has_rotation, has_app_start, has_server_start, has_app_restart;
    size_t rotation;       /* the last change of the role before the first refusal */
    size_t app_start;      /* the application's last start before the outage */
    size_t app_restart;    /* the start it recovered after */
    size_t server_start;   /* the server's start or stop nearest to the outage's beginning */
};

must_check enum status causes_suspect(struct suspects *ret, const struct recording *r,
                                      const struct stretch *outage);
void suspects_done(struct suspects *s);

/* Fills f->cause, with the events its evidence stands on. */
must_check enum status causes_judge(struct findings *f, const struct suspects *s);
