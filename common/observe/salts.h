/* SPDX-License-Identifier: MIT */
#pragma once
#include "net/scram.h"
#include "timeline/store.h"

/* A role's SCRAM salt over time. Every ALTER ROLE ... PASSWORD makes a new one, so two
 * sightings that differ bracket a rotation, and nobody had to know a password. Salts that come
 * back are no rotation: a role that is missing, expired or without a password shows a mock
 * salt, which is always the same one for its name. */

/* Whose salt, where. */
struct salt_of {
    const char *target; /* the source's name on the timeline */
    const char *address;
    const char *role, *database;
};

struct salt_sighting {
    struct span seen; /* the server read it at some instant of this span */
    char tag[9];      /* scram_salt_print(), or "md5" and the like where there is none */
};

enum salt_news {
    SALT_FIRST, /* nothing to compare with */
    SALT_SAME,
    SALT_CHANGED, /* to one never seen before */
    SALT_BACK,    /* to one seen before: validity, name or right came or went */
};

enum { SALT_TAGS_MAX = 64 };

/* What is known while watching. Zeroed, nothing. */
struct salt_history {
    struct salt_sighting last;
    char tags[SALT_TAGS_MAX][9]; /* every tag seen, oldest first */
    size_t tags_len;
    unsigned changes;
};

/* Takes a sighting in; `ret` gets the span in which the change took effect, if one did. */
enum salt_news salt_take(struct salt_history *h, const struct salt_sighting *s,
                         struct span *ret);

/* Puts a sighting, or a change and the two sightings that bracket it, on the timeline. */
must_check enum status salt_record(struct store *t, const struct salt_of *of,
                                   const struct salt_sighting *s);
must_check enum status salt_record_change(struct store *t, const struct salt_of *of,
                                          struct span bracket, const char *words);

/* The last change that the timeline's sightings of `role` bracket, on whatever address it was
 * seen; false if there is none. */
struct salt_change {
    struct span bracket;
    char before[9], after[9];
};
must_check enum status salt_last_change(struct store *t, struct str role,
                                        struct salt_change *ret, bool *ret_found);
