/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/strbuf.h"
#include "time/span.h"

/* A time axis with round marks, shared by the charts of the report and the lanes of the
 * dashboard. */

/* The smallest round step (1, 2, 5, 10, ... s, min, h, d) that gives at most `most` marks. */
int64_t axis_step(struct span shown, size_t most);

/* The first mark at or after `shown.low`. */
int64_t axis_first(struct span shown, int64_t step);

/* "03:06", or "03:06:10" where marks are closer than a minute, or "22 Nov" for days. */
void axis_label(struct strbuf *out, int64_t at, int64_t step);
