/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/base.h"

/* What libpq says of a connection that failed, taken apart. Under PQERRORS_VERBOSE it is a
 * block an attempt (sslmode=prefer makes two, several hosts make more):
 *   connection to server at "H", port P failed: FATAL:  28P01: password authentication ...
 *   DETAIL:  ...
 *   LOCATION:  auth_failed, auth.c:334
 * The severity and the text may be in any language the server speaks; SQLSTATE and function
 * are not. Words of libpq itself carry neither. */
struct pg_refusal {
    struct str place; /* "server at "H", port P"; empty before there was one */
    struct str severity, sqlstate, message, detail, hint; /* views; empty if not there */
    struct str routine;  /* "auth_failed": the function in the server's source */
    struct str passfile; /* the file libpq took the password from, if it says so */
};

/* At most `max` of them, in order; returns how many there are. */
size_t pg_refusals_read(struct str text, struct pg_refusal *ret, size_t max);
