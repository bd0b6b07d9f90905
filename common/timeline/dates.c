/* SPDX-License-Identifier: MIT */
#include "timeline/dates.h"

#include "time/zone.h"

#include <stdlib.h>

/* Zones lie between -12 and +14 hours; one hour more for what legislators may think of. */
#define EAST_MAX (15 * 3600)
#define QUARTER  900

struct dates {
    const struct store_clock *clock;
    struct zone *zone; /* NULL: not known */
};

static int64_t
add(int64_t a, int64_t b)
{
    int64_t sum;

    if (__builtin_add_overflow(a, b, &sum))
        return b < 0 ? INT64_MIN : INT64_MAX;
    return sum;
}

/* An offset as it was written: "+05:30", "-0300", "+01", "UTC", "Z". */
static bool
read_fixed(struct str zone, int32_t *ret)
{
    struct zone *z;

    if (!zone.n ||
        (!strchr("+-", zone.p[0]) && !str_eq(zone, STR("UTC")) && !str_eq(zone, STR("Z"))))
        return false;
    if (zone_open(&z, zone) != OK)
        return false;
    *ret = zone_period_at(z, 0).offset;
    zone_close(z);
    return true;
}

struct dates_wall
dates_wall_of(const struct when *w)
{
    struct dates_wall wall = { 0 };
    int64_t ahead;

    if (w->frame == FRAME_UTC)
        return (struct dates_wall){ .known = true };
    if (read_fixed(w->zone, &wall.shift))
        return (struct dates_wall){ .known = true, .shift = wall.shift };
    if (w->span.low == 0 && w->span.high == 0)
        return wall;
    if (span_width(w->span) > w->grain + SECONDS(3599))
        return wall;
    ahead = (w->raw - w->span.low) / NS_PER_S;
    ahead += ahead < 0 ? -QUARTER / 2 : QUARTER / 2;
    return (struct dates_wall){ .known = true, .shift = (int32_t)(ahead / QUARTER * QUARTER) };
}

enum status
dates_open(struct dates **ret, const struct store_clock *c)
{
    struct dates *d = calloc(1, sizeof(*d));

    if (!d)
        return fail(ERR_SYSTEM, "out of memory");
    d->clock = c;
    if (c->zone.n && zone_open(&d->zone, c->zone) != OK)
        d->zone = NULL;
    *ret = d;
    return OK;
}

void
dates_close(struct dates *d)
{
    if (!d)
        return;
    zone_close(d->zone);
    free(d);
}

/* What a record says of its own zone, by evidence of its own, beats what is known of the
 * source as a whole: a server may change its log_timezone midway. */
static bool
source_decides(const struct dates *d, enum zone_from from, struct dates_wall wall)
{
    bool own = wall.known && from != ZONE_UNKNOWN && from < ZONE_SAID;

    return d->zone && !own;
}

/* What the wall showed as an instant; both of them where it showed it twice. */
static struct span
instant(const struct dates *d, const struct when *w, struct dates_wall wall)
{
    if (w->frame == FRAME_UTC)
        return span_at(w->raw);
    if (source_decides(d, w->zone_from, wall)) {
        struct zone_instants at = zone_to_utc(d->zone, w->raw);

        return (struct span){ at.early, at.late };
    }
    if (wall.known)
        return span_at(add(w->raw, -SECONDS(wall.shift)));
    return (struct span){ add(w->raw, -SECONDS(EAST_MAX)), add(w->raw, SECONDS(EAST_MAX)) };
}

static struct span
offset_of(const struct dates *d, enum time_from from)
{
    const struct store_clock *c = d->clock;

    if (from == TIME_ENVELOPE)
        return c->has_envelope_offset ? c->envelope_offset : span_at(0);
    return c->has_offset ? c->offset : span_at(0);
}

struct span
dates_span(const struct dates *d, const struct when *w, struct dates_wall wall)
{
    struct span offset = offset_of(d, w->time_from);
    struct span at = instant(d, w, wall);
    int64_t grain = w->grain > 0 ? w->grain - 1 : 0;

    return (struct span){ add(at.low, -offset.high), add(add(at.high, grain), -offset.low) };
}

/* How far ahead of UTC the zone is, a day around both ends of the window. */
static struct span
zone_east(const struct zone *z, struct span window)
{
    int32_t a = zone_period_at(z, add(window.low, -SECONDS(86400)) / NS_PER_S).offset;
    int32_t b = zone_period_at(z, add(window.high, SECONDS(86400)) / NS_PER_S).offset;

    return (struct span){ SECONDS(MIN(a, b)), SECONDS(MAX(a, b)) };
}

struct span
dates_raw(const struct dates *d, enum frame frame, struct dates_wall wall, struct span window)
{
    struct span widest = { 0, 0 };
    struct span own = offset_of(d, TIME_STAMP), envelope = offset_of(d, TIME_ENVELOPE);

    if (frame == FRAME_WALL) {
        widest = wall.known ? span_at(SECONDS(wall.shift))
                            : (struct span){ -SECONDS(EAST_MAX), SECONDS(EAST_MAX) };
        if (d->zone && wall.known)
            widest = span_join(widest, zone_east(d->zone, window));
    }
    widest = span_add(widest, span_join(own, envelope));
    return (struct span){ add(window.low, widest.low), add(window.high, widest.high) };
}
