/* SPDX-License-Identifier: MIT */
#include "observe/database.h"

#include <stdlib.h>

#include "net/pgclock.h"
#include "time/civil.h"
#include "time/now.h"

enum { CLOCK_ROUNDS = 5 };

/* A check under way. */
struct work {
    struct database_check *c;
    const struct database_request *q;
    struct pg_password password;
    int64_t until;    /* of now_monotonic() */
    bool first_plain; /* sslmode=allow */
};

static int64_t
time_left(const struct work *w)
{
    return MAX(w->until - now_monotonic(), INT64_C(1));
}

static void
stage_done(struct work *w, enum database_stage stage, bool ok, int64_t took, struct str says)
{
    w->c->stages[stage] = (struct stage_outcome){ true, ok, took, says };
    w->c->stage = stage;
}

/* "$role", "$database", "$host", "$stranger" in a rung's words. */
static struct str
fill_in(struct work *w, const char *says)
{
    const struct database_address *at = w->c->chosen;
    const struct pg_target *t = w->c->target;
    const struct {
        const char *name, *value;
    } words[] = {
        { "$role", t->role },
        { "$database", t->database },
        { "$host", at ? at->at->text : t->hosts[0].host },
        { "$stranger",
          at && at->seen && at->seen->stranger ? at->seen->stranger : "something else" },
    };
    AUTO(strbuf) out = { .max = STRBUF_LINE };

    while (*says) {
        size_t i = 0;

        while (i < LEN(words) && strncmp(says, words[i].name, strlen(words[i].name)) != 0)
            i++;
        if (i == LEN(words)) {
            strbuf_addc(&out, *says++);
            continue;
        }
        strbuf_adds(&out, words[i].value);
        says += strlen(words[i].name);
    }
    return arena_str(&w->c->memory, strbuf_str(&out));
}

/* The refusal decides: class, stage and what it proves of the password. */
static void
refused(struct work *w, const struct refusal *r, struct str detail, bool password_asked)
{
    struct database_check *c = w->c;

    c->rung = ladder_find(r);
    c->sqlstate = arena_str(&c->memory, r->sqlstate);
    c->message = arena_str(&c->memory, r->message);
    c->detail = arena_str(&c->memory, detail);
    c->password = c->rung->password;
    if (c->password == PASSWORD_GOOD && !password_asked)
        c->password = PASSWORD_UNTESTED;
    c->answer = fill_in(w, c->rung->says);
    if (c->rung->pooler) {
        c->pooler = true;
        c->pooler_why = STR("the refusal carries a pooler's code");
    }
    /* The last row knows nothing: then it is as far as we came. */
    if (c->rung != &ladder[ladder_len - 1] || c->stage < c->rung->stage)
        c->stage = c->rung->stage;
    c->stages[c->stage].reached = true;
    c->stages[c->stage].ok = false;
    c->stages[c->stage].says = c->message;
}

static void
refused_by_words(struct work *w, const char *words)
{
    struct refusal r = { .message = str_of(words) };

    refused(w, &r, STR(""), false);
}

/* Adds one host's addresses. */
static enum status
resolve_host(struct work *w, const struct pg_host *host)
{
    struct database_check *c = w->c;
    struct database_address *all;
    struct address *found;
    size_t n;
    enum status st = address_find(&c->memory, host->hostaddr ? host->hostaddr : host->host,
                                  host->port, time_left(w), &found, &n);

    if (st != OK)
        return st;
    all = arena_alloc(&c->memory, (c->addresses_len + n) * sizeof(*all));
    if (!all)
        return fail(ERR_SYSTEM, "no memory for addresses");
    if (c->addresses_len > 0)
        memcpy(all, c->addresses, c->addresses_len * sizeof(*all));
    for (size_t i = 0; i < n; i++)
        all[c->addresses_len + i] = (struct database_address){ host, &found[i], NULL };
    c->addresses = all;
    c->addresses_len += n;
    return OK;
}

