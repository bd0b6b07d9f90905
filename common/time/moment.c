/* SPDX-License-Identifier: MIT */
#include "time/moment.h"

#include "time/abbreviation.h"
#include "time/duration.h"
#include "time/stamp.h"

#define DAY_NS (86400 * NS_PER_S)

struct reading {
    const struct zone *viewer;
    int64_t now;
};

static struct span
at_wall(const struct reading *r, int64_t wall, int64_t grain)
{
    int64_t utc = zone_to_utc(r->viewer, wall).early;

    return (struct span){ utc, utc + grain - 1 };
}

/* Midnight of today on the viewer's wall. */
static int64_t
midnight(const struct reading *r)
{
    int64_t wall = zone_to_wall(r->viewer, r->now);

    return wall - ((wall % DAY_NS) + DAY_NS) % DAY_NS;
}

/* "03:06" or "03:06:11.5": ns past midnight, and what the last unit is worth. */
static bool
read_time_of_day(struct str text, int64_t *ret, int64_t *ret_grain)
{
    static const int64_t worth[] = { 3600 * NS_PER_S, 60 * NS_PER_S, NS_PER_S };
    static const uint64_t below[] = { 24, 60, 60 };
    int64_t at = 0, second;
    size_t i = 0;

    for (; i < 2 && text.n > 0; i++) {
        struct str field = str_cut(&text, ':');
        uint64_t value;

        if (field.n != 2 || !str_to_u64(field, &value) || value >= below[i])
            return false;
        at += (int64_t)value * worth[i];
    }
    if (i < 2)
        return false;
    *ret_grain = worth[1];
    if (text.n > 0) {
        if (text.n < 2 || !duration_read(text, &second) || second >= worth[1])
            return false;
        at += second;
        *ret_grain = text.n > 2 ? 1 : NS_PER_S;
    }
    *ret = at;
    return true;
}

static bool
read_now(const struct reading *r, struct str text, struct moment *ret)
{
    ret->span = span_at(r->now);
    return str_eq(text, STR("now"));
}

static bool
read_epoch(const struct reading *r, struct str text, struct moment *ret)
{
    int64_t ns;

    (void)r;
    if (!str_starts(text, STR("@")) || !duration_read(str_skip(text, 1), &ns))
        return false;
    ret->span = span_at(ns);
    return text.p[text.n - 1] >= '0' && text.p[text.n - 1] <= '9';
}

static bool
read_ago(const struct reading *r, struct str text, struct moment *ret)
{
    int64_t ns;

    if (str_starts(text, STR("-")))
        text = str_skip(text, 1);
    else if (str_ends(text, STR(" ago")))
        text.n -= 4;
    else
        return false;
    if (!duration_read(text, &ns))
        return false;
    ret->span = span_at(r->now - ns);
    return true;
}

static bool
read_clock(const struct reading *r, struct str text, struct moment *ret)
{
    int64_t of_day, grain;

    if (!read_time_of_day(text, &of_day, &grain))
        return false;
    ret->span = at_wall(r, midnight(r) + of_day, grain);
    if (ret->span.low > r->now)
        ret->span = at_wall(r, midnight(r) - DAY_NS + of_day, grain);
    return true;
}

/* How many days back a word lies; -1 if it is no day's word. */
static int
days_back(struct str word, int weekday_today)
{
    static const char *const days[] = { "sunday",   "monday", "tuesday", "wednesday",
                                        "thursday", "friday", "saturday" };

    if (str_eq(word, STR("today")))
        return 0;
    if (str_eq(word, STR("yesterday")))
        return 1;
    for (int i = 0; i < (int)LEN(days); i++)
        if (str_eq(word, str_of(days[i])))
            return (weekday_today - i + 7) % 7;
    return -1;
}

static bool
read_day_word(const struct reading *r, struct str text, struct moment *ret)
{
    int64_t today = midnight(r), of_day = 0, grain = 1;
    struct str rest = text, word = str_cut(&rest, ' ');
    int back = days_back(word, civil_weekday(today / DAY_NS));

    if (back < 0 || (rest.n > 0 && !read_time_of_day(rest, &of_day, &grain)))
        return false;
    ret->span = at_wall(r, today - back * DAY_NS + of_day, grain);
    return true;
}

