/* SPDX-License-Identifier: MIT */
#include "tap.h"
#include "time/civil.h"
#include "time/duration.h"
#include "time/moment.h"

/* A Sunday; 03:10:22 UTC. The zones differ in side of UTC, and Lord Howe by half an hour. */
#define NOW (INT64_C(1795317022) * NS_PER_S)

static const struct {
    const char *zone, *text, *low;
} rows[] = {
    { "UTC", "now", "2026-11-22T03:10:22.000Z" },
    { "UTC", "2026-11-22T03:06:11.5+01:00", "2026-11-22T02:06:11.500Z" },
    { "UTC", "2026-11-22 03:06 Europe/Berlin", "2026-11-22T02:06:00.000Z" },
    { "UTC", "2026-11-22 03:06:11 CET", "2026-11-22T02:06:11.000Z" },
    { "UTC", "2026-11-22", "2026-11-22T00:00:00.000Z" },
    { "UTC", "@1795316771.25", "2026-11-22T03:06:11.250Z" },
    { "UTC", "-15m", "2026-11-22T02:55:22.000Z" },
    { "UTC", "1.5h ago", "2026-11-22T01:40:22.000Z" },
    { "UTC", "30 min ago", "2026-11-22T02:40:22.000Z" },
    { "UTC", "03:06", "2026-11-22T03:06:00.000Z" },
    { "UTC", "03:11", "2026-11-21T03:11:00.000Z" },
    { "UTC", "03:06:11", "2026-11-22T03:06:11.000Z" },
    { "UTC", "today", "2026-11-22T00:00:00.000Z" },
    { "UTC", "yesterday 23:59", "2026-11-21T23:59:00.000Z" },
    { "UTC", "friday", "2026-11-20T00:00:00.000Z" },
    { "UTC", "sunday", "2026-11-22T00:00:00.000Z" },
    { "America/New_York", "today", "2026-11-21T05:00:00.000Z" },
    { "America/New_York", "22:00", "2026-11-22T03:00:00.000Z" },
    { "America/New_York", "2026-11-01 01:30", "2026-11-01T05:30:00.000Z" },
    { "America/New_York", "2026-03-08 02:30", "2026-03-08T07:30:00.000Z" },
    { "Asia/Kolkata", "03:06", "2026-11-21T21:36:00.000Z" },
    { "Asia/Kolkata", "today", "2026-11-21T18:30:00.000Z" },
    { "Australia/Lord_Howe", "14:00", "2026-11-22T03:00:00.000Z" },
    { "Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-04T14:45:00.000Z" },
};

static void
times_are_read_as_the_viewer_means_them(void)
{
    for (size_t i = 0; i < LEN(rows); i++) {
        AUTO(strbuf) got = { 0 };
        struct zone *viewer;
        struct moment m;

        ok(zone_open(&viewer, str_of(rows[i].zone)) == OK, "%s", rows[i].zone);
        if (moment_read(&m, rows[i].text, viewer, NOW) == OK)
            civil_print(&got, m.span.low, 3);
        ok(strcmp(strbuf_text(&got), rows[i].low) == 0, "'%s' is %s (%s)", rows[i].text,
           rows[i].low, strbuf_text(&got));
        zone_close(viewer);
    }
}

static void
words_that_are_no_time_are_refused(void)
{
    static const char *const wrong[] = { "",
                                         "soon",
                                         "3:6",
                                         "24:00:61",
                                         "-15x",
                                         "@",
                                         "@12x",
                                         "first",
                                         "first:",
                                         "15m",
                                         "03/04/2026 10:00:00",
                                         "2026-02-30",
                                         "2026-11-22 10:00:00 CST",
                                         "friday noon" };
    struct zone *viewer;
    struct moment m = { .shift = 7 };

    ok(zone_open(&viewer, STR("UTC")) == OK, "a zone");
    for (size_t i = 0; i < LEN(wrong); i++)
        ok(moment_read(&m, wrong[i], viewer, NOW) == ERR_USAGE && m.shift == 7,
           "'%s' is refused", wrong[i]);
    zone_close(viewer);
}

static void
events_may_be_meant_with_a_shift(void)
{
    struct zone *viewer;
    struct moment m;

    ok(zone_open(&viewer, STR("UTC")) == OK, "a zone");
    ok(moment_read(&m, "first:auth_failed-30s", viewer, NOW) == OK && m.is_event && !m.last &&
           str_eq(m.event, STR("auth_failed")) && m.shift == -SECONDS(30),
       "half a minute before the first");
    ok(moment_read(&m, "last:http_5xx+2m", viewer, NOW) == OK && m.last &&
           m.shift == SECONDS(120),
       "two minutes after the last");
    zone_close(viewer);
}

static void
a_window_that_ends_before_it_begins_names_both_ends(void)
{
    struct span w = { 0, 0 };

    ok(moment_window(span_at(NOW), span_at(NOW - SECONDS(1)), &w) == ERR_USAGE && w.high == 0,
       "refused");
    ok(strcmp(err_text(), "the window begins at 2026-11-22T03:10:22.000Z and ends before, at "
                          "2026-11-22T03:10:21.000Z") == 0,
       "with both instants in UTC");
}

static void
durations_are_exact(void)
{
    int64_t ns = 5;

    ok(duration_read(STR("1.5m"), &ns) && ns == SECONDS(90), "decimals");
    ok(duration_read(STR("0.000000001"), &ns) && ns == 1, "a nanosecond");
    ok(duration_read(STR("0.123456789d"), &ns) && ns == INT64_C(10666666569600), "of a day");
    ok(!duration_read(STR("9999999999d"), &ns) && !duration_read(STR("-1s"), &ns) &&
           !duration_read(STR("1."), &ns) && ns == INT64_C(10666666569600),
       "too much or none is none");
}

int
main(void)
{
    times_are_read_as_the_viewer_means_them();
    words_that_are_no_time_are_refused();
    events_may_be_meant_with_a_shift();
    a_window_that_ends_before_it_begins_names_both_ends();
    durations_are_exact();
    return done_testing();
}
