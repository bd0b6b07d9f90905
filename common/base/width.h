/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/base.h"

/* How many cells of a terminal a character takes. The same on every machine: neither the
 * locale nor the C library is asked. */

/* 0 for marks that stand on the character before, 2 for East Asian wide ones and emoji, else
 * 1. Control characters have no width: show them by utf8_show() first. */
int width_of(uint32_t point);

/* Cells of valid UTF-8 text; a byte that is none counts as one. */
size_t width_text(struct str text);

/* The longest beginning of `text` that fits into `cells`. */
struct str width_head(struct str text, size_t cells);
