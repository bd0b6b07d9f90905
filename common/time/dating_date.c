/* SPDX-License-Identifier: MIT */
#include <limits.h>

#include "time/dating_parts.h"
#include "time/now.h"

/* Years that are not written, days and months in an unknown order, times without a date.
 *
 * A year is the latest that does not lie behind the anchor (when the file was last written,
 * or now). Two stamps of one source are near each other, so a stamp with a year next to it
 * says more than the file's own time; what the user says, says most. */

#define DAY   SECONDS(86400)
#define MONTH (30 * DAY)

static int64_t
distance(int64_t a, int64_t b)
{
    return a > b ? a - b : b - a;
}

static int64_t
anchor(const struct dating *d, enum year_from *ret)
{
    int64_t now = d->given.now ? d->given.now : now_real();

    if (d->given.now_said) {
        *ret = YEAR_SAID;
        return dating_wall(d, now);
    }
    /* clocks may differ by zones and by mistake: a day is no year */
    *ret = d->given.modified && d->given.modified < now ? YEAR_FILE : YEAR_NOW;
    return dating_wall(d, *ret == YEAR_FILE ? d->given.modified : now) + DAY;
}

/* `c` in a year: the day must exist in it. */
static bool
in_year(const struct civil *c, int year, int64_t *ret)
{
    struct civil t = *c;

    t.year = year;
    if (!civil_valid(&t))
        return false;
    *ret = civil_to_ns(&t);
    return true;
}

/* The latest such day that is not past `end`; eight years reach the leap day before. */
static bool
latest_year(const struct civil *c, int64_t end, int weekday, int *ret)
{
    int first = civil_from_ns(end).year, fallback = 0;

    for (int y = first; y > first - 9; y--) {
        int64_t wall;
        if (!in_year(c, y, &wall) || wall > end)
            continue;
        if (weekday < 0 || civil_weekday(civil_days(y, c->month, c->day)) == weekday) {
            *ret = y;
            return true;
        }
        fallback = fallback ? fallback : y;
    }
    *ret = fallback;
    return fallback != 0;
}

static bool
nearest_year(const struct civil *c, int64_t to, int *ret)
{
    int64_t best = INT64_MAX, wall;
    int around = civil_from_ns(to).year;

    for (int y = around - 1; y <= around + 1; y++) {
        if (!in_year(c, y, &wall) || distance(wall, to) >= best)
            continue;
        best = distance(wall, to);
        *ret = y;
    }
    return best != INT64_MAX;
}

/* The year that was said, and the next one once the source has turned from the last days of
 * December to the first of January. */
static bool
said_year(struct dating *d, const struct civil *c, int *ret)
{
    int64_t wall;
    int year = d->given.year + d->said_turns;

    if (d->has_year && in_year(c, year + 1, &wall) && wall > d->year_wall &&
        wall - d->year_wall < DAY * 14) {
        d->said_turns++;
        year++;
    }
    if (d->said_turns > 0 && in_year(c, year - 1, &wall) && wall <= d->year_wall &&
        d->year_wall - wall < DAY * 14)
        year--; /* late: the last of the old year behind the first of the new */
    *ret = year;
    if (!in_year(c, year, &wall))
        return false;
    d->has_year = true;
    d->year_wall = wall;
    return true;
}

static bool
find_year(struct dating *d, const struct stamp *s, struct civil *c, enum year_from *ret)
{
    int64_t wall, end = anchor(d, ret);
    int weekday = d->given.now_said ? -1 : s->weekday;

    if (d->given.year) {
        *ret = YEAR_SAID;
        return said_year(d, c, &c->year);
    }
    if (d->has_year && !d->given.now_said && nearest_year(c, d->year_wall, &c->year)) {
        *ret = YEAR_NEIGHBOUR;
        if (in_year(c, c->year, &wall) && wall <= MAX(end, d->year_wall + MONTH)) {
            d->year_wall = wall;
            return true;
        }
    }
    d->guessed |= *ret != YEAR_SAID;
    return latest_year(c, end, weekday, &c->year);
}

/* Which of the orders that every stamp allowed the source goes back in least; of equal ones
 * the one whose year is the nearest that is not past the anchor's, the American one first. */
