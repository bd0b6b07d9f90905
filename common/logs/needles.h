/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/err.h"

/* Many literals looked for in one pass: the gate before any regex. Each literal is filed
 * under four of its bytes, those least common in logs. */
struct needles;

enum { NEEDLE_MIN = 4 };

/* ERR_USAGE for a literal shorter than NEEDLE_MIN. The views must outlive it. */
must_check enum status needles_open(struct needles **ret, const struct str *list, size_t n);
void needles_close(struct needles *s);

/* Sets bit i of `bits` (room for one a literal) for each literal i found; says if any was. */
bool needles_find(const struct needles *s, struct str text, uint64_t *bits);

static inline bool
needles_bit(const uint64_t *bits, size_t i)
{
    return bits[i / 64] >> (i % 64) & 1;
}
