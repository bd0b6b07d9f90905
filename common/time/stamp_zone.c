/* SPDX-License-Identifier: MIT */
#include "time/abbreviation.h"
#include "time/span.h"
#include "time/stamp_parts.h"

/* The second half of a stamp: which zone it is in, or that it counts from 1970. */

static bool
ends_word(char c)
{
    return !is_letter(c) && !is_digit(c) && c != '_';
}

/* "+01", "+0100", "+01:00" (and "+1" where `loose`), as seconds. `c` stays where it is if
 * that is none. */
static bool
take_offset(struct cursor *c, bool loose, int32_t *ret)
{
    struct cursor t = *c;
    char sign = peek(c, 0);
    int h, m = 0;

    if (sign != '+' && sign != '-')
        return false;
    if (c->end - c->p >= 5 && (h = two(c->p + 1)) >= 0 && (m = two(c->p + 3)) >= 0 && h < 16 &&
        m < 60 && ends_word(peek(c, 5))) {
        c->p += 5; /* as nearly all are written */
        *ret = (sign == '-' ? -1 : 1) * (h * 3600 + m * 60);
        return true;
    }
    m = 0;
    t.p++;
    if (!take_int(&t, loose ? 1 : 2, 2, &h))
        return false;
    if (peek(&t, 0) == ':' && is_digit(peek(&t, 1)) && is_digit(peek(&t, 2)))
        t.p++;
    if (is_digit(peek(&t, 0)) && !take_int(&t, 2, 2, &m))
        return false;
    if (h > 15 || m > 59 || is_digit(peek(&t, 0)) || is_letter(peek(&t, 0)))
        return false;
    c->p = t.p;
    *ret = (sign == '-' ? -1 : 1) * (h * 3600 + m * 60);
    return true;
}

static void
set_offset(struct cursor *c, const char *from, int32_t offset)
{
    c->s->kind = STAMP_OFFSET;
    c->s->offset = offset;
    c->s->zone = (struct str){ from, (size_t)(c->p - from) };
}

/* Behind UTC or GMT. "UTC+3" and "GMT+0300" (JavaScript) count to the east; "GMT+3" does
 * with some and, POSIX's way, to the west with others: left for who knows the writer. */
static void
take_utc(struct cursor *c, const char *from)
{
    bool gmt = (from[0] | 0x20) == 'g';
    int32_t offset = 0;
    const char *number = c->p;

    if (take_offset(c, true, &offset) && gmt && c->p - number <= 3 && offset != 0) {
        c->s->kind = STAMP_ABBREVIATION;
        c->s->zone = (struct str){ from, (size_t)(c->p - from) };
        return;
    }
    set_offset(c, from, offset);
}

/* "Europe/Berlin", "America/Argentina/Ushuaia". */
static size_t
zone_path(struct str s)
{
    static const char *const regions[] = { "Africa/", "America/",  "Antarctica/", "Arctic/",
                                           "Asia/",   "Atlantic/", "Australia/",  "Brazil/",
                                           "Canada/", "Chile/",    "Etc/",        "Europe/",
                                           "Indian/", "Mexico/",   "Pacific/",    "US/" };
    size_t n = 0;

    for (size_t i = 0; i < LEN(regions) && n == 0; i++)
        if (str_starts(s, str_of(regions[i])))
            n = strlen(regions[i]);
    if (n == 0 || n == s.n || !is_letter(s.p[n]))
        return 0;
    while (n < s.n && (is_letter(s.p[n]) || is_digit(s.p[n]) || one_of(s.p[n], "/_+-")))
        n++;
    return n;
}

/* A zone in letters. */
static bool
take_zone_word(struct cursor *c)
{
    struct str word = { c->p, 0 };
    size_t path;

    while (word.n < 11 && is_letter(peek(c, word.n)))
        word.n++;
    if (word.n == 0)
        return false;
    if (ends_word(peek(c, word.n)) &&
        ((word.n == 3 && (!memcmp(word.p, "UTC", 3) || !memcmp(word.p, "GMT", 3))) ||
         (word.n == 2 && !memcmp(word.p, "UT", 2)))) {
        c->p += word.n;
        take_utc(c, word.p);
        return true;
    }
    if (word.n == 1 && (word.p[0] | 0x20) == 'z' && ends_word(peek(c, 1))) {
        c->p++;
        set_offset(c, word.p, 0);
        return true;
    }
    path =
        peek(c, word.n) == '/' ? zone_path((struct str){ c->p, (size_t)(c->end - c->p) }) : 0;
    if (path > 0) {
        c->s->kind = STAMP_NAMED;
        word.n = path;
    } else if (word.n >= 3 && ends_word(peek(c, word.n)) && abbreviation_known(word))
        c->s->kind = STAMP_ABBREVIATION;
    else
        return false;
    c->s->zone = word;
    c->p += word.n;
    return true;
}

/* Java writes the zone behind the offset, JavaScript its name: "+01:00[Europe/Berlin]",
 * "GMT+0100 (CET)". The offset has said it all. */