static enum stamp_order
likely_order(const struct dating *d, const struct stamp *s)
{
    enum year_from from;
    int last = civil_from_ns(anchor(d, &from)).year, nearest = INT_MIN;
    unsigned least = UINT32_MAX;
    int best = 0;

    for (int i = 0; i < 3; i++) {
        struct civil c;
        int year;

        if (!(d->orders & s->orders & 1 << i) || !stamp_reorder(s, 1 << i, &c))
            continue;
        year = c.year <= last ? c.year : INT_MIN + 1;
        if (d->order_backward[i] > least || (d->order_backward[i] == least && year <= nearest))
            continue;
        least = d->order_backward[i];
        nearest = year;
        best = 1 << i;
    }
    return best;
}

static bool
settle_order(struct dating *d, const struct stamp *s, struct civil *c)
{
    enum stamp_order order;
    struct civil other;

    if (!s->day_or_month)
        return true;
    if (d->orders == 0)
        dating_learn_order(d, s);
    order = likely_order(d, s);
    /* nothing but the writer's habit decides: AM and PM are written in America */
    if ((d->orders & (d->orders - 1)) != 0) {
        d->guessed = true;
        if (!s->short_year && d->order_half && (s->orders & ORDER_MDY))
            order = ORDER_MDY;
        else if (!s->short_year && d->order_backward[0] == d->order_backward[1])
            return true; /* as it was read: by its separator */
    }
    if (order && stamp_reorder(s, order, &other)) {
        c->year = other.year;
        c->month = other.month;
        c->day = other.day;
    }
    return true;
}

void
dating_learn_order(struct dating *d, const struct stamp *s)
{
    if (s->orders == 0)
        return;
    for (int i = 0; i < 3; i++) {
        struct civil c;
        int64_t wall;
        if (!stamp_reorder(s, 1 << i, &c))
            continue;
        wall = civil_to_ns(&c);
        if (d->orders != 0 && wall < d->order_last[i] - DAY)
            d->order_backward[i]++;
        d->order_last[i] = wall;
    }
    d->orders = d->orders ? d->orders & s->orders : s->orders;
    if (d->orders == 0)
        d->orders = s->orders; /* two writers; the later one is asked */
}

/* A time of day alone: the day of the time before it, or the next if half a day was lost;
 * the first one lies on the latest day that is not past the anchor. */
static void
find_day(struct dating *d, struct civil *c, enum year_from *ret)
{
    struct civil day = *c;
    int64_t wall, end = anchor(d, ret);

    if (d->has_date) {
        struct civil was = civil_from_ns(d->date_wall);
        day.year = was.year;
        day.month = was.month;
        day.day = was.day;
        wall = civil_to_ns(&day);
        if (d->date_wall - wall > DAY / 2)
            wall += DAY;
        else if (wall - d->date_wall > DAY / 2 && wall - d->date_wall - DAY > -DAY / 24)
            wall -= DAY;
        *ret = YEAR_NEIGHBOUR;
    } else {
        struct civil last = civil_from_ns(*ret == YEAR_SAID ? end : end - DAY);
        day.year = last.year;
        day.month = last.month;
        day.day = last.day;
        wall = civil_to_ns(&day);
        if (wall > (*ret == YEAR_SAID ? end : end - DAY + DAY / 24))
            wall -= DAY;
        d->guessed = true;
    }
    *c = civil_from_ns(wall);
}

bool
dating_complete(struct dating *d, const struct stamp *s, struct civil *ret,
                enum year_from *from)
{
    struct civil c = s->civil;

    *from = YEAR_EXPLICIT;
    if (!s->has_date)
        find_day(d, &c, from);
    else if (!s->has_year && !find_year(d, s, &c, from))
        return false;
    else if (s->has_year && !settle_order(d, s, &c))
        return false;
    if (!civil_valid(&c))
        return false;
    if (s->has_year && s->has_date && !d->given.year) {
        d->has_year = true;
        d->year_wall = civil_to_ns(&c);
    }
    d->has_date = true;
    d->date_wall = civil_to_ns(&c);
    *ret = c;
    return true;
}
