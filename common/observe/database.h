/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/json.h"
#include "net/pg.h"
#include "net/probe.h"
#include "observe/ladder.h"

/* Whether a database lets a credential in, rung by rung: the name, the port, TLS, the silent
 * look at the role, one real login, one query. What is learnt from each stands beside what it
 * cost the server's log. */

struct database_request {
    struct pg_target *target;
    const struct secret *password; /* instead of the one libpq would find; NULL: that one */
    const char *password_where;    /* how to call it: "file:/run/secret" */
    bool silent;                   /* stop before the login: not one line in the log */
    int64_t timeout;               /* ns for all of it */
};

struct stage_outcome {
    bool reached, ok;
    int64_t took; /* ns */
    struct str says;
};

/* One address of the target, and what the silent look saw there. */
struct database_address {
    const struct pg_host *host;
    const struct address *at;
    struct probe *seen; /* NULL: not looked at */
};

struct database_check {
    struct arena memory; /* of everything below */
    const struct pg_target *target;
    struct stage_outcome stages[STAGE_LEN];
    struct database_address *addresses;
    size_t addresses_len;
    const struct database_address *chosen; /* the one that was logged in to; or NULL */
    bool ok, silent;
    const struct rung *rung; /* what the refusal proves; NULL if ok */
    struct str answer;       /* one sentence without a full stop */
    struct str sqlstate, message, detail;
    enum database_stage stage; /* the last that was reached */
    enum password_verdict password;
    enum pg_password_from password_from;
    struct str password_where, password_ignored;
    struct str server; /* "PostgreSQL 15.20" */
    bool pooler;
    struct str pooler_why;
    bool has_clock;
    struct span clock;             /* the server's clock minus ours */
    struct span when;              /* of the last answer, by our clock */
    unsigned fatal_lines;          /* left in the server's log whatever its settings */
    unsigned connections;          /* a line each where log_connections is on */
    char locals[PG_PORTS_MAX][64]; /* our ends of the login's attempts */
    size_t locals_len;
};

/* Always an answer; ERR_SYSTEM only if memory ran out. The target must outlive `ret`. */
must_check enum status database_check(struct database_check *ret,
                                      const struct database_request *q);
void database_check_done(struct database_check *c);

/* The contract's object, without the newline. */
void database_check_json(const struct database_check *c, struct strbuf *out);

/* Exit code of the answer: 0 let in, 1 refused, 3 not told (no password), 4 no server. */
enum exit_code database_check_exit(const struct database_check *c);

/* "PGPASSWORD", "the URI", "line 3 of ~/.pgpass", "nowhere". */
extern const char *const pg_password_from_names[];