static bool
resolve_stage(struct work *w)
{
    struct database_check *c = w->c;
    AUTO(strbuf) says = { .max = STRBUF_LINE };
    int64_t started = now_monotonic();
    const struct pg_target *t = c->target;

    for (size_t i = 0; i < t->hosts_len; i++)
        if (resolve_host(w, &t->hosts[i]) != OK && c->addresses_len == 0)
            strbuf_addf(&says, "%s%s", says.n ? "; " : "", err_text());
    if (c->addresses_len > 0) {
        strbuf_clear(&says);
        for (size_t i = 0; i < c->addresses_len; i++)
            strbuf_addf(&says, "%s%s", i ? ", " : "", c->addresses[i].at->text);
    }
    stage_done(w, STAGE_RESOLVE, c->addresses_len > 0, now_monotonic() - started,
               arena_str(&c->memory, strbuf_str(&says)));
    if (c->addresses_len > 0)
        return true;
    strbuf_clear(&says);
    strbuf_addf(&says, "could not translate host name: %s", err_text());
    refused_by_words(w, strbuf_text(&says));
    return false;
}

static enum probe_tls
tls_wish(const char *sslmode)
{
    static const struct {
        const char *mode;
        enum probe_tls wish;
    } wishes[] = {
        { "disable", PROBE_PLAIN },
        { "allow", PROBE_PLAIN },
        { "prefer", PROBE_PREFER },
    };

    for (size_t i = 0; i < LEN(wishes); i++)
        if (strcmp(sslmode, wishes[i].mode) == 0)
            return wishes[i].wish;
    return PROBE_TLS;
}

static void
look_once(struct work *w, struct database_address *a, enum probe_tls tls)
{
    struct probe_request q = {
        .to = a->at,
        .name = *a->host->host && a->host->host[0] != '/' ? a->host->host : NULL,
        .role = str_of(w->c->target->role),
        .database = str_of(w->c->target->database),
        .tls = tls,
        .timeout = time_left(w),
    };

    probe_run(a->seen, &q);
    w->c->connections += a->seen->connect >= 0 && a->seen->end > PROBE_NO_CONNECT;
    w->c->fatal_lines += a->seen->end == PROBE_REFUSED;
}

/* As libpq would come: prefer tries again without TLS, allow tries again with it. */
static void
look(struct work *w, struct database_address *a)
{
    const char *sslmode = w->c->target->sslmode;
    enum probe_tls first = tls_wish(sslmode);
    bool again;

    a->seen = arena_alloc(&w->c->memory, sizeof(*a->seen));
    if (!a->seen)
        return;
    look_once(w, a, first);
    again = a->seen->end == PROBE_REFUSED || a->seen->end == PROBE_NO_TLS;
    if (again && first == PROBE_PREFER && (a->seen->secured || a->seen->end == PROBE_NO_TLS))
        look_once(w, a, PROBE_PLAIN);
    else if (again && strcmp(sslmode, "allow") == 0)
        look_once(w, a, PROBE_TLS);
}

/* The first address that answers is the one libpq would come to; the others are looked at
 * too, so that two servers behind one name are seen. */
static void
look_at_all(struct work *w)
{
    struct database_check *c = w->c;

    for (size_t i = 0; i < c->addresses_len; i++) {
        struct database_address *a = &c->addresses[i];

        if (i > 0 && time_left(w) <= 1)
            break;
        look(w, a);
        if (a->seen && !c->chosen && a->seen->end > PROBE_NO_CONNECT)
            c->chosen = a;
    }
    if (!c->chosen)
        c->chosen = &c->addresses[0];
}

static struct str
say_tls(struct work *w, const struct probe *p)
{
    AUTO(strbuf) says = { .max = STRBUF_LINE };

    strbuf_addf(&says, "%s", p->facts.version);
    if (p->facts.not_after) {
        strbuf_adds(&says, ", certificate until ");
        AUTO(strbuf) day = { .max = STRBUF_LINE };
        civil_print(&day, p->facts.not_after * NS_PER_S, 0);
        strbuf_add(&says, str_head(strbuf_str(&day), 10));
    }
    return arena_str(&w->c->memory, strbuf_str(&says));
}

static struct str
say_method(struct work *w, const struct probe *p)
{
    if (p->end == PROBE_REFUSED)
        return p->error.message;
    if (!p->has_salt)
        return str_of(pgwire_auth_name(p->auth));
    return arena_strf(&w->c->memory, "SCRAM-SHA-256, %u iterations", p->salt.iterations);
}

