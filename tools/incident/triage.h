/* SPDX-License-Identifier: MIT */
#pragma once
#include "cli/options.h"

/* `incident triage`: logs, routes and the database looked at together; one screen. */

struct triage_args {
    const char *password; /* where the database's is to be taken from */
    bool login; /* one real login: a refusal leaves a line in the server's log */
};
extern struct triage_args triage_args;

enum exit_code triage_verb(int argc, char **argv);

struct pg_target;

/* The database that a word of the command names; a password in it is wiped there and refused.
 * ERR_USAGE if one is named already (`*ret` is not NULL). */
must_check enum status triage_take_database(struct pg_target **ret, char *word);
void triage_drop_database(struct pg_target *t);

/* Looks at it, and says in a line what came of it. */
must_check enum status triage_ask_database(const struct pg_target *t, int64_t timeout,
                                           struct strbuf *says);
