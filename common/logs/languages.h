/* SPDX-License-Identifier: MIT */
#pragma once
#include "logs/pattern.h"

/* The server's own words in the twelve languages it ships (PostgreSQL 15's catalogues):
 * severities, the tags of continuation lines, and the messages of failed connections. */

enum tag {
    TAG_NONE,
    TAG_DETAIL,
    TAG_HINT,
    TAG_CONTEXT,
    TAG_STATEMENT,
    TAG_QUERY,
    TAG_LOCATION,
    TAG_BACKTRACE
};

/* The tag `line` begins with ("DETAIL:  ", "ПОДРОБНОСТИ:  "); `ret` (or NULL) gets what
 * follows it. TAG_NONE, `ret` untouched, if it begins with none. */
enum tag tag_of(struct str line, struct str *ret);

/* "DETAIL", ...; "" for TAG_NONE. */
const char *tag_name(enum tag tag);

/* The severity `line` begins with, as "WORD:  ": in English, and what follows it in `ret`
 * (or NULL). Empty, `ret` untouched, if it begins with none. */
struct str severity_of(struct str line, struct str *ret);

/* The English severity of a word; empty if it is none. */
struct str severity_named(struct str word);

/* The messages as pattern rows; to be given back to phrases_free(). NULL: out of memory. */
struct pattern *phrases_rows(void);
size_t phrases_len(void);
void phrases_free(struct pattern *rows);
