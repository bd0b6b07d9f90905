/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/strbuf.h"
#include "diagnose/findings.h"

/* The first screen: the answer, then the reasons, then the next step. `now` holds lines of what
 * was asked just now (or none). `columns` is how wide it may be; it is laid out for 80 and cut
 * below. */
void screen_draw(struct strbuf *out, const struct findings *f, struct str now, int columns);
