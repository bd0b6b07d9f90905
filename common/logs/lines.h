/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/strbuf.h"

/* Bytes cut into lines: what a format reads at once. Mostly one line of text; in csvlog all
 * lines between balanced quotes, in journald's export form a block, in pretty-printed JSON an
 * object. UTF-16 (by its byte order mark) becomes UTF-8, and offsets count bytes of that. */

enum lines_by { LINES_PLAIN, LINES_CSV, LINES_EXPORT, LINES_JSON };

enum {
    LINES_MAX = 1 << 20,        /* bytes kept of one; what is beyond is counted and dropped */
    LINES_JOINED_MAX = 1 << 16, /* lines that one csv record or block may have */
};

struct line {
    struct str text; /* without its newline; lives until the next call */
    uint64_t offset; /* of its first byte in the source */
    uint64_t number; /* of its first line, from 1 */
    uint32_t length; /* bytes in the source, newline and all */
    uint32_t lines;  /* physical lines it is made of */
    bool cut;        /* longer than LINES_MAX */
};

/* Zeroed but for `by`, it is ready at the beginning of a source. */
struct lines {
    enum lines_by by;
    uint64_t offset, number; /* where the next line begins; numbers count from 0 here */

    struct strbuf kept;  /* a line that is not complete yet */
    uint64_t begun;      /* its offset */
    uint64_t begun_line; /* its number */
    uint32_t joined;     /* lines in it */
    size_t line_at;      /* where the last of them begins */
    bool cut, started;
    unsigned wide; /* UTF-16: 1 little, 2 big endian */
    unsigned char half[4];
    unsigned half_n;
    struct str chunk;
    struct strbuf narrow; /* a chunk turned into UTF-8 */
    int depth;            /* JSON: objects that are open */
    bool quoted;          /* csv, JSON: inside quotes */
    bool escaped;
};

/* What the first bytes of a source are cut by. */
enum lines_by lines_guess(struct str sample);

/* Gives the next bytes; they must live until lines_next() has returned false. */
void lines_feed(struct lines *l, struct str bytes);

/* False: more bytes are needed. */
bool lines_next(struct lines *l, struct line *ret);

/* The last line, which no newline ends; false if there is none. */
bool lines_last(struct lines *l, struct line *ret);

/* Goes on elsewhere: at `offset`, before line `number` (from 1). */
void lines_restart(struct lines *l, uint64_t offset, uint64_t number);
void lines_done(struct lines *l);
