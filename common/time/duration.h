/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/err.h"

/* A length of time as people write it: "500ms", "3s", "1.5m", "30 min", "2h", "1d", "90"
 * (seconds). Exact to the nanosecond; false, `*ret` untouched, for anything else or for more
 * than some 280 years. */
bool duration_read(struct str text, int64_t *ret);