static void
stages_of_probe(struct work *w, const struct probe *p)
{
    bool tcp = p->end > PROBE_NO_CONNECT;

    stage_done(w, STAGE_CONNECT, tcp, p->connect, str_of(w->c->chosen->at->text));
    if (p->secured || p->end == PROBE_NO_TLS)
        stage_done(w, STAGE_TLS, p->secured, MAX(p->tls, 0), say_tls(w, p));
    if (p->startup >= 0 || p->end == PROBE_REFUSED)
        stage_done(w, STAGE_STARTUP, p->end != PROBE_REFUSED,
                   MAX(p->startup, 0) + MAX(p->salt_took, 0), say_method(w, p));
    if (p->got)
        w->c->when = (struct span){ p->sent, p->got };
}

/* Whether the way is free for a login; else the probe has answered. */
static bool
probe_stages(struct work *w)
{
    const struct probe *p;
    struct refusal r = { 0 };

    look_at_all(w);
    p = w->c->chosen->seen;
    if (!p)
        return false;
    stages_of_probe(w, p);
    if (p->end == PROBE_ASKS || p->end == PROBE_TRUSTS)
        return true;
    if (p->end == PROBE_REFUSED)
        r = (struct refusal){ p->error.sqlstate, p->error.routine, p->error.message };
    else
        r.message = str_of(p->why);
    refused(w, &r, p->error.detail, false);
    return false;
}

static bool
asks_for_password(const struct probe *p)
{
    return p->end == PROBE_ASKS && (p->auth == AUTH_CLEARTEXT || p->auth == AUTH_MD5 ||
                                    p->auth == AUTH_SASL || p->auth == AUTH_SASL_CONTINUE);
}

static enum status
find_password(struct work *w)
{
    enum status st;
    struct database_check *c = w->c;

    if (w->q->password) {
        c->password_from = PG_PASSWORD_GIVEN;
        c->password_where = str_of(w->q->password_where);
        return OK;
    }
    st = pg_password_trace(&w->password, c->target,
                           c->chosen ? c->chosen->host : c->target->hosts);
    if (st != OK)
        return st;
    c->password_from = w->password.from;
    c->password_where = arena_str(&c->memory, str_of(w->password.where));
    c->password_ignored = arena_str(&c->memory, str_of(w->password.ignored));
    return OK;
}

/* The last word a server said counts: an attempt before it (sslmode=prefer) was tried anew. */
static void
login_refused(struct work *w, const struct pg_login *l)
{
    struct pg_refusal last = { 0 };

    for (size_t i = 0; i < l->refusals_len; i++)
        if (l->refusals[i].sqlstate.n > 0 || last.sqlstate.n == 0)
            last = l->refusals[i];
    for (size_t i = 0; i < l->refusals_len; i++)
        w->c->fatal_lines += l->refusals[i].sqlstate.n > 0;
    if (l->timed_out)
        last.message = STR("timeout expired");
    refused(w, &(struct refusal){ last.sqlstate, last.routine, last.message }, last.detail,
            l->used_password);
}

static void
note_login(struct work *w, const struct pg_login *l)
{
    struct database_check *c = w->c;
    AUTO(strbuf) says = { .max = STRBUF_LINE };

    memcpy(c->locals, l->locals, sizeof(c->locals));
    c->locals_len = l->locals_len;
    c->connections += MAX(l->locals_len, (size_t)1);
    if (l->ok && l->version && *l->version)
        c->server = arena_strf(&c->memory, "PostgreSQL %s", l->version);
    strbuf_adds(&says, l->ok ? "let in" : "refused");
    stage_done(w, STAGE_LOGIN, l->ok, l->took, arena_str(&c->memory, strbuf_str(&says)));
}

/* A backend that does not know the number we were told: somebody stands between. */
static void
look_for_pooler(struct work *w, const struct pg_login *l, struct str backend)
{
    uint64_t pid;

    if (!str_to_u64(backend, &pid) || pid == (uint64_t)l->backend_pid)
        return;
    w->c->pooler = true;
    w->c->pooler_why = STR("the session's process is not the one the login named");
}