/* "2026-11-22 03:06 CET": only letters that mean one thing then. */
static bool
by_letters(const struct stamp *s, int64_t wall, struct moment *ret)
{
    struct abbreviations *a;
    struct offsets o;
    int64_t utc;

    if (abbreviations_open(&a) != OK)
        return false;
    o = abbreviation_readings(a, s->zone, wall);
    abbreviations_close(a);
    if (o.tzdata != 1)
        return false;
    utc = wall - SECONDS(o.is[0].offset);
    ret->span = (struct span){ utc, utc + s->grain - 1 };
    return true;
}

/* Any stamp with a date; one without a time means midnight. */
static bool
read_stamp(const struct reading *r, struct str text, struct moment *ret)
{
    AUTO(strbuf) whole = { .max = 256 };
    struct stamp s;
    int64_t wall;

    strbuf_add(&whole, text);
    if (text.n == 10 && text.p[4] == '-')
        strbuf_adds(&whole, "T00:00:00.000000000");
    if (!stamp_read(strbuf_str(&whole), NULL, &s) || s.at + s.length != whole.n)
        return false;
    if (!s.has_date || !s.has_year || s.day_or_month)
        return false;
    wall = civil_to_ns(&s.civil);
    if (s.kind == STAMP_ABBREVIATION)
        return by_letters(&s, wall, ret);
    if (s.kind == STAMP_NAIVE) {
        ret->span = at_wall(r, wall, s.grain);
        return true;
    }
    if (s.kind == STAMP_NAMED) {
        struct zone *named;

        if (zone_open(&named, s.zone))
            return false;
        ret->span = at_wall(&(struct reading){ named, r->now }, wall, s.grain);
        zone_close(named);
        return true;
    }
    if (s.kind == STAMP_OFFSET)
        wall -= SECONDS(s.offset);
    ret->span = (struct span){ wall, wall + s.grain - 1 };
    return true;
}

/* "first:auth_failed-30s": the shift begins at the first sign behind the kind. */
static bool
read_event(const struct reading *r, struct str text, struct moment *ret)
{
    struct str rest = text, which = str_cut(&rest, ':');
    size_t sign = 0;

    (void)r;
    ret->last = str_eq(which, STR("last"));
    if (rest.n == 0 ||
        !(ret->last || str_eq(which, STR("first")) || str_eq(which, STR("event"))))
        return false;
    while (sign < rest.n && rest.p[sign] != '+' && rest.p[sign] != '-')
        sign++;
    ret->event = str_head(rest, sign);
    ret->is_event = true;
    if (sign == rest.n)
        return ret->event.n > 0;
    if (!duration_read(str_skip(rest, sign + 1), &ret->shift))
        return false;
    ret->shift = rest.p[sign] == '-' ? -ret->shift : ret->shift;
    return ret->event.n > 0;
}

enum status
moment_read(struct moment *ret, const char *text, const struct zone *viewer, int64_t now)
{
    static bool (*const ways[])(const struct reading *, struct str, struct moment *) = {
        read_now, read_epoch, read_ago, read_clock, read_day_word, read_event, read_stamp,
    };
    struct reading r = { viewer, now };

    for (size_t i = 0; i < LEN(ways); i++) {
        struct moment m = { 0 };

        if (!ways[i](&r, str_trim(str_of(text)), &m))
            continue;
        *ret = m;
        return OK;
    }
    return fail(ERR_USAGE,
                "'%s' is no time like 2026-11-22T03:06:11Z, 03:06, -15m, today or "
                "first:auth_failed-30s",
                text);
}

enum status
moment_window(struct span since, struct span until, struct span *ret)
{
    AUTO(strbuf) from = { .max = 64 };
    AUTO(strbuf) to = { .max = 64 };

    if (since.low <= until.high) {
        *ret = (struct span){ since.low, until.high };
        return OK;
    }
    civil_print(&from, since.low, 3);
    civil_print(&to, until.high, 3);
    return fail(ERR_USAGE, "the window begins at %s and ends before, at %s", strbuf_text(&from),
                strbuf_text(&to));
}
