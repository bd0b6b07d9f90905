/* SPDX-License-Identifier: MIT */
#pragma once
#include "time/span.h"

/* A time zone: what clocks on a wall show there, read from tzdata's files (TZif, RFC 8536,
 * versions 1-4, with the rule in the footer for instants past the table) under $TZDIR or
 * /usr/share/zoneinfo. libc's own zones are process-wide, take a wrong name for UTC and
 * answer one instant where two are true: none of that here. */
struct zone;

/* An IANA name; "UTC", "GMT", "Z"; a fixed offset "+01:00", "-0330", "+05", "UTC+3" (east is
 * plus); a POSIX string "CET-1CEST,M3.5.0,M10.5.0/3"; "local": this machine's own.
 * ERR_USAGE names a zone that is not one. */
must_check enum status zone_open(struct zone **ret, struct str name);

/* A zone that never changes, `offset` seconds east of UTC. */
must_check enum status zone_open_fixed(struct zone **ret, int32_t offset);

/* The bytes of a TZif file; ERR_PARSE says what is wrong with them. */
must_check enum status zone_open_bytes(struct zone **ret, struct str name, struct str tzif);
void zone_close(struct zone *z);

/* As it was given; "local" as the name found behind it; "+01:00" for an offset. */
const char *zone_name(const struct zone *z);

/* What holds from one change of the clocks to the next: [from, to) in seconds since 1970,
 * INT64_MIN and INT64_MAX where it has no end. */
struct zone_period {
    int64_t from, to;
    int32_t offset; /* seconds east of UTC */
    bool summer;
    const char *abbreviation; /* lives as long as the zone */
};
struct zone_period zone_period_at(const struct zone *z, int64_t utc_seconds);

/* The instants a wall clock may mean. */
struct zone_instants {
    int64_t early, late; /* ns UTC; they differ where the clock showed that time twice */
    bool gap;            /* it never showed it: taken by the offset before the jump */
};
struct zone_instants zone_to_utc(const struct zone *z, int64_t wall);

/* What the wall clock shows at an instant. */
int64_t zone_to_wall(const struct zone *z, int64_t utc);

/* Every zone of tzdata, one call each; stops when `each` returns false. Aliases come too. */
void zone_each_name(bool (*each)(const char *name, void *data), void *data);
