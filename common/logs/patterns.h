/* SPDX-License-Identifier: MIT */
#pragma once
#include "logs/pattern.h"

/* Pieces of the regexes in the tables. A quote may have been escaped (JSON) or doubled (CSV)
 * on its way into the log. */
#define Q        "\\\\{0,3}(?:\"{1,2}|'|`)"
#define ROLE     "(?<role>[^\"'`\\n]{1,128}?)"
#define DATABASE "(?<database>[^\"'`\\n]{1,128}?)"
#define CLIENT   "(?<client>[^\"'`\\n]{1,128}?)"

extern const struct pattern patterns_postgres[], patterns_libpq[], patterns_poolers[],
    patterns_drivers[], patterns_events[], patterns_late[];
extern const size_t patterns_postgres_len, patterns_libpq_len, patterns_poolers_len,
    patterns_drivers_len, patterns_events_len, patterns_late_len;
