/* SPDX-License-Identifier: MIT */
#pragma once
#include "logs/format.h"
#include "logs/members.h"

/* From pieces of text to parts of a line: what all ways of reading share. */

/* NULL, or why these pieces do not make a line of this row (its time is none). */
const char *format_put(const struct format *row, const struct str *pieces, struct str line,
                       const struct stamp_row *likely, struct parts *ret);

/* The level word that stands near the beginning of a line whose format is not known. */
void format_level(struct str line, struct parts *ret);

/* Without colours and other escape sequences, a carriage return at its end and NULs; the
 * line itself if it has none. */
struct str format_plain(struct str line, struct strbuf *scratch);

/* Begins with digits in the shape of a date or time that does not exist. */
bool format_impossible(struct str line);
