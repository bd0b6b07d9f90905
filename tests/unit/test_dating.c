/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "tap.h"
#include "time/dating.h"

static int64_t
at(const char *iso)
{
    struct stamp s;

    if (!stamp_read(str_of(iso), NULL, &s))
        exit(1);
    return civil_to_ns(&s.civil) - SECONDS(s.offset);
}

static struct zone *
zone(const char *name)
{
    struct zone *z;

    if (zone_open(&z, str_of(name)) != OK)
        exit(1);
    return z;
}

static struct dating *
source(const struct dating_given *given)
{
    struct dating *d;

    if (dating_open(&d, given) != OK)
        exit(1);
    return d;
}

static struct when
when(struct dating *d, const char *line)
{
    struct when w = { 0 };
    struct stamp s;

    if (stamp_find(str_of(line), NULL, &s))
        dating_when(d, &s, &w);
    return w;
}

static bool
is(struct when w, const char *utc, enum zone_from zone_from, enum year_from year_from)
{
    AUTO(strbuf) got = { 0 };

    civil_print(&got, when_best(&w), 0);
    printf("# %s %s %s " STR_FMT "\n", strbuf_text(&got), zone_from_names[w.zone_from],
           year_from_names[w.year_from], STR_ARG(w.zone));
    return when_best(&w) == at(utc) && w.zone_from == zone_from && w.year_from == year_from;
}

static void
a_zone_in_the_stamp_is_the_zone(void)
{
    struct zone *berlin = zone("Europe/Berlin");
    struct dating *d = source(&(struct dating_given){ .zone = berlin });

    ok(is(when(d, "2026-07-01 12:00:00 +0530 x"), "2026-07-01T06:30:00Z", ZONE_EXPLICIT,
          YEAR_EXPLICIT),
       "an offset outranks what was said");
    ok(is(when(d, "1795312010 x"), "2026-11-22T01:46:50Z", ZONE_EPOCH, YEAR_EXPLICIT),
       "so does an epoch");
    ok(is(when(d, "2026-07-01 12:00:00 MSK [7] LOG:  x"), "2026-07-01T09:00:00Z",
          ZONE_ABBREVIATION, YEAR_EXPLICIT),
       "and an abbreviation that has one meaning");
    ok(is(when(d, "2026-07-01 12:00:00 x"), "2026-07-01T10:00:00Z", ZONE_SAID, YEAR_EXPLICIT),
       "what was said is for stamps that say nothing, summer time and all");
    ok(!dating_guessed(d), "nothing was guessed");
    dating_close(d);
    zone_close(berlin);
}

static void
letters_with_several_meanings_stay_a_span_until_something_tells(void)
{
    struct dating *d = source(&(struct dating_given){ 0 });
    struct when w = when(d, "2026-01-15 12:00:00 CST [7] LOG:  x");
    enum zone_from how;

    ok(w.zone_from == ZONE_AMBIGUOUS && w.span.low == at("2026-01-15T04:00:00Z") &&
           w.span.high >= at("2026-01-15T18:00:00Z") &&
           when_best(&w) == at("2026-01-15T18:00:00Z"),
       "CST is China, Cuba or Chicago");
    ok(dating_guessed(d) && str_eq(dating_zone_name(d, &how), STR("CST")) &&
           how == ZONE_AMBIGUOUS,
       "and that is told");
    dating_pair(d, ZONE_SESSION, at("2026-01-15T11:59:00Z"), at("2026-01-15T03:59:00Z"));
    ok(is(when(d, "2026-01-15 12:00:00 CST [7] LOG:  x"), "2026-01-15T04:00:00Z", ZONE_SESSION,
          YEAR_EXPLICIT),
       "a session id tells which");
    w = when(d, "2026-01-15 12:00:00 PST x");
    ok(w.zone_from == ZONE_AMBIGUOUS || w.zone_from == ZONE_SESSION, "PST is Manila too");
    dating_close(d);
}

