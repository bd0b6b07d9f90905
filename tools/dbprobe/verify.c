/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "args.h"
#include "ask.h"
#include "base/json.h"
#include "cli/output.h"
#include "net/verifier.h"

/* What else would keep the role out, whatever the password. */
struct standing {
    bool asked, may_login, expired, none;
    char until[64];
};

struct question {
    struct secret candidate, text; /* the password, and what the server keeps instead */
    const char *role;
    struct standing standing;
};

static enum status
ask_server(struct question *q, const struct targets *targets)
{
    static const char ask[] =
        "select coalesce(rolpassword, ''), rolcanlogin, coalesce(rolvaliduntil < "
        "clock_timestamp(), false), coalesce(rolvaliduntil::text, '') "
        "from pg_catalog.pg_authid where rolname = $1";
    struct pg_rows rows = { 0 };
    struct pg *pg;
    enum status st = ask_open(&pg, targets);

    if (st != OK)
        return st;
    st = pg_ask(pg, ask, &q->role, 1, &rows);
    if (st != OK) {
        pg_close(pg);
        return note(st, "pg_authid");
    }
    if (rows.rows != 1) {
        st = fail(ERR_USAGE, "there is no role %s", q->role);
    } else {
        st = secret_set(&q->text, pg_cell(&rows, 0, 0));
        q->standing.asked = true;
        q->standing.none = q->text.n == 0;
        q->standing.may_login = str_eq(pg_cell(&rows, 0, 1), STR("t"));
        q->standing.expired = str_eq(pg_cell(&rows, 0, 2), STR("t"));
        snprintf(q->standing.until, sizeof(q->standing.until), STR_FMT,
                 STR_ARG(str_head(pg_cell(&rows, 0, 3), 60)));
    }
    pg_rows_done(&rows);
    pg_close(pg);
    return st;
}

static enum status
read_question(struct question *q, int argc, char **argv)
{
    struct targets targets = { 0 };
    enum status st;

    if (!args.candidate)
        return fail(ERR_USAGE, "--candidate says where the password to be verified is");
    st = secret_read(&q->candidate, args.candidate);
    if (st == OK && args.verifier)
        return secret_read(&q->text, args.verifier);
    if (st == OK)
        st = targets_read(&targets, argc, argv);
    if (st == OK) {
        q->role = ask_role(&targets);
        st = ask_server(q, &targets);
    }
    targets_done(&targets);
    return st;
}

static const char *const words[] = {
    [VERIFIER_MATCHES] = "MATCHES",
    [VERIFIER_DIFFERS] = "DOES NOT MATCH",
    [VERIFIER_UNDECIDED] = "NOT DECIDED",
};
static const char *const json_words[] = {
    [VERIFIER_MATCHES] = "match",
    [VERIFIER_DIFFERS] = "no_match",
    [VERIFIER_UNDECIDED] = "undecided",
};

static void
add_json(struct strbuf *out, const struct question *q, const struct verifier *v,
         enum verifier_answer answer, const char *why)
{
    struct json *w = &(struct json){ .out = out };
    char tag[9];

    json_object(w, NULL);
    json_text(w, "verdict", json_words[answer]);
    json_text(w, "kind", q->standing.none ? NULL : v->kind == VERIFIER_SCRAM ? "scram" : "md5");
    if (!q->standing.none && v->kind == VERIFIER_SCRAM) {
        scram_salt_print(&v->salt, tag);
        json_int(w, "iterations", v->salt.iterations);
        json_text(w, "salt", tag);
    }
    json_text(w, "role", q->role && *q->role ? q->role : NULL);
    json_text(w, "why", *why ? why : NULL);
    if (q->standing.asked) {
        json_bool(w, "may_login", q->standing.may_login);
        json_bool(w, "expired", q->standing.expired);
    }
    json_object_end(w);
    strbuf_addc(out, '\n');
}

static void
add_text(struct strbuf *out, const struct question *q, enum verifier_answer answer,
         const char *why)
{
    output_styled(out, answer == VERIFIER_MATCHES ? STYLE_GOOD : STYLE_BAD,
                  str_of(words[answer]));
    if (q->role && *q->role)
        strbuf_addf(out, " what the server keeps for role %s", q->role);
    strbuf_addf(out, "%s%s.\n", *why ? ": " : "", why);
    if (q->standing.expired)
        strbuf_addf(out, "But the role's password expired at %s: no login succeeds.\n",
                    q->standing.until);
    if (q->standing.asked && !q->standing.may_login)
        strbuf_adds(out, "But the role may not log in (NOLOGIN).\n");
    strbuf_adds(out, "It was tried without a login: the server's log has no line of it.\n");
}

static enum status
judge(const struct question *q, enum exit_code *ret)
{
    static const enum exit_code codes[] = {
        [VERIFIER_MATCHES] = EXIT_YES,
        [VERIFIER_DIFFERS] = EXIT_NO,
        [VERIFIER_UNDECIDED] = EXIT_PARTIAL,
    };
    AUTO(strbuf) out = { .max = STRBUF_LINE };
    struct verifier v = { 0 };
    const char *why = "the role has no password";
    enum verifier_answer answer = VERIFIER_DIFFERS;

    if (!q->standing.none) {
        if (!verifier_read(str_trim(secret_reveal(&q->text)), &v))
            return fail(ERR_PARSE, "the verifier is neither SCRAM-SHA-256$... nor md5...");
        answer = verifier_check(&v, str_of(q->role), &q->candidate, &why);
    }
    if (common_options.json)
        add_json(&out, q, &v, answer, why);
    else
        add_text(&out, q, answer, why);
    *ret = codes[answer];
    return output_write(&out);
}

enum exit_code
verify_verb(int argc, char **argv)
{
    struct question q = { .role = args.role };
    enum exit_code code = EXIT_YES;
    enum status st = read_question(&q, argc, argv);

    if (st == OK)
        st = judge(&q, &code);
    secret_done(&q.candidate);
    secret_done(&q.text);
    return st == OK ? code : options_fail(st);
}
