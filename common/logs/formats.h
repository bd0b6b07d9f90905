/* SPDX-License-Identifier: MIT */
#pragma once
#include "logs/format.h"

/* The tables behind formats_known[], and the pieces their patterns share. */

extern const struct format formats_envelopes[];
extern const size_t formats_envelopes_len;
extern const struct format formats_servers[];
extern const size_t formats_servers_len;
extern const struct format formats_applications[];
extern const size_t formats_applications_len;

/* 2026-11-22T03:06:11.402, with a blank or a T, a point or a comma. */
#define ISO     "\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?"
#define OFFSET  "(?:Z|[+-]\\d\\d(?::?\\d\\d)?)"
#define ZONE    "(?: ?(?:" OFFSET "|[A-Z]{3,5}))?"
#define SYSLOG  "[A-Z][a-z]{2} [ \\d]?\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?"
#define LEVELS                                                                                 \
    "EMERG|ALERT|CRITICAL|CRIT|FATAL|SEVERE|ERROR|WARNING|WARN|NOTICE|INFO|DEBUG|TRACE|FINE"
#define QUOTED  "(?:[^\"\\\\]|\\\\.)*"
#define METHODS "GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|CONNECT|TRACE"
