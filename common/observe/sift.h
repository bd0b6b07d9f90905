/* SPDX-License-Identifier: MIT */
#pragma once
#include "logs/records.h"
#include "logs/scan.h"

/* The lines of a log that have to be read at all when only failures are asked for: those
 * around the places where a literal of some failure stands, from the first line of the record
 * it belongs to until that record is complete. All others are counted. */
struct sift;

/* `scan` and `formats` are borrowed, `prefix` may be NULL. Bytes begin at `offset`, with line
 * `line` (from 1; 0: not known, and then no line is numbered). */
must_check enum status sift_open(struct sift **ret, const struct scan *scan, struct formats *f,
                                 const struct pg_prefix *prefix);
void sift_close(struct sift *s);
void sift_start(struct sift *s, uint64_t offset, uint64_t line);

/* The next bytes; `last`: there are no more. Then sift_next() until it says so. */
must_check enum status sift_add(struct sift *s, struct str bytes, bool last);

enum sifted {
    SIFT_LINE, /* `ret` is to be given to records_line(), what is complete to be taken */
    SIFT_DROP, /* what is open holds no failure: records_forget() */
    SIFT_MORE, /* sift_add(), or all is done */
};

/* `open`: the first byte of the oldest record that is open by now (UINT64_MAX: none). */
enum sifted sift_next(struct sift *s, uint64_t open, struct line *ret);

/* Lines so far. */
uint64_t sift_lines(const struct sift *s);