/* A pooler lets in first and looks for a server afterwards. */
static void
query_refused(struct work *w, const struct pg_login *l, const char *sqlstate)
{
    struct str code = arena_str(&w->c->memory, str_of(sqlstate)),
               text = arena_str(&w->c->memory, str_of(err_text()));

    if (code.n > 0 && str_starts(text, code))
        text = str_skip(text, code.n + 2);
    refused(w, &(struct refusal){ code, STR(""), text }, STR(""), l->used_password);
}

static void
query_stage(struct work *w, struct pg *pg)
{
    struct database_check *c = w->c;
    struct pg_rows rows = { 0 };
    int64_t started = now_monotonic();
    enum status st = pg_ask(pg, "select pg_backend_pid(), pg_is_in_recovery()", NULL, 0, &rows);
    bool standby = st == OK && rows.rows == 1 && str_eq(pg_cell(&rows, 0, 1), STR("t"));

    stage_done(w, STAGE_QUERY, st == OK, now_monotonic() - started,
               st != OK  ? arena_str(&c->memory, str_of(err_text()))
               : standby ? STR("answers, a standby")
                         : STR("answers"));
    if (st == OK)
        look_for_pooler(w, pg_login(pg), pg_cell(&rows, 0, 0));
    pg_rows_done(&rows);
    if (st == OK)
        c->has_clock = pg_clock(pg, CLOCK_ROUNDS, &c->clock) == OK;
    c->ok = st == OK;
    if (st != OK)
        query_refused(w, pg_login(pg), rows.sqlstate);
}

static enum status
login_stage(struct work *w)
{
    struct database_check *c = w->c;
    struct pg_request q = { c->target,      c->chosen->host, c->chosen->at,
                            w->q->password, "dbprobe",       time_left(w) };
    const struct pg_login *l;
    struct pg *pg;
    int64_t sent = now_real();
    enum status st = pg_open(&pg, &q);

    if (st != OK)
        return st;
    l = pg_login(pg);
    c->when = (struct span){ sent, now_real() };
    note_login(w, l);
    if (l->ok) {
        c->password = l->used_password ? PASSWORD_GOOD : PASSWORD_UNTESTED;
        query_stage(w, pg);
    } else {
        login_refused(w, l);
    }
    pg_close(pg);
    return OK;
}

static enum status
climb(struct work *w)
{
    struct database_check *c = w->c;
    enum status st;

    if (!resolve_stage(w))
        return find_password(w);
    if (!probe_stages(w))
        return find_password(w);
    st = find_password(w);
    if (st != OK || c->silent)
        return st;
    if (c->password_from == PG_PASSWORD_NONE && asks_for_password(c->chosen->seen)) {
        stage_done(w, STAGE_LOGIN, false, 0, STR("not tried"));
        refused_by_words(w, "no password supplied");
        return OK;
    }
    return login_stage(w);
}

enum status
database_check(struct database_check *ret, const struct database_request *q)
{
    struct work w = { .c = ret, .q = q, .until = now_monotonic() + q->timeout };
    enum status st;

    *ret = (struct database_check){ .target = q->target, .silent = q->silent };
    ret->when = span_at(now_real());
    st = climb(&w);
    pg_password_done(&w.password);
    if (st != OK) {
        database_check_done(ret);
        return st;
    }
    if (ret->ok)
        ret->answer = fill_in(&w, "LET IN as role $role");
    else if (!ret->rung)
        ret->answer = fill_in(&w, "NOT ASKED: the server is there and knows how to ask");
    return OK;
}

void
database_check_done(struct database_check *c)
{
    arena_done(&c->memory);
    *c = (struct database_check){ 0 };
}

enum exit_code
database_check_exit(const struct database_check *c)
{
    if (c->ok)
        return EXIT_YES;
    if (!c->rung)
        return EXIT_PARTIAL;
    if (c->rung->kind == KIND_NETWORK)
        return EXIT_NO_ANSWER;
    if (c->rung->kind == KIND_AUTH_FAILED && c->password_from == PG_PASSWORD_NONE &&
        c->password == PASSWORD_UNTESTED && c->sqlstate.n == 0)
        return EXIT_PARTIAL;
    return EXIT_NO;
}