static void
skip_remark(struct cursor *c)
{
    size_t from = peek(c, 0) == ' ' && peek(c, 1) == '(' ? 1 : 0, n = from + 1;
    char close = peek(c, from) == '[' ? ']' : ')';

    if (peek(c, from) != '[' && !(from == 1 && c->s->zone.n > 3))
        return;
    while (n < 60 && (is_letter(peek(c, n)) || one_of(peek(c, n), "/_ ")))
        n++;
    if (peek(c, n) == close && (close == ')' || memchr(c->p, '/', n)))
        c->p += n + 1;
}

bool
take_zone(struct cursor *c)
{
    struct cursor t = *c;
    const char *from;
    int32_t offset;
    bool wrapped;

    if (c->s->kind != STAMP_NAIVE)
        return true;
    if (peek(c, 0) == 'Z' && ends_word(peek(c, 1))) {
        c->p++;
        set_offset(c, c->p - 1, 0);
        return true;
    }
    while (t.p - c->p < 2 && peek(&t, 0) == ' ')
        t.p++;
    if (!is_letter(peek(&t, 0)) && !one_of(peek(&t, 0), "+-("))
        return true;
    wrapped = t.p > c->p && peek(&t, 0) == '(';
    t.p += wrapped;
    from = t.p;
    if (take_offset(&t, false, &offset))
        set_offset(&t, from, offset);
    else if (!take_zone_word(&t))
        return true;
    if (wrapped && peek(&t, 0) != ')') {
        c->s->kind = STAMP_NAIVE;
        c->s->zone = (struct str){ NULL, 0 };
        return true;
    }
    c->p = t.p + wrapped;
    if (!wrapped && c->s->kind == STAMP_OFFSET)
        skip_remark(c);
    return true;
}

/* DB2: "-300", "+060". */
bool
part_zone_minutes(struct cursor *c)
{
    char sign = peek(c, 0);
    int minutes;

    if ((sign != '+' && sign != '-') || !is_digit(peek(c, 1)))
        return true;
    c->s->zone.p = c->p++;
    if (!take_int(c, 3, 4, &minutes) || minutes > 15 * 60)
        return false;
    c->s->zone.n = (size_t)(c->p - c->s->zone.p);
    c->s->kind = STAMP_OFFSET;
    c->s->offset = (sign == '-' ? -minutes : minutes) * 60;
    return true;
}

void
stamp_set_epoch(struct stamp *s, int64_t ns, int64_t grain)
{
    s->civil = civil_from_ns(ns);
    s->grain = grain;
    s->kind = STAMP_EPOCH;
    s->has_year = s->has_date = true;
}

/* Seconds in 10 digits, milliseconds in 13, micro in 16, nano in 19: between September 2001
 * and November 2286 each count has its own length, and an id of 9, 11 or 12 digits has none
 * of them. After 2100 nobody lives who reads this log. */
bool
part_epoch(struct cursor *c)
{
    uint64_t value = 0, unit = NS_PER_S, seconds;
    int64_t fraction = 0;
    int n = 0;

    while (n < 19 && is_digit(peek(c, (size_t)n)))
        value = value * 10 + (unsigned)(c->p[n++] - '0');
    if ((n != 10 && n != 13 && n != 16 && n != 19) || is_digit(peek(c, (size_t)n)))
        return false;
    for (int i = 10; i < n; i++)
        unit /= 10;
    seconds = value / (NS_PER_S / unit);
    if (seconds < 1000000000 || seconds >= UINT64_C(4102444800))
        return false;
    c->p += n;
    value *= unit;
    if (n < 19 && (peek(c, 0) == '.' || (peek(c, 0) == ',' && n == 10)) &&
        is_digit(peek(c, 1))) {
        for (c->p++; is_digit(peek(c, 0)); c->p++) {
            unit /= 10;
            fraction += (*c->p - '0') * (int64_t)unit;
        }
        unit = MAX(unit, 1);
    }
    stamp_set_epoch(c->s, (int64_t)value + fraction, (int64_t)unit);
    return !is_letter(peek(c, 0)) && peek(c, 0) != '-' && peek(c, 0) != '/' &&
           peek(c, 0) != '_' && peek(c, 0) != '@';
}

static int
hex(char c)
{
    if (is_digit(c))
        return c - '0';
    return is_letter(c) && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1;
}

/* daemontools: 2^62 + seconds of TAI, then nanoseconds; ten seconds ahead of UTC in 1970, and
 * leap seconds are not counted here (as tai64nlocal has it). */
bool
part_tai(struct cursor *c)
{
    uint64_t label = 0;
    int64_t ns = 0, seconds;
    int n = 0;

    for (; n < 24 && hex(peek(c, (size_t)n)) >= 0; n++) {
        if (n < 16)
            label = label << 4 | (unsigned)hex(c->p[n]);
        else
            ns = ns << 4 | hex(c->p[n]);
    }
    seconds = (int64_t)(label - (UINT64_C(1) << 62)) - 10;
    if ((n != 16 && n != 24) || ns >= NS_PER_S || seconds < 0 || seconds >= INT64_C(4102444800))
        return false;
    c->p += n;
    stamp_set_epoch(c->s, SECONDS(seconds) + ns, n == 24 ? 1 : NS_PER_S);
    return true;
}
