/* SPDX-License-Identifier: MIT */
#include "net/pg.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

#include <libpq-fe.h>

#include "time/now.h"
#include "time/span.h"

struct pg {
    PGconn *conn;
    struct pg_login login;
    struct strbuf error; /* what the refusals are views of */
    char version[64], tls_version[32], tls_cipher[64];
    int64_t timeout;
};

/* Options carry passwords: wiped before libpq frees them. */
static void
free_options(PQconninfoOption *options)
{
    for (PQconninfoOption *o = options; o && o->keyword; o++)
        if (o->val && o->dispchar[0] == '*')
            explicit_bzero(o->val, strlen(o->val));
    PQconninfoFree(options);
}

static enum status
take_words(struct pg_words *ret, const PQconninfoOption *options)
{
    size_t n = 0;

    while (options[n].keyword)
        n++;
    ret->words = calloc(n, sizeof(*ret->words));
    if (!ret->words)
        return fail(ERR_SYSTEM, "no memory for a conninfo");
    /* Names, variables and defaults are libpq's own constants. */
    for (; ret->len < n; ret->len++) {
        const PQconninfoOption *o = &options[ret->len];

        ret->words[ret->len] = (struct pg_word){ o->keyword, o->envvar, o->compiled,
                                                 o->val ? strdup(o->val) : NULL };
    }
    return OK;
}

enum status
pg_words_read(struct pg_words *ret, const char *conninfo)
{
    char *why = NULL;
    PQconninfoOption *options = PQconninfoParse(conninfo, &why);
    struct pg_words words = { 0 };
    enum status st;

    /* libpq's own words would repeat what it could not read, which may be the password. */
    PQfreemem(why);
    if (!options)
        return fail(ERR_USAGE, "the target is neither \"host=... dbname=... user=...\" nor "
                               "postgresql://user@host:port/database");
    st = take_words(&words, options);
    free_options(options);
    if (st == OK)
        *ret = words;
    return st;
}

void
pg_words_done(struct pg_words *w)
{
    for (size_t i = 0; i < w->len; i++) {
        if (w->words[i].value)
            explicit_bzero(w->words[i].value, strlen(w->words[i].value));
        free(w->words[i].value);
    }
    free(w->words);
    *w = (struct pg_words){ 0 };
}

enum { WORDS_MAX = 12 };

/* The conninfo itself first, so that libpq finds what else it holds; then what we decide. */
static PGconn *
begin(const struct pg_request *q)
{
    const char *names[WORDS_MAX] = { "dbname" }, *values[WORDS_MAX];
    char number[ADDRESS_NUMBER];
    size_t n = 1;

    values[0] = secret_reveal(&q->target->conninfo).p;
    names[n] = "host";
    values[n++] = q->host->host;
    names[n] = "port";
    values[n++] = q->host->port;
    if (q->to ? address_number(q->to, number) : q->host->hostaddr != NULL) {
        names[n] = "hostaddr";
        values[n++] = q->to ? number : q->host->hostaddr;
    }
    if (q->password) {
        names[n] = "password";
        values[n++] = secret_reveal(q->password).p;
    }
    names[n] = "fallback_application_name";
    values[n++] = q->name;
    names[n] = values[n] = NULL;
    return PQconnectStartParams(names, values, 1);
}

/* Our end of the connection: libpq takes another socket for a second attempt. */
static void
learn_own_end(struct pg *pg)
{
    struct address own = { .len = sizeof(own.place) };
    struct pg_login *l = &pg->login;
    int fd = PQsocket(pg->conn);

    if (fd < 0 || l->locals_len == PG_PORTS_MAX ||
        getsockname(fd, (struct sockaddr *)&own.place, &own.len) != 0 ||
        own.place.ss_family == AF_UNIX)
        return;
    address_print(&own);
    if (l->locals_len > 0 && strncmp(l->locals[l->locals_len - 1], own.text, 63) == 0)
        return;
    snprintf(l->locals[l->locals_len++], sizeof(l->locals[0]), "%.63s", own.text);
}

/* Waits for the socket; false when the time is up. */
static bool
await(const struct pg *pg, short events, int64_t until)
{
    struct pollfd fd = { .fd = PQsocket(pg->conn), .events = events };

    for (;;) {
        int64_t left = until - now_monotonic();
        int ready;

        if (left <= 0)
            return false;
        ready = poll(&fd, 1, (int)MIN(left / MS(1) + 1, INT64_C(60000)));
        if (ready > 0 || (ready < 0 && errno != EINTR))
            return true;
    }
}

static void
log_in(struct pg *pg)
{
    int64_t started = now_monotonic(), until = started + pg->timeout;
    PostgresPollingStatusType step = PGRES_POLLING_WRITING;

    /* Only from here to the first PQconnectPoll() may it be set for the login itself. */
    PQsetErrorVerbosity(pg->conn, PQERRORS_VERBOSE);
    if (PQstatus(pg->conn) == CONNECTION_BAD)
        step = PGRES_POLLING_FAILED;
    while (step == PGRES_POLLING_READING || step == PGRES_POLLING_WRITING) {
        if (!await(pg, step == PGRES_POLLING_READING ? POLLIN : POLLOUT, until)) {
            pg->login.timed_out = true;
            break;
        }
        learn_own_end(pg);
        step = PQconnectPoll(pg->conn);
    }
    pg->login.took = now_monotonic() - started;
    pg->login.ok = step == PGRES_POLLING_OK;
}

