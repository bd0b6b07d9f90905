/* SPDX-License-Identifier: MIT */
#include <endian.h>

#include "time/span.h"
#include "time/stamp_parts.h"

/* The two shapes that most lines have, read in some tens of nanoseconds. Each does what its
 * template does; what is out of the ordinary (24:00, second 60, AM and PM) is refused here
 * and left to the template. Nothing is written before all is known. */

/* Eight bytes against a pattern of digits (0x30, room for 9) and marks (room for nothing):
 * each digit's value in its byte; false if any byte is neither. `most` is 0x7f less that
 * room, so that one addition lifts what exceeds it to the high bit. */
static inline bool
eight(const char *p, uint64_t pattern, uint64_t most, uint64_t *ret)
{
    uint64_t bytes;

    memcpy(&bytes, p, sizeof(bytes));
    bytes = le64toh(bytes) ^ pattern;
    *ret = bytes * 10 + (bytes >> 8); /* in the byte of the first, what the pair is worth */
    return ((bytes | (bytes + most)) & UINT64_C(0x8080808080808080)) == 0;
}

static inline int
byte_of(uint64_t pairs, int at)
{
    return (int)(pairs >> at * 8 & 0xff);
}

/* hh:mm:ss at `p`. */
static inline bool
read_clock(const char *p, struct civil *c)
{
    uint64_t pairs;

    if (!eight(p, UINT64_C(0x30303a30303a3030), UINT64_C(0x76767f76767f7676), &pairs))
        return false;
    c->hour = byte_of(pairs, 0);
    c->minute = byte_of(pairs, 3);
    c->second = byte_of(pairs, 6);
    return c->hour < 24 && c->minute < 60 && c->second < 60;
}

static inline bool
is_date(const struct civil *c)
{
    return c->year >= 1900 && c->year < 2200 && (unsigned)c->month - 1 < 12 &&
           (unsigned)c->day - 1 < 31 &&
           (c->day <= 28 || c->day <= civil_month_days(c->year, c->month));
}

/* A fraction of up to nine digits behind a point, or three behind a comma; its length. Other
 * ones are left alone: 0, and `*odd`. */
static inline size_t
read_fraction(const char *p, const char *end, struct civil *c, int64_t *grain, bool *odd)
{
    static const int units[] = { 1000000000, 100000000, 10000000, 1000000, 100000,
                                 10000,      1000,      100,      10,      1 };
    unsigned value = 0, n = 0;

    if (p == end || (*p != '.' && *p != ',' && *p != ':'))
        return 0;
    if (*p == '.' && end - p > 4 && is_digit(p[1]) && is_digit(p[2]) && is_digit(p[3]) &&
        p[4] == ' ') { /* what most have */
        c->ns = ((p[1] - '0') * 100 + (p[2] - '0') * 10 + p[3] - '0') * 1000000;
        *grain = 1000000;
        return 4;
    }
    while (p + 1 + n < end && n < 10 && is_digit(p[1 + n]))
        value = value * 10 + (unsigned)(p[1 + n++] - '0');
    *odd = n == 0 || n == 10 || *p == ':' || (*p == ',' && n != 3) ||
           (p + 1 + n < end && (p[1 + n] == '.' || p[1 + n] == ','));
    if (*odd)
        return 0;
    c->ns = (int)value * units[n];
    *grain = units[n];
    return n + 1;
}

/* AM, PM or a byte that is no ASCII may change what has been read; digits make it another. */
static inline bool
goes_on(const char *p, const char *end)
{
    if (p == end)
        return false;
    if (is_digit(*p) || (*p & 0x80))
        return true;
    p += *p == ' ';
    return p + 1 < end && (p[1] | 0x20) == 'm' && one_of((char)(*p | 0x20), "ap");
}

#define BIT(letter) (1u << ((letter) - 'A'))
enum { ENDINGS = BIT('T') | BIT('Z') | BIT('D') | BIT('K') | BIT('C') | BIT('B') | BIT('A') };

