/* SPDX-License-Identifier: MIT */
#pragma once
#include "time/civil.h"

/* A stamp as somebody wrote it, read and not yet interpreted. Parsed by hand, in place. */

enum stamp_zone {
    STAMP_NAIVE,        /* says no zone */
    STAMP_OFFSET,       /* +0100, -03, Z, UTC, GMT: `offset` holds */
    STAMP_ABBREVIATION, /* CET, IST: `zone` holds the letters */
    STAMP_NAMED,        /* Europe/Berlin */
    STAMP_EPOCH,        /* counted from 1970: `civil` is UTC */
};

struct stamp_row;

struct stamp {
    struct civil civil;     /* as written; year 0 and month 0 where it says none */
    int64_t grain;          /* ns of one unit of the last digit */
    enum stamp_zone kind;
    int32_t offset;         /* seconds east of UTC, if STAMP_OFFSET */
    struct str zone;        /* the zone as written; empty if none */
    bool has_year, has_date;
    bool day_or_month;      /* 03/04/2026: which comes first is not known from this one */
    size_t at, length;      /* where it stands in the text, in bytes */
    const struct stamp_row *row; /* the shape it has: pass it on as the likely one */
};

/* `text` begins with a stamp. `likely` (or NULL) is tried first. */
bool stamp_read(struct str text, const struct stamp_row *likely, struct stamp *ret);

/* The stamp a log line carries: the leftmost one that stands where writers put stamps (at
 * the start, in brackets, behind a short prefix), never one inside a message. */
bool stamp_find(struct str line, const struct stamp_row *likely, struct stamp *ret);

/* "iso", "clf", "syslog", ... */
const char *stamp_name(const struct stamp_row *row);
