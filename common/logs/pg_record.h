/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/strbuf.h"
#include "logs/parts.h"

/* A record of csvlog or jsonlog taken apart by column, and made what it would be on stderr. */
enum pg_column {
    PG_TIME,
    PG_USER,
    PG_DATABASE,
    PG_PID,
    PG_CLIENT,
    PG_SESSION,
    PG_START,
    PG_SEVERITY,
    PG_STATE,
    PG_MESSAGE,
    PG_DETAIL,
    PG_HINT,
    PG_INTERNAL_QUERY,
    PG_CONTEXT,
    PG_QUERY,
    PG_LOCATION,
    PG_PORT, /* jsonlog only: csvlog has it in PG_CLIENT */
    PG_COLUMNS,
};

/* Makes sure that appending `n` bytes moves nothing: views into `scratch` stay good. False:
 * that is more than it may hold. */
bool pg_reserve(struct strbuf *scratch, size_t n);

/* What pg_record_parts() appends at most, beside the columns twice over. */
enum { PG_RECORD_EXTRA = 256 };

/* False if these are no columns of a Postgres log. */
bool pg_record_parts(const struct str columns[PG_COLUMNS], struct strbuf *scratch,
                     struct parts *ret);
