/* SPDX-License-Identifier: MIT */
#pragma once
#include "timeline/event.h"

/* Events of one source put in order of time: logs are only nearly sorted, and some (several
 * containers one after the other) not at all. Holds copies, so that nothing they view has to
 * stay. Zeroed but for `max`, it is empty. */
struct shelf {
    struct held **heap;
    size_t len, room;
    size_t bytes, max; /* bytes held, and how many may be */
    uint64_t added;
};

/* ERR_SYSTEM if memory ran out. */
must_check enum status shelf_add(struct shelf *s, const struct event *e);

/* The earliest event (ties: as they were added); NULL if there is none. It lives until it is
 * dropped. */
const struct event *shelf_first(const struct shelf *s);
void shelf_drop(struct shelf *s);

/* More than may be held: the first has to go, in order or not. */
bool shelf_full(const struct shelf *s);
void shelf_done(struct shelf *s);
