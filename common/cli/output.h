/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/strbuf.h"

/* What a tool writes for people: data on stdout, talk on stderr, colour only where it is
 * welcome. One accent for failing, one for recovered, grey for context, nothing else. */

enum style { STYLE_PLAIN, STYLE_BAD, STYLE_GOOD, STYLE_DIM, STYLE_STRONG, STYLE_LEN };

/* Whether stdout takes colour: --color, then NO_COLOR, then TERM=dumb, then a terminal. */
bool output_color(void);

/* Whether the locale of the terminal is UTF-8 (LC_ALL, LC_CTYPE, LANG): else plain ASCII. */
bool output_utf8(void);

/* Columns of the terminal (COLUMNS, else the window's); `otherwise` where there is none. */
int output_width(int otherwise);

/* `text` in a style; plain where colour is not welcome. */
void output_styled(struct strbuf *out, enum style style, struct str text);

/* Writes and empties the buffer. A reader that went away (head, a closed pager) is no error:
 * the process ends quietly. ERR_SYSTEM for a full disk. */
must_check enum status output_write(struct strbuf *out);
