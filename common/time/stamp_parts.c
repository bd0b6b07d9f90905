/* SPDX-License-Identifier: MIT */
#include "time/stamp_parts.h"

#include "time/span.h"

bool
take_int(struct cursor *c, int min, int max, int *ret)
{
    int n = 0, value = 0;

    while (n < max && is_digit(peek(c, (size_t)n)))
        value = value * 10 + (c->p[n++] - '0');
    if (n < min)
        return false;
    c->p += n;
    *ret = value;
    return true;
}

/* " 7", "7", "17": digits padded by a blank or not at all. */
static bool
take_padded(struct cursor *c, int *ret)
{
    if (peek(c, 0) == ' ' && is_digit(peek(c, 1)) && !is_digit(peek(c, 2)))
        c->p++;
    return take_int(c, 1, 2, ret);
}

static bool
part_year(struct cursor *c)
{
    c->s->has_year = true;
    return take_int(c, 4, 4, &c->s->civil.year) && c->s->civil.year >= 1900 &&
           c->s->civil.year < 2200;
}

static void
set_short_year(struct stamp *s, int two_digits)
{
    s->civil.year = two_digits + (two_digits < 69 ? 2000 : 1900);
    s->has_year = true;
    s->short_year = true;
}

/* " 2026" behind a time, if it is there. */
static bool
part_year_behind(struct cursor *c)
{
    struct cursor t = *c;
    int y;

    t.p++;
    if (peek(c, 0) != ' ' || !take_int(&t, 4, 4, &y) || y < 1970 || y >= 2100 ||
        is_digit(peek(&t, 0)) || is_letter(peek(&t, 0)) || one_of(peek(&t, 0), ".:-/"))
        return true;
    c->s->civil.year = y;
    c->s->has_year = true;
    c->p = t.p;
    return true;
}

static bool
part_short_year(struct cursor *c)
{
    int y;

    if (!take_int(c, 2, 2, &y))
        return false;
    set_short_year(c->s, y);
    return true;
}

static bool
part_month(struct cursor *c)
{
    return take_int(c, 2, 2, &c->s->civil.month);
}

static bool
part_loose_month(struct cursor *c)
{
    return take_int(c, 1, 2, &c->s->civil.month);
}

static bool
part_day(struct cursor *c)
{
    return take_int(c, 2, 2, &c->s->civil.day);
}

static bool
part_padded_day(struct cursor *c)
{
    return take_padded(c, &c->s->civil.day);
}

bool
part_weekday(struct cursor *c)
{
    static const char names[] = "sunmontuewedthufrisat";
    char low[3];

    if (c->end - c->p < 3)
        return false;
    for (int i = 0; i < 3; i++)
        low[i] = (char)(c->p[i] | 0x20);
    for (int i = 0; i < 7; i++)
        if (memcmp(low, names + i * 3, 3) == 0)
            c->s->weekday = (int8_t)i;
    if (c->s->weekday < 0)
        return false;
    while (is_letter(peek(c, 0)))
        c->p++;
    return true;
}

static bool
part_hour(struct cursor *c)
{
    return take_int(c, 2, 2, &c->s->civil.hour);
}

static bool
part_padded_hour(struct cursor *c)
{
    return take_padded(c, &c->s->civil.hour);
}

static bool
part_minute(struct cursor *c)
{
    c->s->grain = SECONDS(60);
    return take_int(c, 2, 2, &c->s->civil.minute);
}

static bool
part_second(struct cursor *c)
{
    c->s->grain = SECONDS(1);
    return take_int(c, 2, 2, &c->s->civil.second);
}

/* How many digits stand behind the separator, if they can be a fraction: behind "." any
 * number, behind "," and ":" (which end fields as well) what milli- to nanoseconds have. */
static size_t
fraction_digits(const struct cursor *c)
{
    char mark = peek(c, 0), next;
    size_t n = 0;

    while (is_digit(peek(c, n + 1)))
        n++;
    next = peek(c, n + 1);
    if (n == 0 || (mark != '.' && n > 9))
        return 0;
    if ((next == '.' && is_digit(peek(c, n + 2))) || (mark == ':' && n % 3 != 0))
        return 0;
    return mark == ',' && next == ',' && n % 3 != 0 ? 0 : n;
}

