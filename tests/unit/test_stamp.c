/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "tap.h"
#include "time/span.h"
#include "time/stamp.h"

/* Its instant, were it UTC where it says no zone; years that are missing are 2026. */
static int64_t
instant(const struct stamp *s)
{
    struct civil c = s->civil;

    if (!s->has_year)
        c.year = 2026;
    if (!s->has_date) {
        c.month = 11;
        c.day = 22;
    }
    return civil_to_ns(&c) - SECONDS(s->kind == STAMP_OFFSET ? s->offset : 0);
}

static void
every_shape_reads_its_sample_and_leaves_its_near_miss(void)
{
    for (size_t i = 0; i < stamp_shapes_len; i++) {
        const struct stamp_row *row = &stamp_shapes[i];
        struct str sample = str_of(row->sample);
        struct stamp own = { 0 }, any = { 0 }, fast = { 0 };
        bool reads = stamp_read_as(row, sample, &own) && own.length == sample.n;

        ok(reads && stamp_read(sample, NULL, &any) && instant(&any) == instant(&own) &&
               any.length == sample.n,
           "%s: %s", row->name, row->sample);
        if (row->fast)
            ok(row->fast(sample, &fast) && instant(&fast) == instant(&own) &&
                   fast.length == own.length && fast.kind == own.kind &&
                   fast.grain == own.grain,
               "%s: read fast, the same", row->name);
        ok(!stamp_read_as(row, str_of(row->near_miss), &own), "%s: not %s", row->name,
           row->near_miss);
    }
}

static const struct {
    const char *text, *want; /* UTC, where no zone is said too; NULL: no stamp */
    enum stamp_zone kind;
    int64_t grain;
} readings[] = {
    { "2026-11-22T01:46:50Z", "2026-11-22T01:46:50.000000000Z", STAMP_OFFSET, SECONDS(1) },
    { "2026-11-22t01:46:50z", "2026-11-22T01:46:50.000000000Z", STAMP_OFFSET, SECONDS(1) },
    { "2026-11-22T01:46:50.3Z", "2026-11-22T01:46:50.300000000Z", STAMP_OFFSET, MS(100) },
    { "2026-11-22T01:46:50.310980000Z", "2026-11-22T01:46:50.310980000Z", STAMP_OFFSET, 1 },
    { "2026-11-22T01:46:50.3109800001Z", "2026-11-22T01:46:50.310980000Z", STAMP_OFFSET, 1 },
    { "2026-11-22T02:46:50+01:00", "2026-11-22T01:46:50.000000000Z", STAMP_OFFSET, SECONDS(1) },
    { "2026-11-22T02:46:50,5+0100", "2026-11-22T01:46:50.500000000Z", STAMP_OFFSET, MS(100) },
    { "2026-11-22T02:46:50+01", "2026-11-22T01:46:50.000000000Z", STAMP_OFFSET, SECONDS(1) },
    { "2026-11-22 02:46:50.256 -03", "2026-11-22T05:46:50.256000000Z", STAMP_OFFSET, MS(1) },
    { "2026-11-22 02:46:50.256 +0545", "2026-11-21T21:01:50.256000000Z", STAMP_OFFSET, MS(1) },
    { "2026-11-22 02:46:50 UTC", "2026-11-22T02:46:50.000000000Z", STAMP_OFFSET, SECONDS(1) },
    { "2026-11-22 02:46:50 UTC+3", "2026-11-21T23:46:50.000000000Z", STAMP_OFFSET, SECONDS(1) },
    { "2026-11-22 02:46:50 GMT+3", "2026-11-22T02:46:50.000000000Z", STAMP_ABBREVIATION,
      SECONDS(1) },
    { "2026-11-22 02:46:50 (UTC)", "2026-11-22T02:46:50.000000000Z", STAMP_OFFSET, SECONDS(1) },
    { "2026-11-22T02:46:50+01:00[Europe/Berlin]", "2026-11-22T01:46:50.000000000Z",
      STAMP_OFFSET, SECONDS(1) },
    { "2026-11-22 02:46:50.256 CET [77] LOG", "2026-11-22T02:46:50.256000000Z",
      STAMP_ABBREVIATION, MS(1) },
    { "2026-11-22 02:46:50 Europe/Berlin", "2026-11-22T02:46:50.000000000Z", STAMP_NAMED,
      SECONDS(1) },
    { "2026-11-22 02:46:50,123 INFO x", "2026-11-22T02:46:50.123000000Z", STAMP_NAIVE, MS(1) },
    { "2026-11-22 02:46:50 LOG:  x", "2026-11-22T02:46:50.000000000Z", STAMP_NAIVE,
      SECONDS(1) },
    { "2026-11-22 02:46:50,10.0.0.1,GET", "2026-11-22T02:46:50.000000000Z", STAMP_NAIVE,
      SECONDS(1) },
    { "2026-11-22 02:46:50 AM", "2026-11-22T02:46:50.000000000Z", STAMP_NAIVE, SECONDS(1) },
    { "2026-11-22 12:46:50 AM", "2026-11-22T00:46:50.000000000Z", STAMP_NAIVE, SECONDS(1) },
    { "11/22/2026 2:46:50 PM", "2026-11-22T14:46:50.000000000Z", STAMP_NAIVE, SECONDS(1) },
    { "11/22/2026 02:46:50:123 AM CET", "2026-11-22T02:46:50.123000000Z", STAMP_ABBREVIATION,
      MS(1) },
    { "Nov 22, 2026, 2:46:50\u202fPM", "2026-11-22T14:46:50.000000000Z", STAMP_NAIVE,
      SECONDS(1) },
    { "Sun Nov 22 02:46:50 2026", "2026-11-22T02:46:50.000000000Z", STAMP_NAIVE, SECONDS(1) },
    { "Sun Nov 22 02:46:50 UTC 2026", "2026-11-22T02:46:50.000000000Z", STAMP_OFFSET,
      SECONDS(1) },
    { "Sun Nov 22 02:46:50 2025 UTC", "2025-11-22T02:46:50.000000000Z", STAMP_OFFSET,
      SECONDS(1) },
    { "Nov 22 02:46:50 2025", "2025-11-22T02:46:50.000000000Z", STAMP_NAIVE, SECONDS(1) },
    { "22 März 2026 02:46:50", "2026-03-22T02:46:50.000000000Z", STAMP_NAIVE, SECONDS(1) },
    { "11月 22 02:46:50", "2026-11-22T02:46:50.000000000Z", STAMP_NAIVE, SECONDS(1) },
    { "2026-12-31 24:00:00", "2027-01-01T00:00:00.000000000Z", STAMP_NAIVE, SECONDS(1) },
    { "2016-12-31T23:59:60Z", "2016-12-31T23:59:59.999999999Z", STAMP_OFFSET, SECONDS(1) },
    { "1795312010", "2026-11-22T01:46:50.000000000Z", STAMP_EPOCH, SECONDS(1) },
    { "1795312010.25", "2026-11-22T01:46:50.250000000Z", STAMP_EPOCH, MS(10) },
    { "1795312010256", "2026-11-22T01:46:50.256000000Z", STAMP_EPOCH, MS(1) },
    { "1795312010256123", "2026-11-22T01:46:50.256123000Z", STAMP_EPOCH, 1000 },
    { "1795312010256123456", "2026-11-22T01:46:50.256123456Z", STAMP_EPOCH, 1 },
    { "@400000006b02499400000000", "2026-11-22T01:46:50.000000000Z", STAMP_EPOCH, 1 },
    { "2026-11-22-02.46.50.123456-300", "2026-11-22T07:46:50.123456000Z", STAMP_OFFSET, 1000 },
    { "2026-11-31 02:46:50", NULL, 0, 0 },
    { "2026-02-29 02:46:50", NULL, 0, 0 },
    { "2026-11-22 14:99:00", NULL, 0, 0 },
    { "2026-11-22 02:46:83", NULL, 0, 0 },
    { "2026-11-22 24:00:01", NULL, 0, 0 },
    { "2026-11-22 02:46:501", NULL, 0, 0 },
    { "0026-11-22 02:46:50", NULL, 0, 0 },
    { "179531201 nine digits", NULL, 0, 0 },
    { "17953120101 eleven", NULL, 0, 0 },
    { "9999999999999999999 no instant", NULL, 0, 0 },
    { "0123456789 an id", NULL, 0, 0 },
    { "1795312010-3f2a an id", NULL, 0, 0 },
};

