/* SPDX-License-Identifier: MIT */
#pragma once
#include "view.h"

/* One frame of the dashboard as text, `size` being "WxH" (80x24). ERR_USAGE if it is not. */
must_check enum status snapshot_print(const struct view *v, const char *size,
                                      enum glyphs glyphs, bool color, struct strbuf *out);
