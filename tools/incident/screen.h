/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/strbuf.h"
#include "diagnose/findings.h"

/* The first screen: the answer, then the reasons, then the next step. `columns` is how wide
 * it may be; it is laid out for 80 and cut below. */
void screen_draw(struct strbuf *out, const struct findings *f, int columns);