static void
stamps_are_read_as_they_are_written(void)
{
    for (size_t i = 0; i < LEN(readings); i++) {
        AUTO(strbuf) got = { 0 };
        struct stamp s = { 0 };
        bool read = stamp_read(str_of(readings[i].text), NULL, &s);

        if (read)
            civil_print(&got, instant(&s), 9);
        if (readings[i].want)
            ok(read && str_eq(strbuf_str(&got), str_of(readings[i].want)) &&
                   s.kind == readings[i].kind && s.grain == readings[i].grain,
               "%s is %s", readings[i].text, strbuf_text(&got));
        else
            ok(!read, "%s is none (%s %s)", readings[i].text, read ? stamp_name(s.row) : "",
               strbuf_text(&got));
    }
}

static void
numbers_alone_may_be_read_in_other_orders(void)
{
    struct stamp s;
    struct civil c;

    ok(stamp_read(STR("03/04/2026 02:46:50"), NULL, &s) && s.day_or_month &&
           s.civil.month == 3 && stamp_reorder(&s, ORDER_DMY, &c) && c.month == 4 && c.day == 3,
       "3/4 is March 4 or April 3, and it says so");
    ok(stamp_read(STR("22/11/2026 02:46:50"), NULL, &s) && !s.day_or_month &&
           s.civil.month == 11,
       "22/11 can only be November");
    ok(stamp_read(STR("17/06/09 20:10:40"), NULL, &s) && s.day_or_month && s.short_year &&
           s.civil.year == 2017 && stamp_reorder(&s, ORDER_DMY, &c) && c.year == 2009,
       "17/06/09 is 2017 or 2009");
    ok(!stamp_reorder(&s, ORDER_MDY, &c), "and no month is the seventeenth");
}

int
main(void)
{
    every_shape_reads_its_sample_and_leaves_its_near_miss();
    stamps_are_read_as_they_are_written();
    numbers_alone_may_be_read_in_other_orders();
    return done_testing();
}
