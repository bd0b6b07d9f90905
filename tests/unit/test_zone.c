/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <time.h>

#include "tap.h"
#include "time/civil.h"
#include "time/zone.h"

static int64_t
utc(int year, int month, int day, int hour, int minute)
{
    struct civil c = { year, month, day, hour, minute, 0, 0 };

    return civil_to_ns(&c);
}

static struct zone *
must(const char *name)
{
    struct zone *z = NULL;

    if (zone_open(&z, str_of(name)) != OK) {
        printf("Bail out! %s\n", err_text());
        exit(1);
    }
    return z;
}

static void
the_hour_that_occurs_twice_has_two_answers(void)
{
    struct zone *z = must("Europe/Berlin");
    struct zone_instants i = zone_to_utc(z, utc(2026, 10, 25, 2, 30));

    ok(i.early == utc(2026, 10, 25, 0, 30) && i.late == utc(2026, 10, 25, 1, 30) && !i.gap,
       "02:30 on the night the clocks go back is both 00:30Z and 01:30Z");
    i = zone_to_utc(z, utc(2026, 10, 25, 3, 0));
    ok(i.early == i.late && i.early == utc(2026, 10, 25, 2, 0), "03:00 is one instant again");
    i = zone_to_utc(z, utc(2026, 3, 29, 2, 30));
    ok(i.gap && i.early == utc(2026, 3, 29, 1, 30) && i.late == i.early,
       "02:30 on the night they go forward never was: taken by the winter's offset");
    i = zone_to_utc(z, utc(2190, 7, 1, 12, 0));
    ok(i.early == utc(2190, 7, 1, 10, 0), "the rule holds long after the table ends");
    zone_close(z);
}

static void
zones_are_taken_as_people_write_them(void)
{
    static const struct {
        const char *name;
        int hours100; /* east of UTC in July 2026, times 100 */
        const char *shown;
    } rows[] = {
        { "UTC", 0, "UTC" },
        { "Z", 0, "UTC" },
        { "+01:00", 100, "+01:00" },
        { "-0330", -350, "-03:30" },
        { "+05", 500, "+05:00" },
        { "UTC+3", 300, "+03:00" },
        { "Asia/Kathmandu", 575, "Asia/Kathmandu" },
        { "America/Argentina/Ushuaia", -300, "America/Argentina/Ushuaia" },
        { "CET-1CEST,M3.5.0,M10.5.0/3", 200, "CET-1CEST,M3.5.0,M10.5.0/3" },
        { "<-03>3", -300, "<-03>3" },
        { "EST5EDT", -400, "EST5EDT" },
    };

    for (size_t i = 0; i < LEN(rows); i++) {
        struct zone *z = must(rows[i].name);
        int64_t at = utc(2026, 7, 1, 12, 0);
        ok((zone_to_wall(z, at) - at) / 36 / NS_PER_S == rows[i].hours100 &&
               strcmp(zone_name(z), rows[i].shown) == 0,
           "%s is understood", rows[i].name);
        zone_close(z);
    }
}

static void
what_is_no_zone_is_refused_by_name(void)
{
    static const char *const names[] = { "Nowhere/Bogus",
                                         "",
                                         "../../etc/passwd",
                                         "/etc/localtime",
                                         "Europe",
                                         "+25:00",
                                         "+1:",
                                         "+01:75",
                                         "FOO",
                                         "tzdata.zi",
                                         "Europe/Berlin\n",
                                         "CET-1CEST,M13.5.0,M10.5.0",
                                         "right/UTC" };

    for (size_t i = 0; i < LEN(names); i++) {
        struct zone *z = NULL;
        ok(zone_open(&z, str_of(names[i])) != OK && !z && err_text()[0],
           "not UTC in disguise: %s", err_text());
        zone_close(z);
    }
}

