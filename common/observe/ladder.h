/* SPDX-License-Identifier: MIT */
#pragma once
#include "timeline/event.h"

/* What a refusal proves. The order in which a server checks decides it: pg_hba and the number
 * of clients before the password is looked at; the role's rights, its limits and the database
 * only after it was found good. SQLSTATE and the function in the server's source tell the rung
 * in every language; words are looked at only where libpq or a pooler speaks. */

enum database_stage {
    STAGE_RESOLVE,
    STAGE_CONNECT,
    STAGE_TLS,
    STAGE_STARTUP,
    STAGE_LOGIN,
    STAGE_QUERY,
    STAGE_LEN,
};
extern const char *const stage_names[STAGE_LEN];

enum password_verdict { PASSWORD_UNTESTED, PASSWORD_GOOD, PASSWORD_BAD };
extern const char *const password_names[3];

struct refusal {
    struct str sqlstate, routine, message;
};

struct rung {
    const char *sqlstate; /* NULL: none, libpq's own words */
    const char *routine;  /* NULL: any, or none */
    const char *words;    /* in the message; NULL: any */
    enum kind kind;
    enum database_stage stage;
    /* GOOD holds only if the server asked for a password at all. */
    enum password_verdict password;
    bool pooler;           /* only a pooler says it so */
    const char *says;      /* the answer, for people */
    const char *next;      /* what to do; NULL: nothing to add */
    struct refusal sample; /* found by this row first */
};

extern const struct rung ladder[];
extern const size_t ladder_len;

/* The first row that fits; the last row fits all. */
const struct rung *ladder_find(const struct refusal *r);
