/* SPDX-License-Identifier: MIT */
#pragma once
#include "time/zone.h"

/* A time as a person says it, the T of --since, --until and --now:
 *   2026-11-22T03:06:11.5+01:00   any stamp that names a day; with a zone's name behind it too
 *   2026-11-22                    that day's midnight
 *   03:06  03:06:11               the latest such time that is not in the future
 *   @1795316771.5                 seconds since 1970
 *   -15m   15m ago   now          before the present
 *   today  yesterday  friday      that day's midnight; with a time behind it ("friday 03:06")
 *   first:auth_failed-30s         an event of the timeline; last: too
 * Without a zone in the words, the viewer's holds. */
struct moment {
    bool is_event; /* `event`, `last` and `shift` hold; else `span` */
    bool last;
    struct str event; /* the kind's word; a view into the text */
    int64_t shift;    /* ns */
    struct span span; /* one second wide for "03:06:11", a minute for "03:06" */
};

/* ERR_USAGE names the words. A time the clocks skipped or showed twice is read as the earlier
 * reading. `now` is an instant. */
must_check enum status moment_read(struct moment *ret, const char *text,
                                   const struct zone *viewer, int64_t now);

/* The window from `since` to `until`, both ends included; ERR_USAGE naming both in UTC if it
 * ends before it begins. */
must_check enum status moment_window(struct span since, struct span until, struct span *ret);
