/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/err.h"

/* Memory given out piece by piece and freed at once. Zeroed, it is empty and usable.
 * What it gives out is zeroed, aligned for any type, and lives until arena_done(). */
struct arena {
    struct arena_block *blocks;
};

/* NULL only when memory ran out. */
void *arena_alloc(struct arena *a, size_t n);

/* A copy of `text` in the arena, terminated one byte past its end; the empty view if
 * `text` is empty or memory ran out. */
struct str arena_str(struct arena *a, struct str text);

/* Printed into the arena. */
struct str arena_strf(struct arena *a, const char *fmt, ...) printf_like(2, 3);

void arena_done(struct arena *a);
