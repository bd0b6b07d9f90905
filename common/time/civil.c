/* SPDX-License-Identifier: MIT */
#include "time/civil.h"

#include "time/span.h"

enum { DAY_S = 86400 };

/* A year that begins in March puts the leap day last, so that the days before a month are
 * a straight line: (153 m + 2) / 5. Eras of 400 years repeat exactly. */
int64_t
civil_days(int year, int month, int day)
{
    int64_t y = month <= 2 ? year - 1 : year;

    if (y > 0) { /* the same without signs, for the years that logs have */
        unsigned n = (unsigned)y, m = (unsigned)(month > 2 ? month - 3 : month + 9);
        return (int64_t)(n * 365 + n / 4 - n / 100 + n / 400 + (153 * m + 2) / 5) + day -
               719469;
    }
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t of_era = y - era * 400;
    int64_t of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static bool
is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int
civil_month_days(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

bool
civil_valid(const struct civil *c)
{
    return c->month >= 1 && c->month <= 12 && c->day >= 1 &&
           c->day <= civil_month_days(c->year, c->month) && c->hour >= 0 && c->hour <= 23 &&
           c->minute >= 0 && c->minute <= 59 && c->second >= 0 && c->second <= 59 &&
           c->ns >= 0 && c->ns < NS_PER_S;
}

int64_t
civil_to_ns(const struct civil *c)
{
    int64_t s = civil_days(c->year, c->month, c->day) * DAY_S + c->hour * 3600 +
                c->minute * 60 + c->second;

    return s * NS_PER_S + c->ns;
}

struct civil
civil_from_ns(int64_t ns)
{
    int64_t s = ns / NS_PER_S - (ns % NS_PER_S < 0);
    int64_t days = s / DAY_S - (s % DAY_S < 0);
    int64_t of_day = s - days * DAY_S;
    int64_t z = days + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t of_era = z - era * 146097;
    int64_t y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * y + y / 4 - y / 100);
    int64_t m = (5 * of_year + 2) / 153;

    return (struct civil){
        .year = (int)(y + era * 400 + (m >= 10)),
        .month = (int)(m < 10 ? m + 3 : m - 9),
        .day = (int)(of_year - (153 * m + 2) / 5 + 1),
        .hour = (int)(of_day / 3600),
        .minute = (int)(of_day / 60 % 60),
        .second = (int)(of_day % 60),
        .ns = (int)(ns - s * NS_PER_S),
    };
}

int
civil_weekday(int64_t days)
{
    int64_t since_sunday = (days + 4) % 7;

    return (int)(since_sunday < 0 ? since_sunday + 7 : since_sunday);
}

void
civil_print(struct strbuf *out, int64_t ns, int digits)
{
    struct civil c = civil_from_ns(ns);
    int fraction = c.ns;

    strbuf_addf(out, "%04d-%02d-%02dT%02d:%02d:%02d", c.year, c.month, c.day, c.hour, c.minute,
                c.second);
    for (int i = digits; i < 9; i++)
        fraction /= 10;
    if (digits > 0)
        strbuf_addf(out, ".%0*d", digits, fraction);
    strbuf_addc(out, 'Z');
}