static void
damaged_files_are_refused(void)
{
    char bytes[44 + 7] = "TZif";
    struct zone *z = NULL;

    bytes[39] = 1; /* one kind of local time, 6 bytes */
    ok(zone_open_bytes(&z, STR("x"), (struct str){ bytes, 44 }) == ERR_PARSE && !z,
       "cut off: %s", err_text());
    ok(zone_open_bytes(&z, STR("x"), (struct str){ bytes, sizeof(bytes) }) == ERR_PARSE && !z,
       "a name outside its letters: %s", err_text());
    bytes[43] = 1;
    ok(zone_open_bytes(&z, STR("x"), (struct str){ bytes, sizeof(bytes) }) == OK,
       "the smallest zone there is");
    zone_close(z);
    memset(bytes + 32, 0xff, 4);
    z = NULL;
    ok(zone_open_bytes(&z, STR("x"), (struct str){ bytes, sizeof(bytes) }) == ERR_PARSE && !z,
       "four thousand million changes in 51 bytes: %s", err_text());
}

struct sweep {
    long zones, instants, wrong, lost, gaps, gaps_wrong;
    unsigned random;
};

static int32_t
libc_offset(int64_t at, char name[static 16])
{
    time_t t = (time_t)at;
    struct tm tm;

    localtime_r(&t, &tm);
    strncat(name, tm.tm_zone, 15);
    return (int32_t)tm.tm_gmtoff;
}

static void
check_instant(struct sweep *s, const struct zone *z, int64_t at)
{
    struct zone_period p = zone_period_at(z, at);
    struct zone_instants back = zone_to_utc(z, SECONDS(at + p.offset) + 7);
    char name[16] = "";

    s->instants++;
    s->wrong += libc_offset(at, name) != p.offset || strcmp(name, p.abbreviation) != 0 ||
                at < p.from || at >= p.to;
    s->lost += back.early != SECONDS(at) + 7 && back.late != SECONDS(at) + 7;
}

static void
check_jump(struct sweep *s, const struct zone *z, struct zone_period before, int32_t after)
{
    int64_t jump = after - before.offset;
    struct zone_instants i;

    if (jump <= 0)
        return;
    i = zone_to_utc(z, SECONDS(before.to + before.offset + jump / 2));
    s->gaps++;
    s->gaps_wrong += !i.gap || i.early != SECONDS(before.to + jump / 2);
}

static bool
sweep_zone(const char *name, void *data)
{
    const int64_t end = INT64_C(2145916800); /* 2038-01-01 */
    struct sweep *s = data;
    struct zone *z = must(name);
    struct zone_period p = zone_period_at(z, 0);

    setenv("TZ", name, 1);
    tzset();
    for (int i = 0; i < 60; i++)
        check_instant(s, z, (int64_t)rand_r(&s->random) % end);
    for (; p.to < end; p = zone_period_at(z, p.to)) {
        check_instant(s, z, p.to - 1);
        check_instant(s, z, p.to);
        check_instant(s, z, p.to + 1);
        check_jump(s, z, p, zone_period_at(z, p.to).offset);
    }
    s->zones++;
    zone_close(z);
    return true;
}

/* Every zone, every change of its clocks from 1970 to 2037 and a second on each side. */
static void
every_zone_agrees_with_libc(void)
{
    struct sweep s = { .random = 20261122 };

    zone_each_name(sweep_zone, &s);
    setenv("TZ", "UTC", 1);
    printf("# %ld zones, %ld instants, %ld jumps\n", s.zones, s.instants, s.gaps);
    ok(s.zones > 300 && s.instants > 50000, "all of tzdata was walked");
    ok(s.wrong == 0, "offset and abbreviation are libc's (%ld are not)", s.wrong);
    ok(s.lost == 0, "wall time leads back to the instant (%ld do not)", s.lost);
    ok(s.gaps > 1000 && s.gaps_wrong == 0, "times that were skipped are known as such");
}

int
main(void)
{
    the_hour_that_occurs_twice_has_two_answers();
    zones_are_taken_as_people_write_them();
    what_is_no_zone_is_refused_by_name();
    damaged_files_are_refused();
    every_zone_agrees_with_libc();
    return done_testing();
}
