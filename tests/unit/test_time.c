/* SPDX-License-Identifier: MIT */
#include <time.h>

#include "tap.h"
#include "time/civil.h"
#include "time/span.h"

static void
every_day_from_1970_to_2100_equals_timegm(void)
{
    struct civil c = {
        .year = 1970, .month = 1, .day = 1, .hour = 13, .minute = 59, .second = 7
    };
    int64_t wrong = 0, weekdays = 0;

    for (int64_t day = 0; c.year <= 2100; day++) {
        struct tm tm = { .tm_year = c.year - 1900,
                         .tm_mon = c.month - 1,
                         .tm_mday = c.day,
                         .tm_hour = c.hour,
                         .tm_min = c.minute,
                         .tm_sec = c.second };
        struct civil back = civil_from_ns(civil_to_ns(&c));
        time_t t = timegm(&tm);

        wrong += civil_to_ns(&c) != SECONDS(t) || back.year != c.year ||
                 back.month != c.month || back.day != c.day || back.hour != 13 ||
                 back.second != 7 || !civil_valid(&c);
        weekdays += civil_weekday(day) != tm.tm_wday;
        if (++c.day > civil_month_days(c.year, c.month)) {
            c.day = 1;
            c.year += ++c.month > 12;
            c.month = c.month > 12 ? 1 : c.month;
        }
    }
    ok(wrong == 0, "civil and back, as libc has it");
    ok(weekdays == 0, "weekdays too");
}

static void
days_that_do_not_exist_are_refused(void)
{
    struct civil feb29 = { .year = 2026, .month = 2, .day = 29 };
    struct civil nov31 = { .year = 2026, .month = 11, .day = 31 };

    ok(!civil_valid(&feb29) && !civil_valid(&nov31), "nothing is wrapped into the next month");
    feb29.year = 2028;
    ok(civil_valid(&feb29), "a leap day is a day");
}

static void
spans_say_before_only_when_they_know(void)
{
    struct span a = { 1, 5 }, b = { 5, 9 }, c = { 6, 9 }, both = { 0, 0 };

    ok(span_order(a, b) == UNSURE && span_order(a, c) == BEFORE && span_order(c, a) == AFTER,
       "overlapping spans have no order");
    ok(span_meet(a, b, &both) && both.low == 5 && both.high == 5, "they meet where both allow");
    ok(!span_meet(a, c, &both) && both.low == 5, "and nothing changes where they do not");
}

static void
instants_are_printed_as_rfc3339(void)
{
    AUTO(strbuf) out = { 0 };

    civil_print(&out, INT64_C(1795316771402999999), 3);
    ok(str_eq(strbuf_str(&out), STR("2026-11-22T03:06:11.402Z")), "cut, not rounded");
    strbuf_clear(&out);
    civil_print(&out, -1, 9);
    ok(str_eq(strbuf_str(&out), STR("1969-12-31T23:59:59.999999999Z")), "before the epoch too");
}

int
main(void)
{
    every_day_from_1970_to_2100_equals_timegm();
    days_that_do_not_exist_are_refused();
    spans_say_before_only_when_they_know();
    instants_are_printed_as_rfc3339();
    return done_testing();
}
