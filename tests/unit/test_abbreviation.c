/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <stdlib.h>

#include "tap.h"
#include "time/abbreviation.h"
#include "time/civil.h"

static struct abbreviations *all;

static struct offsets
on(const char *letters, int year, int month)
{
    struct civil c = { year, month, 15, 12, 0, 0, 0 };

    return abbreviation_readings(all, str_of(letters), civil_to_ns(&c));
}

struct walk {
    long seen, unknown, lost, several_in_january, several_in_july;
    bool counting;
};

static bool
is_word(const char *name)
{
    for (; *name; name++)
        if (!isalpha((unsigned char)*name))
            return false;
    return true;
}

static void
check_period(struct walk *w, struct zone_period p)
{
    struct str letters = str_of(p.abbreviation);
    int64_t noon = MAX(p.from, 0) + 43200;
    struct offsets r;
    bool found = false;

    if (!is_word(p.abbreviation) || strcmp(p.abbreviation, "LMT") == 0)
        return;
    w->seen++;
    w->unknown += !abbreviation_known(letters);
    r = abbreviation_readings(all, letters, SECONDS(noon + p.offset));
    for (unsigned i = 0; i < r.tzdata; i++)
        found |= r.is[i].offset == p.offset;
    if (!found && noon < p.to)
        w->lost++;
}

static bool
check_zone(const char *name, void *data)
{
    struct zone *z;

    if (strncmp(name, "America/", 8) != 0 && strncmp(name, "Asia/", 5) != 0 &&
        strncmp(name, "Pacific/", 8) != 0 && strncmp(name, "Europe/", 7) != 0)
        return true;
    if (zone_open(&z, str_of(name)) != OK)
        return true;
    for (int year = 1995; year < 2030; year += 7) {
        struct civil c = { year, 1, 15, 0, 0, 0, 0 };
        struct zone_period p = zone_period_at(z, civil_to_ns(&c) / NS_PER_S);
        check_period(data, p);
    }
    zone_close(z);
    return true;
}

int
main(void)
{
    static const char *const one_meaning[] = {
        "CET", "EST", "MSK", "JST", "AEDT", "WIB", "NZDT"
    };
    struct walk w = { 0 };
    struct offsets r;

    if (abbreviations_open(&all) != OK)
        return 1;
    r = on("CST", 2026, 1);
    ok(r.tzdata == 3 && r.is[0].offset == -6 * 3600,
       "CST in January is three zones, the likeliest first");
    r = on("IST", 2026, 1);
    ok(r.tzdata == 2 && r.is[0].offset == 19800, "IST in January is India or Israel");
    r = on("IST", 2026, 7);
    ok(r.tzdata == 2 && r.is[1].offset == 3600, "IST in July is India or Ireland");
    r = on("PST", 2026, 1);
    ok(r.tzdata == 2 && r.is[0].offset == -8 * 3600, "PST is Los Angeles or Manila");
    r = on("CDT", 2026, 7);
    ok(r.tzdata == 2, "CDT is Chicago or Havana");
    for (size_t i = 0; i < LEN(one_meaning); i++) {
        r = on(one_meaning[i], 2026, 1);
        ok(r.tzdata == 1, "%s has one meaning in January 2026", one_meaning[i]);
    }
    r = on("MSK", 2013, 1);
    ok(r.tzdata == 1 && r.is[0].offset == 4 * 3600, "MSK was four hours ahead in 2013");
    r = on("BST", 2026, 7);
    ok(r.tzdata == 1 && r.len == 2 && r.is[1].offset == 6 * 3600,
       "BST is Britain; Bangladesh comes behind it");
    r = on("EDT", 2026, 1);
    ok(r.tzdata == 0 && r.len > 0,
       "nobody writes EDT in January: whoever does is not vouched for");
    r = on("GST", 2026, 1);
    ok(r.tzdata == 0 && r.len == 2, "GST is no zone of tzdata, and two of others");
    r = on("FOO", 2026, 1);
    ok(r.len == 0 && !abbreviation_known(STR("FOO")), "FOO is nothing");
    zone_each_name(check_zone, &w);
    printf("# %ld uses of letters\n", w.seen);
    ok(w.seen > 500 && w.unknown == 0, "every abbreviation of tzdata is known (%ld are not)",
       w.unknown);
    ok(w.lost == 0, "and its zone's offset is among the readings (%ld are not)", w.lost);
    abbreviations_close(all);
    return done_testing();
}
