/* SPDX-License-Identifier: MIT */
#pragma once
#include "time/span.h"

/* What --since and --until (common_options) mean together. */

/* Finds the first or last event of a kind for "first:auth_failed"; false if there is none. */
typedef bool (*window_find)(struct str kind, bool last, int64_t *ret, void *data);

/* The window; { INT64_MIN, INT64_MAX } if nothing was said. `find` may be NULL where there is
 * no timeline to look in. ERR_USAGE: not a time, no such event, or ends before it begins. */
must_check enum status window_said(struct span *ret, window_find find, void *data);
