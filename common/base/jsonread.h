/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/base.h"

/* One JSON text (RFC 8259) read token by token, in place. Made for log lines: what stands
 * between quotes may be any bytes (raw control bytes, UTF-8 that is none), a number is handed
 * out as it is written, and a text that breaks off gives what it had before JSON_BAD. */

enum json_token {
    JSON_END, /* the value is complete and nothing but blanks follow */
    JSON_OBJECT,
    JSON_OBJECT_END,
    JSON_ARRAY,
    JSON_ARRAY_END,
    JSON_KEY,    /* `value`: the name, escapes undone */
    JSON_STRING, /* `value`: the text, escapes undone */
    JSON_NUMBER, /* `value`: the digits as written */
    JSON_TRUE,
    JSON_FALSE,
    JSON_NULL,
    JSON_BAD, /* not JSON from `at` on; every later call says so again */
};

enum { JSONREAD_DEPTH = 64 }; /* deeper nesting is JSON_BAD */

/* Zeroed, it is ready for jsonread_start() and holds nothing. */
struct jsonread {
    struct str value; /* of the last key, string or number: lives until the next start */
    size_t at;        /* bytes read so far */
    unsigned depth;   /* objects and arrays that are open */

    struct str text;
    uint64_t objects; /* bit per depth: an object */
    unsigned state;
    char *undone;
    size_t used, room;
};

/* Begins with `text`, which must live as long as the views taken. */
void jsonread_start(struct jsonread *r, struct str text);

enum json_token jsonread_next(struct jsonread *r);

/* After a JSON_KEY: passes over its value. After a JSON_OBJECT or JSON_ARRAY: to its end.
 * False if the text is bad before that. */
bool jsonread_skip(struct jsonread *r);

void jsonread_done(struct jsonread *r);
