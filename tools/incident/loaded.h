/* SPDX-License-Identifier: MIT */
#pragma once
#include "diagnose/findings.h"

/* A timeline in memory, as a screen or a report needs it. Zeroed, nothing is loaded. */
struct loaded {
    struct store *store;
    struct findings findings;
    struct event *events; /* what the list shows, in order of time */
    size_t events_len;
    bool events_more; /* later ones are in the file alone */
    struct arena memory;
};

enum { LOADED_EVENTS = 50000 }; /* the list holds as many; the findings come from all */

/* `ret` is untouched unless OK. ERR_USAGE if `path` is NULL: no timeline was named. */
must_check enum status loaded_open(struct loaded *ret, const char *path, bool with_events);
void loaded_done(struct loaded *l);

/* A number that changes when the file has been written to. */
uint64_t loaded_stamp(const char *path);
