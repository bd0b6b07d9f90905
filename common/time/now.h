/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/err.h"

/* The only reader of the clock. */

/* Nanoseconds since the epoch; the frozen instant, once there is one. */
int64_t now_real(void);

/* Nanoseconds since some start; never jumps, never frozen: for waiting and measuring. */
int64_t now_monotonic(void);

/* From here on now_real() answers `instant` (for --now and for tests). */
void now_freeze(int64_t instant);
