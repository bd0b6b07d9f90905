/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/strbuf.h"
#include "tally.h"

/* Lines on a terminal that are drawn anew in their place. Elsewhere (a pipe, TERM=dumb,
 * --json, --quiet) there is no live view and every call is a no-op. */
struct live {
    bool on;
    size_t lines;  /* drawn last */
    int64_t drawn; /* monotonic */
};

void live_begin(struct live *l);

/* Whether it is time to draw again: ten times a second. */
bool live_is_due(const struct live *l);

/* Draws `text` (whole lines, cut at the width of the terminal) over what stands there. */
must_check enum status live_draw(struct live *l, struct str text);

/* Takes it away, for what is to stay. */
must_check enum status live_end(struct live *l);

/* The last probes as a row: successes and failures, or bars by latency; ASCII where the
 * terminal knows nothing else. */
void live_marks(const struct tally *t, size_t width, struct strbuf *out);
void live_bars(const struct tally *t, size_t width, struct strbuf *out);
