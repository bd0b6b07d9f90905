/* SPDX-License-Identifier: MIT */
#pragma once
#include "timeline/store.h"

/* Outages made up: a proxy, an application and a database tell of the same requests, each by
 * its own clock, and one of them goes wrong for a while. */

struct story {
    enum kind server, app; /* what the server's log and the application's errors say */
    bool twice;            /* the client tries with TLS and without */
    unsigned one_in;       /* every so many database requests fail; 0 or 1: all */
    bool restart;          /* mended by a restart: 502 on every route for three seconds */
    bool pooler;           /* in between, and asks the server only every 15 s */
    unsigned noise;        /* another role is refused every so many seconds; 0: never */
    bool no_access_log, no_server_log, no_app_log;
    bool no_outage;
    int64_t skew_app, skew_proxy, skew_server; /* ns added to what they stamp */
    unsigned seed;
};

enum { STORY_FAILS_AT = 60, STORY_ENDS_AT = 105, STORY_LASTS = 165 };
/* What really happened. */
struct story_truth {
    struct span first_failed, first_well; /* from its start to its answer */
    uint64_t failed, refused_lines, refused_attempts, requests;
};

/* Writes the story into `s`; what goes wrong on the way is said on stderr. */
struct story_truth story_tell(struct store *s, const struct story *story);
