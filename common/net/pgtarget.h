/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/arena.h"
#include "net/secret.h"

/* Whom a conninfo means, and which password libpq will send there. */

enum pg_password_from {
    PG_PASSWORD_NONE,
    PG_PASSWORD_GIVEN,    /* by the caller */
    PG_PASSWORD_CONNINFO, /* in the words of the conninfo or the URI */
    PG_PASSWORD_SERVICE,
    PG_PASSWORD_ENV, /* PGPASSWORD */
    PG_PASSWORD_PASSFILE,
};

struct pg_host {
    const char *host;     /* as given; "" if only an address was */
    const char *hostaddr; /* or NULL */
    const char *port;
};

/* What a conninfo means once libpq's defaults (service, environment) are put in. All text is
 * owned by `memory`. The password is not among it. */
struct pg_target {
    struct arena memory;
    struct secret conninfo; /* as given: it may hold a password */
    struct pg_host *hosts;
    size_t hosts_len;
    const char *role, *database, *sslmode, *passfile, *service;
    const char *shown; /* "postgresql://role@host:5432/database" */
    bool is_uri;
    struct secret password; /* from the conninfo, the service or PGPASSWORD */
    enum pg_password_from password_from;
    const char *password_where; /* "service shop, line 3 of /etc/pg_service.conf"; or NULL */
};

/* ERR_USAGE if libpq cannot read it, in words that do not repeat it. */
must_check enum status pg_target_read(struct pg_target *ret, const char *conninfo);
void pg_target_done(struct pg_target *t);

/* Which password libpq will send to one of the hosts, and where it has it from. */
struct pg_password {
    enum pg_password_from from;
    struct secret value;
    char where[300];   /* "PGPASSWORD", "line 3 of /home/app/.pgpass" */
    char ignored[300]; /* a passfile that libpq does not read, and why */
};
must_check enum status pg_password_trace(struct pg_password *ret, const struct pg_target *t,
                                         const struct pg_host *host);
void pg_password_done(struct pg_password *p);
