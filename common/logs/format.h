/* SPDX-License-Identifier: MIT */
#pragma once
#include "logs/parts.h"
#include "logs/postgres.h"

/* How lines are written. One row of formats[] = one way, with a sample that it must read,
 * what it must give, and a near miss that it must leave. The last one takes any line that
 * bears a stamp. */

enum format_how {
    BY_REGEX,
    BY_JSON,   /* one object; `pattern` says which member is what */
    BY_LOGFMT, /* name=value pairs; `pattern` likewise */
    BY_PG_STDERR,
    BY_PG_CSV,
    BY_PG_JSON,
    BY_EXPORT, /* journald's export form: one block of FIELD=value lines */
    BY_STAMP,
};

struct format {
    const char *name;
    enum format_how how;
    bool envelope;      /* wraps another writer's line, `inner` */
    bool blocks;        /* of many writers, one after the other: not in order of time */
    bool sifted;        /* what fails in it shows in the words of the line, or as " 5xx */
    const char *begins; /* bytes it may begin with ("0-9[" as in tr); NULL: any */
    const char *needle; /* must stand in it, asked before anything dearer; NULL: nothing */
    /* PCRE2, anchored at the line's beginning, with the groups of format_parts[]; or, for
     * members, "PART=name,other.name PART=name": the first one there is taken. */
    const char *pattern;
    const char *sample, *near_miss;
    const char *gives; /* the parts of the sample as format_show() prints them */
};

/* Tried in this order: what wraps lines, what servers write, what applications write, what
 * any program may. */
struct format_table {
    const struct format *rows;
    const size_t *len;
};
extern const struct format_table formats_known[];
extern const size_t formats_known_len;

/* The compiled rows; `more` (the user's, tried first) must live as long. One per thread.
 * ERR_USAGE names the row of `more` that cannot be compiled or does not read its sample. */
struct formats;
must_check enum status formats_open(struct formats **ret, const struct format *more,
                                    size_t more_len);
void formats_close(struct formats *f);

enum { FORMAT_DEPTH = 3 }; /* envelopes around a line, and the line */

/* What one source's earlier lines were written in: tried first for the next. Zeroed, nothing
 * is known. `prefix` is borrowed: the source's log_line_prefix. */
struct format_lock {
    const struct format *likely[FORMAT_DEPTH];
    const struct stamp_row *stamps[FORMAT_DEPTH];
    const struct pg_prefix *prefix;
};

/* A line, its envelopes undone. */
struct readout {
    struct parts parts;            /* of the innermost line; host, pid, stream of any */
    const struct format *format;   /* that read it; NULL: none did, and only text is set */
    const struct format *envelope; /* the outermost; NULL: none */
    struct stamp outer;            /* the outermost envelope's stamp */
    bool has_outer;
    uint64_t writer;   /* the same for lines of one stream of one container or process */
    struct str inner;  /* the innermost line as such */
    bool impossible; /* it has the form of a stamp that names no instant (Nov 31, 14:99) */
};

/* Views live until the next call. `why` (or NULL) gets, in words, which rows took the line
 * and which turned it down. */
void formats_read(struct formats *f, struct format_lock *lock, struct str line,
                  struct readout *ret, struct strbuf *why);

/* A line that its envelope had cut and that is put together now: `ret` is the reading of its
 * last piece, `inner` the whole. */
void formats_read_on(struct formats *f, struct format_lock *lock, struct str inner,
                     struct readout *ret);

/* A copy that outlives its line: views go into `memory`; text and inner are left out. */
void readout_keep(struct readout *ret, const struct readout *rd, struct strbuf *memory);

/* One row alone reads one line. */
bool format_reads(struct formats *f, const struct format *row, struct str line,
                  struct parts *ret);

/* "status=500|route=/api/users|text=...": for tests and `explain`. */
void format_show(struct strbuf *out, const struct parts *p);
