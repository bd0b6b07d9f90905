/* SPDX-License-Identifier: MIT */
#pragma once
#include "time/when.h"
#include "timeline/event.h"
#include "timeline/store.h"

/* Several logs read as one: where sources and formats meet. First each source is looked
 * over (a sample decides formats, zone, years, order), then its records come out merged in
 * order of time. */
struct reader;

/* What the user said; zeroed, nothing was said. Borrowed for the reader's life. */
struct reader_request {
    const char *const *specs;
    size_t specs_len;
    struct span window;       /* {0, 0} means all */
    uint64_t kinds;           /* bit per enum kind; 0: all kinds that are failures */
    bool all;                 /* every record, understood or not */
    bool reveal;              /* do not redact (a terminal only; the tool checks) */
    const char *pcre;         /* only records whose text matches; NULL: no such limit */
    const char *const *zones; /* "[GLOB=]ZONE" as given to --zone */
    size_t zones_len;
    const char *const *years; /* "[GLOB=]YYYY" */
    size_t years_len;
    const char *pg_prefix;    /* log_line_prefix; NULL: inferred */
    struct str redaction_key; /* equal secrets share a tag under one key */
    bool follow;
    bool read_all; /* every line, also where the failures alone could be found */
    bool now_said; /* --now: years count back from now_real(), strictly */
};

/* What became of one source; valid until reader_close(). */
struct reader_source {
    const char *name;
    const char *format;       /* the one most records are in */
    struct store_clock clock; /* zone and how it is known */
    struct str zone_why;      /* for people: "its session ids", "assumed: nothing says" */
    const char *coverage;
    uint64_t bytes, bytes_read, lines, records, continuation_lines, not_understood;
    uint64_t out_of_order; /* records that came later than the order allowed */
    bool sifted;           /* only lines around failures were read; all were counted */
    bool guessed;          /* a zone or a year had to be assumed */
    struct sha256 head;
};

must_check enum status reader_open(struct reader **ret, const struct reader_request *q);

/* The next record; its views live until the next call. `*ret_more` false at the end. */
must_check enum status reader_next(struct reader *r, struct event *ret, bool *ret_more);

size_t reader_sources(const struct reader *r, const struct reader_source **ret);

/* A line that no format understood, and why; at most some hundred are kept. */
struct reader_unread {
    uint32_t source;
    uint64_t line;
    struct str text;
    const char *why;
};
size_t reader_unread(const struct reader *r, const struct reader_unread **ret);

void reader_close(struct reader *r);

/* From here on everything that bears on an outage (failures, requests, rotations, restarts,
 * logins) also goes into the timeline, whatever reader_next() gives; reading a log twice
 * changes nothing. reader_settle() ends that: figures and clocks of the sources are told,
 * all is on disk; ERR_PARTIAL if a source could be read only in part. */
must_check enum status reader_into(struct reader *r, struct store *into);
must_check enum status reader_settle(struct reader *r);

/* Both, over all there is. */
must_check enum status reader_record(struct reader *r, struct store *into);
