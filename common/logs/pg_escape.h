/* SPDX-License-Identifier: MIT */
#pragma once
#include "logs/parts.h"

/* The escapes of log_line_prefix, one row each (documentation: log_line_prefix; %L is of
 * PostgreSQL 18). */
struct pg_escape {
    char letter;
    /* Bytes of the value that `text` begins with, false if it is none; NULL: any text. */
    bool (*scan)(struct str text, size_t *ret);
    size_t into; /* the offset of its view in struct parts; 0: not kept */
};

/* NULL if there is no such escape. */
const struct pg_escape *pg_escape_of(char letter);

/* "2026-11-22 01:50:40.123 CET" and nothing behind it. */
bool pg_scan_stamp(struct str text, size_t *ret);
bool pg_scan_epoch(struct str text, size_t *ret);
bool pg_scan_session(struct str text, size_t *ret);
bool pg_scan_state(struct str text, size_t *ret);
bool pg_scan_digits(struct str text, size_t *ret);
bool pg_scan_vxid(struct str text, size_t *ret);

/* Puts an SQLSTATE that stands before the message (log_error_verbosity = verbose) where it
 * belongs. */
void pg_take_state(struct parts *parts);