static void
evidence_has_an_order(void)
{
    struct dating *d = source(&(struct dating_given){ 0 });
    enum zone_from how;

    ok(is(when(d, "2026-11-22 02:46:50 x"), "2026-11-22T02:46:50Z", ZONE_ASSUMED,
          YEAR_EXPLICIT) &&
           dating_guessed(d),
       "without any, UTC is assumed and said to be");
    dating_pair(d, ZONE_ENVELOPE, at("2026-11-22T02:46:50Z"), at("2026-11-22T01:46:50.300Z"));
    ok(is(when(d, "2026-11-22 02:46:50 x"), "2026-11-22T01:46:50Z", ZONE_ENVELOPE,
          YEAR_EXPLICIT),
       "a second stamp on the line gives the zone, its lag does not count");
    dating_pair(d, ZONE_ENVELOPE, at("2026-11-22T02:46:50Z"), at("2026-11-22T02:09:50Z"));
    ok(is(when(d, "2026-11-22 02:46:50 x"), "2026-11-22T01:46:50Z", ZONE_ENVELOPE,
          YEAR_EXPLICIT),
       "one line that was held up changes nothing");
    ok(dating_zone(d, ZONE_CHANGED, STR("Asia/Shanghai")) == OK &&
           is(when(d, "2026-11-22 09:46:50 x"), "2026-11-22T01:46:50Z", ZONE_CHANGED,
              YEAR_EXPLICIT),
       "what the log says of its own zone counts more");
    ok(dating_zone(d, ZONE_CHANGED, STR("Nowhere/Bogus")) == ERR_USAGE &&
           str_eq(dating_zone_name(d, &how), STR("Asia/Shanghai")) && how == ZONE_CHANGED,
       "a zone that is none changes nothing");
    dating_close(d);
}

static void
stamps_beside_it_lend_their_zone(void)
{
    struct dating *d = source(&(struct dating_given){ 0 });

    (void)when(d, "[2026-11-22 03:46:50 +0200] [8] [INFO] x");
    ok(is(when(d, "2026-11-22 03:46:51 x"), "2026-11-22T01:46:51Z", ZONE_SIBLING,
          YEAR_EXPLICIT),
       "a naive line takes the offset of its neighbours");
    (void)when(d, "[2026-11-22 03:46:50 +0300] [8] [INFO] x");
    ok(is(when(d, "2026-11-22 03:46:51 x"), "2026-11-22T03:46:51Z", ZONE_ASSUMED,
          YEAR_EXPLICIT),
       "unless they disagree");
    dating_close(d);
    d = source(&(struct dating_given){ 0 });
    (void)when(d, "{\"time\":\"2026-11-22T01:46:50Z\"}");
    ok(is(when(d, "2026-11-22 03:46:51 x"), "2026-11-22T03:46:51Z", ZONE_ASSUMED,
          YEAR_EXPLICIT),
       "Z is written by programs in any zone");
    dating_close(d);
}

static void
the_hour_that_occurs_twice_is_told_apart_by_order(void)
{
    struct zone *berlin = zone("Europe/Berlin");
    struct dating *d = source(&(struct dating_given){ .zone = berlin });
    struct when w = when(d, "2026-10-25 02:30:00 x");

    ok(w.span.low == at("2026-10-25T00:30:00Z") && w.span.high > at("2026-10-25T01:30:00Z"),
       "alone it may be either");
    (void)when(d, "2026-10-25 01:59:59 x");
    w = when(d, "2026-10-25 02:00:03 x");
    ok(w.span.low == at("2026-10-25T00:00:03Z") && w.span.high < at("2026-10-25T00:00:05Z"),
       "following on at once it is the first");
    dating_close(d);
    d = source(&(struct dating_given){ .zone = berlin });
    (void)when(d, "2026-10-25 01:55:00 x");
    for (int minute = 0; minute < 60; minute += 5) {
        char line[40];
        snprintf(line, sizeof(line), "2026-10-25 02:%02d:00 x", minute);
        w = when(d, line);
    }
    ok(w.span.low == at("2026-10-25T00:55:00Z"), "line by line through the first");
    w = when(d, "2026-10-25 02:00:00 x");
    ok(w.span.low == at("2026-10-25T01:00:00Z") && w.span.high < at("2026-10-25T01:00:02Z"),
       "and when it goes back, the second has begun");
    dating_close(d);
    zone_close(berlin);
}

