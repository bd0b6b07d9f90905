/* SPDX-License-Identifier: MIT */
#include "time/when.h"

const char *const zone_from_names[ZONE_FROM_LEN] = {
    [ZONE_UNKNOWN] = "unknown",   [ZONE_EXPLICIT] = "explicit",
    [ZONE_EPOCH] = "epoch",       [ZONE_SESSION] = "session",
    [ZONE_CHANGED] = "changed",   [ZONE_ABBREVIATION] = "abbreviation",
    [ZONE_SAID] = "said",         [ZONE_ENVELOPE] = "envelope",
    [ZONE_SIBLING] = "sibling",   [ZONE_ANCHOR] = "anchor",
    [ZONE_ASSUMED] = "assumed",   [ZONE_AMBIGUOUS] = "ambiguous",
};

const char *const year_from_names[YEAR_FROM_LEN] = {
    [YEAR_EXPLICIT] = "explicit", [YEAR_SAID] = "said", [YEAR_NEIGHBOUR] = "neighbour",
    [YEAR_FILE] = "file",         [YEAR_NOW] = "now",
};

const char *const time_from_names[TIME_FROM_LEN] = {
    [TIME_STAMP] = "stamp",
    [TIME_ENVELOPE] = "envelope",
    [TIME_INHERITED] = "inherited",
    [TIME_NONE] = "none",
};

int64_t
when_best(const struct when *w)
{
    if (w->has_envelope)
        return w->envelope;
    return w->frame == FRAME_UTC && w->zone_from == ZONE_AMBIGUOUS ? w->raw : w->span.low;
}
