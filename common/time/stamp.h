/* SPDX-License-Identifier: MIT */
#pragma once
#include "time/civil.h"

/* A stamp as somebody wrote it, read and not yet interpreted. Parsed by hand, in place: no
 * locale, no zone files, no copy. A time or date that cannot exist is no stamp: nothing is
 * wrapped into the next month. */

enum stamp_zone {
    STAMP_NAIVE,        /* says no zone */
    STAMP_OFFSET,       /* +0100, -03, Z, UTC, GMT: `offset` holds */
    STAMP_ABBREVIATION, /* CET, IST, and "GMT+3", whose sign depends on the writer */
    STAMP_NAMED,        /* Europe/Berlin */
    STAMP_EPOCH,        /* counted from 1970: `civil` is UTC */
};

/* Ways to read 03/04/05; 03/04/2026 can only be one of the first two. */
enum stamp_order { ORDER_MDY = 1, ORDER_DMY = 2, ORDER_YMD = 4 };

struct stamp_row;

struct stamp {
    struct civil civil; /* as written; year 0 and month 0 where it says none */
    int64_t grain;      /* ns of one unit of the last digit */
    enum stamp_zone kind;
    int32_t offset;  /* seconds east of UTC, if STAMP_OFFSET */
    struct str zone; /* the zone as written; empty if none */
    bool has_year, has_date;
    bool short_year;    /* two digits: `civil.year` is in 1969-2068, by the pivot of POSIX */
    bool day_or_month;  /* more than one bit of `orders`: read as the first of them */
    uint8_t orders;     /* enum stamp_order bits, if the date is all numbers */
    uint8_t numbers[3]; /* these numbers as written; the third may be 0 for a 4-digit year */
    bool leap;          /* second 60, kept as 59.999999999 */
    int8_t weekday;     /* as written: 0 Sunday ... 6; -1 if it says none */
    size_t at, length;  /* where it stands in the text, in bytes */
    const struct stamp_row *row; /* the shape it has: pass it on as the likely one */
};

/* One way to write a stamp: a row of stamp_shapes[], which a test walks. In a template
 * each of these letters stands for a part, `\` before it for itself, and every other
 * character for itself:
 *   Y 4-digit year   y 2-digit year    m 2-digit month   n 1-2 digit month
 *   b month's name   d 2-digit day     e 1-2 digits or a blank and one digit
 *   a weekday's name H hour            k hour of 1-2 digits or a blank and one digit
 *   M minute         S second          f a fraction, if there is one
 *   j day of year    V ISO week and day
 *   D month and day in either order, between them / or -      O so with a 2-digit year
 *   g what stands between date and time: blanks, T, a comma, "at"
 *   p AM or PM, if it is there         z a zone, if there is one (glued or behind blanks)
 *   q a blank and a year, if it is there
 *   w minutes east of UTC, if there    L a letter for the level (glog)
 *   x seconds since 1970 in the unit their digits tell, with a fraction or without
 *   t TAI64 in hex
 * A fast row is read by `fast`, which does what its template does or leaves it to that. */
struct stamp_row {
    const char *name;
    const char *template;
    const char *sample;
    const char *near_miss; /* begins like it and must not be read by this row */
    bool (*fast)(struct str text, struct stamp *ret);
    bool lone; /* too common a thing (a bare number, a time of day) to be looked for anywhere
                * but where a line begins */
};

extern const struct stamp_row stamp_shapes[];
extern const size_t stamp_shapes_len;

/* `text` begins with a stamp. `likely` (or NULL) is tried first. */
bool stamp_read(struct str text, const struct stamp_row *likely, struct stamp *ret);

/* `text` begins with a stamp of this one shape, by its template; the fast way is left out. */
bool stamp_read_as(const struct stamp_row *row, struct str text, struct stamp *ret);

/* The date of `s` in another order of its numbers; false if that is no date. */
bool stamp_reorder(const struct stamp *s, enum stamp_order order, struct civil *ret);

/* All of `value` is a stamp: what stands in a field named as a time, where a number is an
 * instant because the name says so (any unit, "1.795e9", FILETIME, "/Date(…)/"). */
bool stamp_read_value(struct str value, struct stamp *ret);

/* The stamp a log line carries: the leftmost one that stands where writers put stamps (at
 * the start, in brackets, behind a short prefix, in a field named as a time), never one
 * inside a message. Of two, the second is taken if it alone tells its year and zone. */
bool stamp_find(struct str line, const struct stamp_row *likely, struct stamp *ret);

/* How sure a field's name makes it that its value is when the event happened: 0 not at all,
 * more is surer ("@timestamp" before "time" before "received_at"). */
int stamp_key_rank(struct str key);

/* "iso", "clf", "syslog", ...; "none" for NULL. */
const char *stamp_name(const struct stamp_row *row);
