/* SPDX-License-Identifier: MIT */
#pragma once
#include "observe/feed.h"
#include "observe/sift.h"

/* What feed.c and feed_look.c share. */

enum { GIVEN = 256 };

struct feed {
    const struct feed_tools *tools;
    struct source *source;
    struct lines lines;
    struct records *records;
    struct source_dates *dates;
    struct pg_prefix *prefix;
    struct shelf shelf;
    struct reader_source figures;
    struct when last;          /* of the record before: for those that bear no stamp */
    int64_t seen_until;        /* the latest instant of any record */
    int64_t given_until;       /* of the last event that was given out */
    struct source_chunk first; /* the first piece, read to be looked over */
    struct strbuf kept_first;
    bool has_first, ended, unsorted, settled;
    unsigned requests, errors, others; /* lines of the sample: access log, nginx's error log */
    char zone[16];                     /* that of the requests' stamps */
    bool unsifted, quoted;             /* formats that cannot be sifted; wrapped in JSON */
    struct event event;
    struct source_dates *probes; /* for seeking alone */
    uint64_t stop_at;            /* the window's end in bytes; 0: the source's */
    bool unnumbered;             /* too much lies before the window to count its lines */
    struct sift *sift;           /* NULL: every line is read */
    struct scan *scan;
    struct str *literals;
    uint64_t given[GIVEN]; /* offsets of the events given last: sifting may read lines twice */
    size_t given_len;
    struct strbuf hidden, hidden_route; /* text and route without secrets */
};

/* Looks the source over: how it is cut, which prefix, zones, years, whether it is in order and
 * whether it can be sifted; and goes to where the window is. Leaves the first piece in `first`
 * where it had to be taken. */
must_check enum status feed_look_over(struct feed *s);