static void
copy_text(char *ret, size_t room, const char *text)
{
    snprintf(ret, room, "%s", text ? text : "");
}

static void
learn(struct pg *pg)
{
    struct pg_login *l = &pg->login;

    strbuf_adds(&pg->error, PQerrorMessage(pg->conn));
    if (!l->ok)
        l->refusals_len =
            pg_refusals_read(strbuf_str(&pg->error), l->refusals, PG_REFUSALS_MAX);
    l->needs_password = PQconnectionNeedsPassword(pg->conn);
    l->used_password = PQconnectionUsedPassword(pg->conn);
    l->backend_pid = PQbackendPID(pg->conn);
    l->server_version = l->ok ? PQserverVersion(pg->conn) : 0;
    copy_text(pg->version, sizeof(pg->version), PQparameterStatus(pg->conn, "server_version"));
    l->version = pg->version;
    if (PQsslInUse(pg->conn)) {
        copy_text(pg->tls_version, sizeof(pg->tls_version),
                  PQsslAttribute(pg->conn, "protocol"));
        copy_text(pg->tls_cipher, sizeof(pg->tls_cipher), PQsslAttribute(pg->conn, "cipher"));
        l->tls_version = pg->tls_version;
        l->tls_cipher = pg->tls_cipher;
    }
}

/* What the server says beside its answers is not for our stderr. */
static void
be_quiet(void *context, const char *text)
{
    (void)context;
    (void)text;
}

enum status
pg_open(struct pg **ret, const struct pg_request *q)
{
    struct pg *pg = calloc(1, sizeof(*pg));

    if (pg)
        pg->conn = begin(q);
    if (!pg || !pg->conn) {
        free(pg);
        return fail(ERR_SYSTEM, "no memory for a connection");
    }
    pg->timeout = q->timeout;
    PQsetNoticeProcessor(pg->conn, be_quiet, NULL);
    log_in(pg);
    learn(pg);
    *ret = pg;
    return OK;
}

const struct pg_login *
pg_login(const struct pg *pg)
{
    return &pg->login;
}

void
pg_close(struct pg *pg)
{
    if (!pg)
        return;
    PQfinish(pg->conn);
    strbuf_done(&pg->error);
    free(pg);
}

static enum status
broken(struct pg *pg)
{
    struct str why = str_trim(str_of(PQerrorMessage(pg->conn)));

    return fail(ERR_NETWORK, STR_FMT, STR_ARG(why));
}

/* The last result of a query; NULL if the connection broke or the time was up. */
static PGresult *
await_result(struct pg *pg)
{
    int64_t until = now_monotonic() + pg->timeout;
    PGresult *last = NULL, *next = NULL;

    do {
        while (PQisBusy(pg->conn)) {
            if (!await(pg, POLLIN, until)) {
                PQclear(last);
                return NULL;
            }
            if (!PQconsumeInput(pg->conn))
                break;
        }
        next = PQgetResult(pg->conn);
        if (next) {
            PQclear(last);
            last = next;
        }
    } while (next);
    return last;
}

static enum status
refused(PGresult *result, struct pg_rows *ret)
{
    const char *code = PQresultErrorField(result, PG_DIAG_SQLSTATE),
               *text = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);

    snprintf(ret->sqlstate, sizeof(ret->sqlstate), "%.5s", code ? code : "");
    fail(ERR_CONFLICT, "%s: %s", ret->sqlstate, text ? text : "the server refused");
    PQclear(result);
    return ERR_CONFLICT;
}

enum status
pg_ask(struct pg *pg, const char *sql, const char *const *params, size_t params_len,
       struct pg_rows *ret)
{
    PGresult *result;
    int sent = params_len ? PQsendQueryParams(pg->conn, sql, (int)params_len, NULL, params,
                                              NULL, NULL, 0)
                          : PQsendQuery(pg->conn, sql);

    if (!sent)
        return broken(pg);
    result = await_result(pg);
    if (!result)
        return PQstatus(pg->conn) == CONNECTION_BAD
                   ? broken(pg)
                   : fail(ERR_NETWORK, "no answer to a query in %.1f s",
                          (double)pg->timeout / (double)NS_PER_S);
    if (PQresultStatus(result) != PGRES_TUPLES_OK && PQresultStatus(result) != PGRES_COMMAND_OK)
        return refused(result, ret);
    *ret = (struct pg_rows){ result, (size_t)PQntuples(result), (size_t)PQnfields(result), "" };
    return OK;
}

struct str
pg_cell(const struct pg_rows *r, size_t row, size_t column)
{
    return (struct str){ PQgetvalue(r->result, (int)row, (int)column),
                         (size_t)PQgetlength(r->result, (int)row, (int)column) };
}

bool
pg_null(const struct pg_rows *r, size_t row, size_t column)
{
    return PQgetisnull(r->result, (int)row, (int)column);
}

void
pg_rows_done(struct pg_rows *r)
{
    PQclear(r->result);
    *r = (struct pg_rows){ 0 };
}