static void
years_that_are_not_written(void)
{
    struct dating_given given = { .now = at("2026-03-02T12:00:00Z"), .now_said = true };
    struct dating *d = source(&given);

    ok(is(when(d, "Mar  2 11:59:59 x"), "2026-03-02T11:59:59Z", ZONE_ASSUMED, YEAR_SAID),
       "today is this year");
    ok(is(when(d, "Mar  2 12:00:01 x"), "2025-03-02T12:00:01Z", ZONE_ASSUMED, YEAR_SAID),
       "what would lie ahead of --now was a year ago");
    ok(is(when(d, "Feb 29 10:00:00 x"), "2024-02-29T10:00:00Z", ZONE_ASSUMED, YEAR_SAID),
       "a leap day was in a leap year");
    dating_close(d);
    d = source(&(struct dating_given){ .year = 2025 });
    (void)when(d, "Dec 31 23:59:59 x");
    ok(is(when(d, "Jan  1 00:00:01 x"), "2026-01-01T00:00:01Z", ZONE_ASSUMED, YEAR_SAID),
       "--year is that of the beginning: the year turns");
    ok(is(when(d, "Dec 31 23:59:58 x"), "2025-12-31T23:59:58Z", ZONE_ASSUMED, YEAR_SAID) &&
           is(when(d, "Jan  1 00:00:02 x"), "2026-01-01T00:00:02Z", ZONE_ASSUMED, YEAR_SAID),
       "a late line of the old year does not turn it back");
    dating_close(d);
    d = source(&(struct dating_given){ .modified = at("2024-05-01T00:00:00Z"),
                                       .now = at("2026-03-02T12:00:00Z") });
    ok(is(when(d, "Apr 30 23:59:59 x"), "2024-04-30T23:59:59Z", ZONE_ASSUMED, YEAR_FILE),
       "the file's own time is the anchor");
    ok(is(when(d, "May  3 23:59:59 x"), "2023-05-03T23:59:59Z", ZONE_ASSUMED, YEAR_FILE),
       "nothing was written after that");
    (void)when(d, "2022-06-01 00:00:00 x");
    ok(is(when(d, "Jun  1 00:00:01 x"), "2022-06-01T00:00:01Z", ZONE_ASSUMED, YEAR_NEIGHBOUR),
       "a neighbour with a year knows better");
    dating_close(d);
    d = source(&(struct dating_given){ .now = at("2026-11-30T00:00:00Z") });
    ok(is(when(d, "Mon Nov 22 02:46:50 x"), "2021-11-22T02:46:50Z", ZONE_ASSUMED, YEAR_NOW),
       "the weekday tells the year");
    dating_close(d);
}

static void
days_and_months_in_either_order(void)
{
    struct dating *d = source(&(struct dating_given){ 0 });
    struct stamp s;

    (void)stamp_find(STR("22/11/2026 02:46:50 x"), NULL, &s);
    dating_learn(d, &s);
    ok(is(when(d, "03/11/2026 02:46:50 x"), "2026-11-03T02:46:50Z", ZONE_ASSUMED,
          YEAR_EXPLICIT),
       "one line with a day past 12 settles all");
    dating_close(d);
    d = source(&(struct dating_given){ 0 });
    for (int day = 1; day <= 9; day++) {
        char line[40];
        snprintf(line, sizeof(line), "%02d/03/2026 02:46:50 x", day);
        (void)stamp_find(str_of(line), NULL, &s);
        dating_learn(d, &s);
    }
    (void)stamp_find(STR("01/04/2026 02:46:50 x"), NULL, &s);
    dating_learn(d, &s);
    ok(is(when(d, "02/04/2026 02:46:50 x"), "2026-04-02T02:46:50Z", ZONE_ASSUMED,
          YEAR_EXPLICIT),
       "else the order in which time does not go back");
    dating_close(d);
    d = source(&(struct dating_given){ .now = at("2026-11-22T12:00:00Z") });
    ok(is(when(d, "17/06/09 20:10:40 x"), "2017-06-09T20:10:40Z", ZONE_ASSUMED, YEAR_EXPLICIT),
       "17/06/09 is 2017: nearer to when it is read");
    dating_close(d);
    d = source(&(struct dating_given){ .now = at("2026-11-22T12:00:00Z") });
    ok(is(when(d, "05/09/17 20:10:40 x"), "2017-05-09T20:10:40Z", ZONE_ASSUMED, YEAR_EXPLICIT),
       "so is 05/09/17, and the month comes first where nothing tells");
    dating_close(d);
}

static void
times_without_a_date(void)
{
    struct dating *d = source(&(struct dating_given){ .modified = at("2026-11-22T00:30:00Z"),
                                                      .now = at("2026-11-25T00:00:00Z") });

    ok(is(when(d, "23:50:00 x"), "2026-11-21T23:50:00Z", ZONE_ASSUMED, YEAR_FILE),
       "the evening before the file was last written");
    ok(is(when(d, "00:10:00 x"), "2026-11-22T00:10:00Z", ZONE_ASSUMED, YEAR_NEIGHBOUR),
       "midnight has passed");
    dating_close(d);
}

int
main(void)
{
    a_zone_in_the_stamp_is_the_zone();
    letters_with_several_meanings_stay_a_span_until_something_tells();
    evidence_has_an_order();
    stamps_beside_it_lend_their_zone();
    the_hour_that_occurs_twice_is_told_apart_by_order();
    years_that_are_not_written();
    days_and_months_in_either_order();
    times_without_a_date();
    return done_testing();
}
