/* SPDX-License-Identifier: MIT */
#include "logs/patterns.h"

/* One file a family. What is said of the connection as a whole, and bare codes, are asked
 * after the server's own message in whatever language. */
const struct pattern_family pattern_families[] = {
    { patterns_postgres, &patterns_postgres_len, false },
    { patterns_poolers, &patterns_poolers_len, false },
    { patterns_drivers, &patterns_drivers_len, false },
    { patterns_events, &patterns_events_len, false },
    { patterns_libpq, &patterns_libpq_len, true },
    { patterns_late, &patterns_late_len, true },
};
const size_t pattern_families_len = LEN(pattern_families);
