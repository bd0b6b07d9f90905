/* SPDX-License-Identifier: MIT */
#include "triage.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "observe/database.h"

enum status
triage_take_database(struct pg_target **ret, char *word)
{
    struct pg_target *t;
    enum status st;

    if (*ret)
        return fail(ERR_USAGE, "one database at a time");
    t = calloc(1, sizeof(*t));
    if (!t)
        return fail(ERR_SYSTEM, "out of memory");
    st = pg_target_read(t, word);
    if (st != OK) {
        free(t);
        return st;
    }
    *ret = t;
    if (t->password_from != PG_PASSWORD_CONNINFO)
        return OK;
    explicit_bzero(word, strlen(word));
    return fail(ERR_USAGE, "a password in the words of a command can be read by every user: "
                           "--password file:PATH, env:VAR or fd:N");
}

void
triage_drop_database(struct pg_target *t)
{
    if (!t)
        return;
    pg_target_done(t);
    free(t);
}

enum status
triage_ask_database(const struct pg_target *t, int64_t timeout, struct strbuf *says)
{
    struct database_request q = { .target = (struct pg_target *)t,
                                  .silent = !triage_args.login,
                                  .timeout = timeout };
    struct secret password = { 0 };
    struct database_check c = { 0 };
    enum status st = OK;

    if (triage_args.password) {
        st = secret_read(&password, triage_args.password);
        q.password = &password;
        q.password_where = triage_args.password;
    }
    if (st == OK)
        st = database_check(&c, &q);
    if (st == OK) {
        utf8_show(says, str_of(t->shown), false);
        strbuf_adds(says, "  ");
        utf8_show(says, c.answer, false);
        strbuf_addc(says, '\n');
        database_check_done(&c);
    }
    secret_done(&password);
    return st;
}
