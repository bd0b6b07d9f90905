/* SPDX-License-Identifier: MIT */
#pragma once
#include "time/span.h"

/* When something happened, and how that is known. What a clock wrote is kept as it was
 * written (`raw`, on the face of `frame`), beside what it is held to mean (`span`): a better
 * zone or a measured clock offset gives a new span and never a new raw. */

/* The face that `raw` is read from. */
enum frame {
    FRAME_UTC,  /* the stamp itself says which instant: an offset, Z, an epoch */
    FRAME_WALL, /* a naive local time: the source's zone decides */
};

/* Where the zone was taken from, in order of trust. */
enum zone_from {
    ZONE_UNKNOWN,
    ZONE_EXPLICIT,     /* in the stamp: an offset, Z, UTC, GMT */
    ZONE_EPOCH,        /* the stamp counts seconds since 1970 */
    ZONE_SESSION,      /* a Postgres session id against its own start stamp */
    ZONE_CHANGED,      /* the log said: parameter "log_timezone" changed */
    ZONE_ABBREVIATION, /* every zone of tzdata that uses it at that instant agrees */
    ZONE_SAID,         /* the user said so (--zone) */
    ZONE_ENVELOPE,     /* the second stamp of the same line */
    ZONE_SIBLING,      /* stamps of the same process that carry a zone */
    ZONE_ANCHOR,       /* the same event found in another source */
    ZONE_ASSUMED,      /* nothing: taken as the assumption shown */
    ZONE_AMBIGUOUS,    /* several readings are left; the span holds all */
    ZONE_FROM_LEN,
};

enum year_from {
    YEAR_EXPLICIT,
    YEAR_SAID,     /* --year, --now */
    YEAR_NEIGHBOUR, /* another stamp of the same source carries one */
    YEAR_FILE,     /* the file's own modification time */
    YEAR_NOW,      /* the most recent that is not in the future */
    YEAR_FROM_LEN,
};

enum time_from {
    TIME_STAMP,     /* the record's own stamp */
    TIME_ENVELOPE,  /* only the container runtime's, journald's or syslog's stamp */
    TIME_INHERITED, /* none of its own: that of the record before it */
    TIME_NONE,
    TIME_FROM_LEN,
};

/* Words of the contract, indexed by the enums ("explicit", "year", ...). */
extern const char *const zone_from_names[ZONE_FROM_LEN];
extern const char *const year_from_names[YEAR_FROM_LEN];
extern const char *const time_from_names[TIME_FROM_LEN];

struct when {
    int64_t raw;   /* ns as written, on the face of `frame` */
    int64_t grain; /* ns one unit of the last printed digit stands for: [raw, raw + grain) */
    enum frame frame;
    enum zone_from zone_from;
    enum year_from year_from;
    enum time_from time_from;
    struct str zone;   /* as written ("CET", "+0100") or as taken ("Europe/Berlin") */
    struct span span;  /* UTC, this machine's clock if the source's offset is known */
    bool has_envelope; /* the line was stamped a second time on its way */
    int64_t envelope;  /* UTC ns of that second stamp */
};

/* The likeliest instant. What passed the line on stamped it by the one clock of its node,
 * finely and in UTC: where it did, that; else the reading that most writers mean. */
int64_t when_best(const struct when *w);
