/* SPDX-License-Identifier: MIT */
#include "time/zone_rule.h"

#include "time/civil.h"

enum { HOUR_S = 3600, DAY_S = 86400 };

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool
is_alpha(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool
take_byte(struct str *s, char c)
{
    if (s->n == 0 || s->p[0] != c)
        return false;
    *s = str_skip(*s, 1);
    return true;
}

static bool
take_number(struct str *s, int low, int high, int *ret)
{
    int value = 0;
    size_t n = 0;

    while (n < s->n && n < 4 && is_digit(s->p[n]))
        value = value * 10 + (s->p[n++] - '0');
    if (n == 0 || value < low || value > high)
        return false;
    *s = str_skip(*s, n);
    *ret = value;
    return true;
}

/* [+-]hh[:mm[:ss]] in seconds. */
static bool
take_hours(struct str *s, int max, int32_t *ret)
{
    int sign = take_byte(s, '-') ? -1 : 1;
    int h, m = 0, sec = 0;

    if (sign > 0)
        (void)take_byte(s, '+');
    if (!take_number(s, 0, max, &h))
        return false;
    if (take_byte(s, ':') && !take_number(s, 0, 59, &m))
        return false;
    if (take_byte(s, ':') && !take_number(s, 0, 59, &sec))
        return false;
    *ret = sign * (h * HOUR_S + m * 60 + sec);
    return true;
}

static bool
take_name(struct str *s, char ret[static ZONE_NAME_MAX])
{
    bool quoted = take_byte(s, '<');
    size_t n = 0;

    while (n < s->n && (quoted ? s->p[n] != '>' : is_alpha(s->p[n])))
        n++;
    if (n < 3 || n >= ZONE_NAME_MAX)
        return false;
    memcpy(ret, s->p, n);
    ret[n] = '\0';
    *s = str_skip(*s, n);
    return !quoted || take_byte(s, '>');
}

static bool
take_change(struct str *s, struct zone_change *ret)
{
    bool ok;

    if (take_byte(s, 'M')) {
        ret->kind = CHANGE_WEEKDAY;
        ok = take_number(s, 1, 12, &ret->month) && take_byte(s, '.') &&
             take_number(s, 1, 5, &ret->week) && take_byte(s, '.') &&
             take_number(s, 0, 6, &ret->day);
    } else {
        ret->kind = take_byte(s, 'J') ? CHANGE_JULIAN : CHANGE_DAY;
        ok = take_number(s, ret->kind == CHANGE_JULIAN, 365, &ret->day);
    }
    ret->at = 2 * HOUR_S;
    return ok && (!take_byte(s, '/') || take_hours(s, 167, &ret->at));
}

bool
zone_rule_parse(struct str text, struct zone_rule *ret)
{
    struct zone_rule r = { 0 };
    struct str s = text;

    if (!take_name(&s, r.standard.name) || !take_hours(&s, 24, &r.standard.offset))
        return false;
    r.standard.offset = -r.standard.offset;
    if (s.n > 0) {
        if (!take_name(&s, r.summer.name))
            return false;
        r.changes = true;
        r.summer.offset = -r.standard.offset - HOUR_S;
        if (s.n > 0 && s.p[0] != ',' && !take_hours(&s, 24, &r.summer.offset))
            return false;
        r.summer.offset = -r.summer.offset;
        if (s.n == 0)
            s = STR(",M3.2.0,M11.1.0"); /* POSIX leaves it open; every libc takes this */
        if (!take_byte(&s, ',') || !take_change(&s, &r.begins) || !take_byte(&s, ',') ||
            !take_change(&s, &r.ends))
            return false;
    }
    if (s.n > 0)
        return false;
    *ret = r;
    return true;
}

/* Seconds since 1970 on the clock before the change. */
static int64_t
change_in(const struct zone_change *c, int year)
{
    int64_t first = civil_days(year, 1, 1), days;

    switch (c->kind) {
    case CHANGE_JULIAN: /* February 29 is never counted */
        days = first + c->day - 1 + (c->day >= 60 && civil_month_days(year, 2) == 29);
        break;
    case CHANGE_DAY:
        days = first + c->day;
        break;
    default:
        first = civil_days(year, c->month, 1);
        days = first + (c->day - civil_weekday(first) + 7) % 7 + (c->week - 1) * 7;
        if (days >= first + civil_month_days(year, c->month))
            days -= 7; /* week 5 is the last one, be it the fourth */
    }
    return days * DAY_S + c->at;
}

struct zone_period
zone_rule_period_at(const struct zone_rule *r, int64_t utc)
{
    struct zone_period p = { INT64_MIN, INT64_MAX, r->standard.offset, false,
                             r->standard.name };
    int year = civil_from_ns(utc * NS_PER_S).year;

    if (!r->changes)
        return p;
    for (int y = year - 1; y <= year + 1; y++) {
        int64_t edges[2] = { change_in(&r->begins, y) - r->standard.offset,
                             change_in(&r->ends, y) - r->summer.offset };
        for (int i = 0; i < 2; i++) {
            bool opens = edges[i] <= utc;
            if (opens && edges[i] >= p.from) {
                p.from = edges[i];
                p.summer = i == 0;
            }
            if (!opens && edges[i] < p.to)
                p.to = edges[i];
        }
    }
    p.offset = p.summer ? r->summer.offset : r->standard.offset;
    p.abbreviation = p.summer ? r->summer.name : r->standard.name;
    return p;
}
