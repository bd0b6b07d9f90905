/* SPDX-License-Identifier: MIT */
#include "observe/source_dates.h"

#include <fnmatch.h>
#include <stdlib.h>

#include "time/now.h"
#include "time/zone.h"

struct source_dates {
    struct zone *zone;
    bool said, guessed;
    int year;
    enum year_from year_from;
};

/* What the last "[GLOB=]VALUE" says that is meant for this source; NULL if none is. */
static const char *
said_for(const char *const *items, size_t len, const char *name)
{
    const char *found = NULL;

    for (size_t i = 0; i < len; i++) {
        const char *equals = strrchr(items[i], '=');
        char *glob = equals ? strndup(items[i], (size_t)(equals - items[i])) : NULL;

        if (equals == NULL)
            found = items[i];
        else if (glob && fnmatch(glob, name, 0) == 0)
            found = equals + 1;
        free(glob);
    }
    return found;
}

enum status
source_dates_open(struct source_dates **ret, const struct reader_request *q,
                  const struct source *source)
{
    struct source_dates *d = calloc(1, sizeof(*d));
    const char *zone = said_for(q->zones, q->zones_len, source->name);
    const char *year = said_for(q->years, q->years_len, source->name);
    uint64_t said = 0;
    int64_t anchor = source->modified ? source->modified : now_real();

    if (d == NULL)
        return fail(ERR_SYSTEM, "no memory left");
    d->said = zone != NULL;
    if (zone_open(&d->zone, str_of(zone ? zone : "UTC")) != OK) {
        free(d);
        return ERR_USAGE;
    }
    d->year = civil_from_ns(anchor).year;
    d->year_from = source->modified ? YEAR_FILE : YEAR_NOW;
    if (year && str_to_u64(str_of(year), &said)) {
        d->year = (int)said;
        d->year_from = YEAR_SAID;
    }
    *ret = d;
    return OK;
}

void
source_dates_close(struct source_dates *d)
{
    if (d == NULL)
        return;
    zone_close(d->zone);
    free(d);
}

void
source_dates_of(struct source_dates *d, const struct reading *rd, struct when *ret)
{
    const struct stamp *stamp = rd->parts.has_stamp ? &rd->parts.stamp : &rd->outer;
    struct civil civil = stamp->civil;

    *ret = (struct when){ .time_from = TIME_NONE };
    if ((!rd->parts.has_stamp && !rd->has_outer) || !stamp->has_date)
        return;
    ret->time_from = rd->parts.has_stamp ? TIME_STAMP : TIME_ENVELOPE;
    if (!stamp->has_year) {
        civil.year = d->year;
        ret->year_from = d->year_from;
    }
    ret->grain = stamp->grain;
    ret->raw = civil_to_ns(&civil);
    ret->zone = stamp->zone;
    if (stamp->kind == STAMP_OFFSET || stamp->kind == STAMP_EPOCH) {
        ret->raw -= SECONDS(stamp->offset);
        ret->zone_from = stamp->kind == STAMP_EPOCH ? ZONE_EPOCH : ZONE_EXPLICIT;
        ret->frame = FRAME_UTC;
        ret->span.low = ret->raw;
    } else {
        ret->frame = FRAME_WALL;
        ret->zone = str_of(zone_name(d->zone));
        ret->zone_from = d->said ? ZONE_SAID : ZONE_ASSUMED;
        d->guessed |= !d->said;
        ret->span.low = zone_to_utc(d->zone, ret->raw).early;
    }
    ret->span.high = ret->span.low + ret->grain - 1;
}

void
source_dates_clock(const struct source_dates *d, struct store_clock *ret, struct str *ret_why,
                   bool *ret_guessed)
{
    *ret = (struct store_clock){ .zone = str_of(zone_name(d->zone)),
                                 .zone_from = d->said ? ZONE_SAID : ZONE_ASSUMED };
    *ret_why = d->said ? STR("as you said") : STR("assumed: nothing says");
    *ret_guessed = d->guessed;
}