void
take_fraction(struct cursor *c)
{
    static const int units[] = { 1000000000, 100000000, 10000000, 1000000, 100000,
                                 10000,      1000,      100,      10,      1 };
    char mark = peek(c, 0);
    size_t n, kept;
    int value = 0;

    if (mark != '.' && mark != ',' && mark != ':')
        return;
    n = fraction_digits(c);
    if (n == 0)
        return;
    kept = MIN(n, 9);
    for (size_t i = 1; i <= kept; i++)
        value = value * 10 + (c->p[i] - '0');
    c->s->civil.ns = value * units[kept];
    c->s->grain = units[kept];
    c->p += n + 1;
}

static bool
part_fraction(struct cursor *c)
{
    take_fraction(c);
    return true;
}

static bool
part_day_of_year(struct cursor *c)
{
    int day;

    if (!take_int(c, 3, 3, &day) || day < 1)
        return false;
    for (c->s->civil.month = 1; c->s->civil.month <= 12; c->s->civil.month++) {
        int days = civil_month_days(c->s->civil.year, c->s->civil.month);
        if (day <= days)
            break;
        day -= days;
    }
    c->s->civil.day = day;
    return c->s->civil.month <= 12;
}

/* "W47-7" or "W477" behind the year; week 1 holds January 4. */
static bool
part_week(struct cursor *c)
{
    int week, day;
    int64_t january4, days;
    struct civil of;

    if (peek(c, 0) != 'W')
        return false;
    c->p++;
    if (!take_int(c, 2, 2, &week) || week < 1 || week > 53)
        return false;
    if (peek(c, 0) == '-')
        c->p++;
    if (!take_int(c, 1, 1, &day) || day < 1 || day > 7)
        return false;
    january4 = civil_days(c->s->civil.year, 1, 4);
    days = january4 - (civil_weekday(january4) + 6) % 7 + (week - 1) * 7 + day - 1;
    of = civil_from_ns(days * 86400 * NS_PER_S);
    c->s->civil.year = of.year;
    c->s->civil.month = of.month;
    c->s->civil.day = of.day;
    return true;
}

static bool
date_in(const struct stamp *s, enum stamp_order order, struct civil *ret)
{
    const uint8_t *n = s->numbers;
    struct civil c = s->civil;

    c.month = order == ORDER_MDY ? n[0] : n[1];
    c.day = order == ORDER_MDY ? n[1] : order == ORDER_DMY ? n[0] : n[2];
    if (s->short_year) {
        int y = order == ORDER_YMD ? n[0] : n[2];
        c.year = y + (y < 69 ? 2000 : 1900);
    } else if (order == ORDER_YMD)
        return false;
    if (c.month < 1 || c.month > 12 || c.day < 1 || c.day > civil_month_days(c.year, c.month))
        return false;
    *ret = c;
    return true;
}

bool
stamp_reorder(const struct stamp *s, enum stamp_order order, struct civil *ret)
{
    return s->orders != 0 && date_in(s, order, ret);
}

/* Keeps which orders are dates at all, and takes the first of `preferred`. */
static bool
settle_order(struct stamp *s, const enum stamp_order preferred[static 3])
{
    struct civil c = s->civil, other;

    s->orders = 0;
    for (int i = 0; i < 3; i++) {
        if (!date_in(s, preferred[i], &other))
            continue;
        if (s->orders == 0)
            c = other;
        s->orders |= preferred[i];
    }
    s->civil = c;
    s->day_or_month = (s->orders & (s->orders - 1)) != 0;
    return s->orders != 0;
}

static bool
take_date_number(struct cursor *c, char separator, uint8_t *ret)
{
    int n;

    if (separator && (peek(c, 0) != separator || !c->p++))
        return false;
    if (!take_int(c, 1, 2, &n))
        return false;
    *ret = (uint8_t)n;
    return true;
}

/* "/" is read the American way first, "-" the European one; what the whole source says
 * decides later. */
static bool
part_day_and_month(struct cursor *c)
{
    static const enum stamp_order american[] = { ORDER_MDY, ORDER_DMY, ORDER_YMD };
    static const enum stamp_order european[] = { ORDER_DMY, ORDER_MDY, ORDER_YMD };
    uint8_t *n = c->s->numbers;
    bool dashed;

    if (!take_date_number(c, '\0', &n[0]))
        return false;
    dashed = peek(c, 0) == '-';
    return take_date_number(c, dashed ? '-' : '/', &n[1]) &&
           settle_order(c->s, dashed ? european : american);
}

static bool
part_any_order(struct cursor *c)
{
    static const enum stamp_order preferred[] = { ORDER_YMD, ORDER_MDY, ORDER_DMY };
    uint8_t *n = c->s->numbers;

    c->s->has_year = c->s->short_year = true;
    return take_date_number(c, '\0', &n[0]) && take_date_number(c, '/', &n[1]) &&
           take_date_number(c, '/', &n[2]) && settle_order(c->s, preferred);
}