/* Behind the time: false if it is surely no zone. */
static inline bool
may_be_zone(const char *p, const char *end)
{
    const char *word;

    if (p < end && *p == ' ')
        p++;
    if (p == end || *p == ']')
        return false;
    if (!is_letter(*p))
        return one_of(*p, "+-( ");
    for (word = p; p < end && p < word + 11 && is_letter(*p); p++)
        ;
    /* the name of a region; or how UTC, Z and every abbreviation of tzdata end */
    return (p < end && *p == '/') ||
           (ENDINGS >> ((p[-1] - 'A') & 31) & 1 && (is_upper(p[-1]) || p[-1] == 'z'));
}

/* " +0100" */
static inline bool
quick_offset(struct cursor *c)
{
    const char *p = c->p;
    int hours, minutes;

    if (c->end - p < 7 || p[0] != ' ' || (p[1] != '+' && p[1] != '-') || is_digit(p[6]) ||
        is_letter(p[6]))
        return false;
    hours = two(p + 2);
    minutes = two(p + 4);
    if (hours < 0 || hours > 15 || minutes < 0 || minutes > 59)
        return false;
    c->s->kind = STAMP_OFFSET;
    c->s->offset = (p[1] == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
    c->s->zone = (struct str){ p + 1, 5 };
    c->p += 6;
    return true;
}

static inline void
fill(struct stamp *s, const struct civil *c, int64_t grain)
{
    /* field by field: clearing it whole costs as much as reading it */
    s->civil = *c;
    s->grain = grain;
    s->kind = STAMP_NAIVE;
    s->offset = 0;
    s->zone = (struct str){ NULL, 0 };
    s->has_year = s->has_date = true;
    s->short_year = s->day_or_month = s->leap = false;
    s->orders = 0;
    s->numbers[0] = s->numbers[1] = s->numbers[2] = 0;
    s->weekday = -1;
    s->at = 0;
}

static inline bool
finish(struct civil *c, const char *p, struct str text, struct stamp *ret)
{
    const char *end = text.p + text.n;
    struct cursor rest = { p, end, ret, 0 };
    int64_t grain = NS_PER_S;
    bool odd = false;

    c->ns = 0;
    rest.p += read_fraction(p, end, c, &grain, &odd);
    if (odd || goes_on(rest.p, end))
        return false;
    fill(ret, c, grain);
    if (!quick_offset(&rest) && may_be_zone(rest.p, end))
        (void)take_zone(&rest);
    ret->length = (size_t)(rest.p - text.p);
    return true;
}

/* 2026-11-22T02:46:50 */
bool
stamp_fast_iso(struct str text, struct stamp *ret)
{
    const char *p = text.p;
    uint64_t pairs;
    struct civil c;

    if (text.n < 19 || (p[10] != ' ' && (p[10] | 0x20) != 't' && p[10] != '_') ||
        !eight(p, UINT64_C(0x2d30302d30303030), UINT64_C(0x7f76767f76767676), &pairs))
        return false;
    c.year = byte_of(pairs, 0) * 100 + byte_of(pairs, 2);
    c.month = byte_of(pairs, 5);
    c.day = two(p + 8);
    return read_clock(p + 11, &c) && is_date(&c) && finish(&c, p + 19, text, ret);
}

/* 22/Nov/2026:02:46:50 */
bool
stamp_fast_clf(struct str text, struct stamp *ret)
{
    const char *p = text.p;
    int century, year;
    struct civil c;

    if (text.n < 20 || p[2] != '/' || p[6] != '/' || (p[11] != ':' && p[11] != ' '))
        return false;
    c.day = two(p);
    c.month = month_of3(p + 3);
    century = two(p + 7);
    year = two(p + 9);
    c.year = century < 0 || year < 0 ? 0 : century * 100 + year;
    return read_clock(p + 12, &c) && is_date(&c) && finish(&c, p + 20, text, ret);
}
