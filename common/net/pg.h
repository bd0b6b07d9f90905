/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/strbuf.h"
#include "net/address.h"
#include "net/pgerror.h"
#include "net/pgtarget.h"

/* Connections to PostgreSQL by libpq, step by step. The only file that includes libpq is
 * pg.c. */

/* What libpq makes of a conninfo: every option it knows, with the value it was given there (or
 * NULL), the variable and the default that stand in for it. ERR_USAGE, in words that do not
 * repeat it, if it cannot be read. Values are wiped by pg_words_done(). */
struct pg_word {
    const char *name, *variable, *otherwise;
    char *value; /* owned */
};
struct pg_words {
    struct pg_word *words;
    size_t len;
};
must_check enum status pg_words_read(struct pg_words *ret, const char *conninfo);
void pg_words_done(struct pg_words *w);

/* One login. */
struct pg_request {
    const struct pg_target *target;
    const struct pg_host *host;
    const struct address *to;      /* this one of its addresses; NULL: libpq chooses */
    const struct secret *password; /* instead of the one libpq would find; NULL: that one */
    const char *name;              /* application_name */
    int64_t timeout;
};

enum { PG_REFUSALS_MAX = 8, PG_PORTS_MAX = 4 };

struct pg_login {
    bool ok, timed_out;
    int64_t took;        /* ns */
    bool needs_password; /* the server asked for one and there was none */
    bool used_password;  /* the server asked for one: pg_hba was passed */
    struct pg_refusal refusals[PG_REFUSALS_MAX];
    size_t refusals_len;
    char locals[PG_PORTS_MAX][64]; /* our ends, one an attempt: the log's client ports */
    size_t locals_len;
    int backend_pid;                      /* as the server (or a pooler) says */
    int server_version;                   /* 150020; 0: not known */
    const char *version;                  /* "15.20 (Debian ...)" */
    const char *tls_version, *tls_cipher; /* NULL: not under TLS */
};

struct pg;

/* OK even if the login was refused: `pg_login()` says. The caller closes. */
must_check enum status pg_open(struct pg **ret, const struct pg_request *q);
const struct pg_login *pg_login(const struct pg *pg); /* as long as `pg` lives */
void pg_close(struct pg *pg);

/* Rows of text. */
struct pg_rows {
    void *result;
    size_t rows, columns;
    char sqlstate[6]; /* of an error */
};

/* `params` (text, NULL is null) for $1, $2, ... ERR_NETWORK if the connection broke or it took
 * too long, ERR_CONFLICT with the server's words if it refused: see ret->sqlstate. */
must_check enum status pg_ask(struct pg *pg, const char *sql, const char *const *params,
                              size_t params_len, struct pg_rows *ret);
struct str pg_cell(const struct pg_rows *r, size_t row, size_t column); /* empty for null */
bool pg_null(const struct pg_rows *r, size_t row, size_t column);
void pg_rows_done(struct pg_rows *r);
