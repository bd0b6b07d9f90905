/* SPDX-License-Identifier: MIT */
#include "targets.h"

#include <stdlib.h>

#include "args.h"

enum { TARGETS_MAX = 10000 };

static enum status
add(struct targets *t, const char *conninfo)
{
    struct pg_target *more;

    if (t->len == TARGETS_MAX)
        return fail(ERR_LIMIT, "more than %d targets", TARGETS_MAX);
    more = realloc(t->all, (t->len + 1) * sizeof(*more));
    if (!more)
        return fail(ERR_SYSTEM, "no memory for %zu targets", t->len + 1);
    t->all = more;
    enum status st = pg_target_read(&t->all[t->len], conninfo);
    if (st == OK)
        t->len++;
    return st;
}

/* A word of the command line stands in /proc for everyone to read. */
static enum status
add_word(struct targets *t, char *word)
{
    enum status st = add(t, word);

    if (st != OK || t->all[t->len - 1].password_from != PG_PASSWORD_CONNINFO)
        return st;
    explicit_bzero(word, strlen(word));
    return fail(ERR_USAGE, "a password on the command line can be read by every user of this "
                           "machine: leave it out and say --password file:PATH, env:VAR, fd:N "
                           "or prompt:, or use PGPASSWORD, PGPASSFILE or a service");
}

static enum status
add_line(struct targets *t, struct str line, unsigned number)
{
    AUTO(secret) text = { 0 };
    enum status st;

    line = str_trim(line);
    if (line.n == 0 || line.p[0] == '#')
        return OK;
    st = secret_set(&text, line);
    if (st == OK)
        st = add(t, secret_reveal(&text).p);
    return st == OK ? OK : note(st, "%s:%u", args.targets, number);
}

static enum status
add_file(struct targets *t)
{
    AUTO(secret) text = { 0 };
    AUTO(strbuf) spec = { .max = STRBUF_LINE };
    struct str rest;
    enum status st;

    if (strcmp(args.targets, "-") == 0)
        strbuf_adds(&spec, "fd:0");
    else
        strbuf_addf(&spec, "file:%s", args.targets);
    st = secret_read(&text, strbuf_text(&spec));
    rest = secret_reveal(&text);
    for (unsigned number = 1; st == OK && rest.n > 0; number++)
        st = add_line(t, str_cut(&rest, '\n'), number);
    return st;
}

enum status
targets_read_one(struct targets *ret, const char *conninfo)
{
    struct targets t = { 0 };
    AUTO(strbuf) word = { .max = STRBUF_LINE };
    enum status st;

    strbuf_adds(&word, conninfo);
    st = add_word(&t, word.n ? word.p : (char[]){ "" });
    if (st == OK && args.password)
        st = secret_read(&t.password, args.password);
    t.has_password = args.password != NULL;
    if (st != OK) {
        targets_done(&t);
        return st;
    }
    *ret = t;
    return OK;
}

enum status
targets_read(struct targets *ret, int argc, char **argv)
{
    struct targets t = { 0 };
    enum status st = OK;

    for (int i = 0; st == OK && i < argc; i++)
        st = add_word(&t, argv[i]);
    if (st == OK && args.targets)
        st = add_file(&t);
    if (st == OK && t.len == 0 && !args.targets)
        st = add(&t, "");
    if (st == OK && args.password)
        st = secret_read(&t.password, args.password);
    t.has_password = args.password != NULL;
    if (st != OK) {
        targets_done(&t);
        return st;
    }
    *ret = t;
    return OK;
}

void
targets_done(struct targets *t)
{
    for (size_t i = 0; i < t->len; i++)
        pg_target_done(&t->all[i]);
    free(t->all);
    secret_done(&t->password);
    *t = (struct targets){ 0 };
}
