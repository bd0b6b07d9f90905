/* SPDX-License-Identifier: MIT */
#pragma once
#include "logs/format.h"
#include "logs/lines.h"

/* Records, not lines: what belongs together comes out together, also where several writers
 * (containers, hosts, processes) share one stream. Tracebacks, stacks, statements over many
 * lines and the DETAIL of a Postgres message are part of the record they follow. */

enum {
    RECORD_TEXT_MAX = 256 << 10, /* bytes kept of a record's text */
    RECORDS_OPEN_MAX = 256,      /* writers followed at once */
};

struct record {
    struct readout first;   /* its first line; every view into the record */
    struct str text;        /* what is said, all lines */
    struct str raw;         /* as in the source, if `length` bytes; empty unless asked for */
    uint64_t offset, line;  /* of the first line, from 0 and from 1 */
    uint32_t lines, length; /* lines in all; bytes from `offset` on that are its own alone */
    uint64_t continues;     /* not 0: a stamped line that also stands in the record there */
    const char *why;        /* not understood, and why; NULL: understood */
};

struct records_want {
    bool raw;   /* keep the bytes, to be hashed */
    bool parts; /* also give the stamped lines of a record one by one (`continues`) */
    bool alone; /* every line by itself: nothing is joined */
};

/* lines = records + continuation + not_understood, always (`continues` is none of them). */
struct records_count {
    uint64_t lines, records, continuation, not_understood;
};

struct records;
must_check enum status records_open(struct records **ret, struct formats *f,
                                    const struct records_want *want);
void records_close(struct records *r);

/* The source's log_line_prefix; borrowed. */
void records_prefix(struct records *r, const struct pg_prefix *prefix);

/* From here on records hold their bytes. */
void records_keep_raw(struct records *r);

/* Reads one line. What is complete by it is then given by records_next(). */
void records_line(struct records *r, const struct line *line);

/* The next complete record; it lives until the next records_line() or records_flush(). */
bool records_next(struct records *r, const struct record **ret);

/* The end, or a pause: everything open is complete. */
void records_flush(struct records *r);

/* The first byte of the oldest record that is open; UINT64_MAX if none is. */
uint64_t records_oldest(const struct records *r);

/* What is open is of no interest. */
void records_forget(struct records *r);

const struct records_count *records_count(const struct records *r);
