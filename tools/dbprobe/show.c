/* SPDX-License-Identifier: MIT */
#include "show.h"

#include "base/utf8.h"
#include "cli/output.h"
#include "report/words.h"

/* What a server, a resolver or a certificate says may hold anything. */
static void
add_safe(struct strbuf *out, struct str text)
{
    utf8_show(out, text, false);
}

static void
show_head(const struct database_check *c, struct strbuf *out)
{
    size_t start = out->n;

    add_safe(out, str_of(c->target->shown));
    strbuf_fill(out, ' ', out->n - start < 44 ? 44 - (out->n - start) : 2);
    if (c->password_from == PG_PASSWORD_NONE)
        strbuf_adds(out, "no password");
    else
        strbuf_addf(out, "password from " STR_FMT, STR_ARG(c->password_where));
    strbuf_addc(out, '\n');
    if (c->password_ignored.n > 0)
        strbuf_addf(out, "          libpq ignores " STR_FMT "\n", STR_ARG(c->password_ignored));
}

static struct str
says_of(const struct database_check *c, enum database_stage stage, struct strbuf *scratch)
{
    const struct stage_outcome *s = &c->stages[stage];

    strbuf_clear(scratch);
    if (stage == STAGE_LOGIN && !s->ok && c->sqlstate.n > 0)
        strbuf_addf(scratch, "refused, " STR_FMT, STR_ARG(c->sqlstate));
    else if (stage == STAGE_LOGIN && s->ok && c->server.n > 0)
        strbuf_addf(scratch, "let in, " STR_FMT, STR_ARG(c->server));
    else
        add_safe(scratch, s->says);
    return strbuf_str(scratch);
}

static void
show_stage(const struct database_check *c, enum database_stage stage, struct strbuf *out)
{
    const struct stage_outcome *s = &c->stages[stage];
    AUTO(strbuf) says = { .max = STRBUF_LINE };
    struct str text = says_of(c, stage, &says);

    strbuf_addf(out, "%-10s", stage_names[stage]);
    output_styled(out, s->ok ? STYLE_PLAIN : STYLE_BAD, text);
    if (text.n < 54)
        strbuf_fill(out, ' ', 54 - text.n);
    strbuf_addf(out, " %8.1f ms\n", (double)s->took / 1e6);
}

/* Where the server's own sentence adds to ours. */
static void
show_message(const struct database_check *c, struct strbuf *out)
{
    if (c->ok || c->sqlstate.n == 0)
        return;
    strbuf_adds(out, "It said: ");
    add_safe(out, c->message);
    if (c->detail.n > 0) {
        strbuf_adds(out, " (");
        add_safe(out, c->detail);
        strbuf_addc(out, ')');
    }
    strbuf_addc(out, '\n');
}

static void
show_password(const struct database_check *c, struct strbuf *out)
{
    if (c->ok || c->rung == NULL || c->rung->kind == KIND_NETWORK)
        return;
    if (c->password == PASSWORD_GOOD)
        strbuf_adds(out, "The password is good: it was accepted before this was refused.\n");
    else if (c->password == PASSWORD_UNTESTED)
        strbuf_adds(out, "The password was not looked at.\n");
}

/* Servers that answer to one name with different salts are not one server. */
static void
show_differences(const struct database_check *c, struct strbuf *out)
{
    const struct probe *first = NULL;

    for (size_t i = 0; i < c->addresses_len; i++) {
        const struct database_address *a = &c->addresses[i];

        if (!a->seen)
            continue;
        if (a->seen->end <= PROBE_NO_CONNECT && a != c->chosen)
            strbuf_addf(out, "%s did not answer: %s\n", a->at->text, a->seen->why);
        if (!a->seen->has_salt)
            continue;
        if (first && !scram_salt_eq(&first->salt, &a->seen->salt))
            strbuf_addf(out, "%s holds another secret for this role: not the same database\n",
                        a->at->text);
        first = first ? first : a->seen;
    }
}

void
show_cost(const struct database_check *c, struct strbuf *out)
{
    if (c->fatal_lines == 0 && !c->ok)
        strbuf_adds(out, "This check left no FATAL line in the server's log.\n");
    else if (c->fatal_lines == 0)
        strbuf_adds(out, "This check was one real login.\n");
    else if (c->fatal_lines == 1)
        strbuf_adds(out, "This check left one FATAL line in the server's log.\n");
    else
        strbuf_addf(out, "This check left %u FATAL lines in the server's log.\n",
                    c->fatal_lines);
}

static void
show_clock(const struct database_check *c, struct strbuf *out)
{
    if (!c->has_clock)
        return;
    strbuf_adds(out, "Its clock: ");
    words_offset(out, c->clock);
    strbuf_adds(out, " against this machine's.\n");
}

void
show_check(const struct database_check *c, struct strbuf *out)
{
    show_head(c, out);
    for (int i = 0; i < STAGE_LEN; i++)
        if (c->stages[i].reached)
            show_stage(c, (enum database_stage)i, out);
    strbuf_addc(out, '\n');
    output_styled(out, c->ok ? STYLE_GOOD : STYLE_BAD, c->answer);
    strbuf_adds(out, ".\n");
    show_message(c, out);
    show_password(c, out);
    if (c->rung && c->rung->next)
        strbuf_addf(out, "Note: %s.\n", c->rung->next);
    if (c->pooler)
        strbuf_addf(out, "A pooler stands between: " STR_FMT ".\n", STR_ARG(c->pooler_why));
    show_differences(c, out);
    show_clock(c, out);
    show_cost(c, out);
}

void
show_check_line(const struct database_check *c, struct strbuf *out)
{
    size_t start = out->n;

    add_safe(out, str_of(c->target->shown));
    strbuf_fill(out, ' ', out->n - start < 44 ? 44 - (out->n - start) : 2);
    output_styled(out, c->ok ? STYLE_GOOD : STYLE_BAD, c->answer);
    if (c->sqlstate.n > 0)
        strbuf_addf(out, "  " STR_FMT, STR_ARG(c->sqlstate));
    strbuf_addc(out, '\n');
}