/* What stands between a date and a time. */
static bool
part_gap(struct cursor *c)
{
    static const char *const gaps[] = { ", at ", " at ", " - ", " @ ", ", ", "::", "  ", " ",
                                        "T",     "t",    ",",   "_",   "-",  ":",  "\t", "/" };

    for (size_t i = 0; i < LEN(gaps); i++) {
        size_t n = strlen(gaps[i]);
        if ((size_t)(c->end - c->p) > n && memcmp(c->p, gaps[i], n) == 0) {
            c->p += n;
            return true;
        }
    }
    return false;
}

/* AM or PM behind a blank (a narrow no-break one, since Unicode 42 of the locale data). */
static bool
part_half(struct cursor *c)
{
    static const char *const blanks[] = { "\u202f", "\u00a0", " ", "" };
    char a = 0, m = 0, after = 0;
    size_t n = 0;

    for (size_t i = 0; i < LEN(blanks); i++) {
        n = strlen(blanks[i]);
        if ((size_t)(c->end - c->p) >= n + 2 && memcmp(c->p, blanks[i], n) == 0)
            break;
    }
    a = peek(c, n) | 0x20;
    m = peek(c, n + 1) | 0x20;
    after = peek(c, n + 2);
    if ((a != 'a' && a != 'p') || m != 'm' || is_letter(after) || is_digit(after))
        return true;
    c->half = a == 'a' ? 1 : 2;
    c->p += n + 2;
    return true;
}

static bool
part_level(struct cursor *c)
{
    if (!one_of(peek(c, 0), "IWEFDVTC") || !is_digit(peek(c, 1)))
        return false;
    c->p++;
    return true;
}

static bool (*const parts[128])(struct cursor *c) = {
    ['Y'] = part_year,        ['y'] = part_short_year,    ['m'] = part_month,
    ['n'] = part_loose_month, ['b'] = part_month_name,    ['d'] = part_day,
    ['e'] = part_padded_day,  ['a'] = part_weekday,       ['H'] = part_hour,
    ['k'] = part_padded_hour, ['M'] = part_minute,        ['S'] = part_second,
    ['f'] = part_fraction,    ['p'] = part_half,          ['j'] = part_day_of_year,
    ['V'] = part_week,        ['D'] = part_day_and_month, ['O'] = part_any_order,
    ['g'] = part_gap,         ['z'] = take_zone,          ['w'] = part_zone_minutes,
    ['L'] = part_level,       ['q'] = part_year_behind,   ['x'] = part_epoch,
    ['t'] = part_tai,
};

static void
next_day(struct civil *t)
{
    if (++t->day <= civil_month_days(t->year, t->month))
        return;
    t->day = 1;
    if (++t->month <= 12)
        return;
    t->month = 1;
    t->year += t->year > 0;
}

bool
stamp_finish(struct cursor *c)
{
    struct civil *t = &c->s->civil;

    if (c->half != 0 && t->hour > 12)
        c->half = 0; /* "14:05 PM" is written, too */
    if (c->half != 0)
        t->hour = t->hour % 12 + (c->half == 2 ? 12 : 0);
    if (t->second == 60) {
        t->second = 59;
        t->ns = 999999999;
        c->s->leap = true;
    }
    if (t->hour == 24 && t->minute == 0 && t->second == 0 && t->ns == 0) {
        t->hour = 0;
        if (t->month >= 1 && t->month <= 12)
            next_day(t);
    }
    c->s->has_date = t->month != 0;
    if ((unsigned)t->month - 1 < 12 && (unsigned)t->day - 1 < 28 && (unsigned)t->hour < 24 &&
        (unsigned)t->minute < 60 && (unsigned)t->second < 60)
        return true; /* most days are in any month */
    if (t->month == 0 && t->day == 0) {
        struct civil any = *t;
        any.year = any.month = any.day = 1;
        return civil_valid(&any);
    }
    return civil_valid(t);
}

bool
stamp_interpret(const char *template, struct cursor *c)
{
    for (const char *t = template; *t; t++) {
        bool (*part)(struct cursor *) = *t == '\\' ? NULL : parts[(unsigned char)*t & 127];

        t += *t == '\\';
        if (part ? !part(c) : peek(c, 0) != *t)
            return false;
        c->p += !part;
    }
    return true;
}
