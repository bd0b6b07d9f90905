/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/strbuf.h"

/* UTF-8 as RFC 3629 has it (no surrogates, no overlong forms, nothing past U+10FFFF), and
 * what of it may reach a terminal. */

/* Bytes of the character that `text` begins with; 0 if it begins with none. */
size_t utf8_length(struct str text);

/* The code point of the character that `text` begins with; `text` must begin with one. */
uint32_t utf8_point(struct str text);

/* `text` made safe to show: control bytes, escapes, bidi marks and invalid bytes become
 * visible (\x1b, \u202e), a tab becomes a blank. A newline stays only if `lines`. */
void utf8_show(struct strbuf *out, struct str text, bool lines);

/* A character that takes no place or changes the direction of what follows. */
bool utf8_treacherous(uint32_t point);
