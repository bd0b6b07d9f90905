/* SPDX-License-Identifier: MIT */
#include "time/span.h"
#include "time/stamp_parts.h"

/* The two shapes that most lines have, read in some tens of nanoseconds. Each does what its
 * template does; what is out of the ordinary is left to the template. */

/* Digits `n` from `p` must be digits, marks must be marks: one number for all checks. */
static inline unsigned
digit(const char *p, unsigned *bad)
{
    unsigned d = (unsigned)(*p - '0');

    *bad |= d > 9;
    return d;
}

static inline int
pair(const char *p, unsigned *bad)
{
    unsigned tens = digit(p, bad);

    return (int)(tens * 10 + digit(p + 1, bad));
}

/* What follows the second: a fraction, and a zone unless the line says AM or PM first. */
static bool
tail(struct cursor *c, struct str text, struct stamp *ret)
{
    char next;

    if (is_digit(peek(c, 0)))
        return false;
    take_fraction(c);
    next = peek(c, 0);
    if (next == ' ' || next == 'A' || next == 'P' || (next & 0x80)) {
        char m = peek(c, next == ' ' ? 2 : 1) | 0x20;
        if (m == 'm' || (next & 0x80))
            return false;
    }
    if (next != ']' && next != '\0')
        (void)take_zone(c);
    if (!stamp_finish(c))
        return false;
    c->s->length = (size_t)(c->p - text.p);
    *ret = *c->s;
    return true;
}

static void
set_time(struct stamp *s, const char *p, unsigned *bad)
{
    *bad |= p[2] != ':' || p[5] != ':';
    s->civil.hour = pair(p, bad);
    s->civil.minute = pair(p + 3, bad);
    s->civil.second = pair(p + 6, bad);
    s->grain = NS_PER_S;
    s->has_year = s->has_date = true;
}

/* 2026-11-22T02:46:50 */
bool
stamp_fast_iso(struct str text, struct stamp *ret)
{
    struct stamp s = { .weekday = -1 };
    struct cursor c = { text.p + 19, text.p + text.n, &s, 0 };
    const char *p = text.p;
    unsigned bad = 0;

    if (text.n < 19 || p[4] != '-' || p[7] != '-' ||
        (p[10] != ' ' && (p[10] | 0x20) != 't' && p[10] != '_'))
        return false;
    s.civil.year = pair(p, &bad) * 100 + pair(p + 2, &bad);
    s.civil.month = pair(p + 5, &bad);
    s.civil.day = pair(p + 8, &bad);
    set_time(&s, p + 11, &bad);
    if (bad || s.civil.year < 1900 || s.civil.year >= 2200)
        return false;
    return tail(&c, text, ret);
}

/* 22/Nov/2026:02:46:50 */
bool
stamp_fast_clf(struct str text, struct stamp *ret)
{
    struct stamp s = { .weekday = -1 };
    struct cursor c = { text.p + 20, text.p + text.n, &s, 0 };
    const char *p = text.p;
    unsigned bad = 0;

    if (text.n < 20 || p[2] != '/' || p[6] != '/' || (p[11] != ':' && p[11] != ' '))
        return false;
    s.civil.day = pair(p, &bad);
    s.civil.month = month_of3(p + 3);
    s.civil.year = pair(p + 7, &bad) * 100 + pair(p + 9, &bad);
    set_time(&s, p + 12, &bad);
    if (bad || !s.civil.month || s.civil.year < 1900 || s.civil.year >= 2200)
        return false;
    return tail(&c, text, ret);
}
