/* SPDX-License-Identifier: MIT */
#pragma once
#include "observe/source_dates.h"

/* Where in a file a window of time lies, found by a few dozen reads instead of reading it. */
struct seek {
    struct source *source; /* that can be read at offsets */
    struct formats *formats;
    struct format_lock lock;
    struct source_dates *dates; /* of this purpose alone: it is asked out of order */
};

struct seek_range {
    uint64_t low, high; /* bytes; both where a stamped line begins, or the file's ends */
};

/* All lines that may lie in `window`, and a little more: logs are only nearly in order. False
 * if the file is not in order, or too little of it bears a stamp: then it has to be read. */
bool seek_window(struct seek *s, struct span window, struct seek_range *ret);

/* Newlines before `offset`. */
must_check enum status seek_newlines(struct source *source, uint64_t offset, uint64_t *ret);
