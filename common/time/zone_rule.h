/* SPDX-License-Identifier: MIT */
#pragma once
#include "time/zone.h"

/* The yearly rule of a POSIX TZ string ("CET-1CEST,M3.5.0,M10.5.0/3"), with RFC 8536's
 * wider hours (-167 to 167) and quoted names ("<-03>3"). */
enum { ZONE_NAME_MAX = 16 };

struct zone_change {
    enum { CHANGE_JULIAN, CHANGE_DAY, CHANGE_WEEKDAY } kind; /* Jn, n, Mm.w.d */
    int month, week, day;
    int32_t at; /* seconds after midnight on the clock before the change */
};

struct zone_rule {
    struct {
        char name[ZONE_NAME_MAX];
        int32_t offset; /* seconds east of UTC */
    } standard, summer;
    bool changes; /* false: standard time all year */
    struct zone_change begins, ends;
};

/* False, `*ret` untouched, if `text` is no such string. */
bool zone_rule_parse(struct str text, struct zone_rule *ret);

/* The names in what is returned live as long as `r`. */
struct zone_period zone_rule_period_at(const struct zone_rule *r, int64_t utc_seconds);
