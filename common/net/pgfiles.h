/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/strbuf.h"
#include "net/secret.h"

/* The two files libpq takes passwords from (documentation of libpq: "The Password File", "The
 * Connection Service File"), read as libpq reads them. */

/* Whose password. An empty host is "localhost", as for a Unix socket in its usual folder. */
struct passfile_key {
    const char *host, *port, *database, *role;
};

struct passfile_hit {
    unsigned line; /* 0: no line matches */
    struct secret password;
    char ignored[96]; /* why libpq will not read the file at all; empty if it will */
};

/* $PGPASSFILE, or ~/.pgpass; false if neither can be told. */
bool passfile_default(struct strbuf *ret);

/* A file that is not there is no error: no line matches. The caller wipes `ret->password`. */
void passfile_find(const char *path, const struct passfile_key *key, struct passfile_hit *ret);

/* The first line of a passfile's text that matches; the password unescaped into `ret`. */
must_check enum status passfile_search(struct str text, const struct passfile_key *key,
                                       struct passfile_hit *ret);

/* Every line of a passfile, taken apart at its colons, unescaped but for the password's
 * bytes, which are handed on as a secret. `each` returns false to stop. */
struct passfile_line {
    unsigned line;
    struct str host, port, database, role;
    const struct secret *password;
};
void passfile_each(struct str text, bool (*each)(void *, const struct passfile_line *),
                   void *context);

/* The service file that holds for `service`: $PGSERVICEFILE, ~/.pg_service.conf, then the
 * system's. Calls `each` with the settings of that section, or of all if `service` is NULL.
 * False if there is no such file. */
typedef void service_setting(void *context, struct str section, struct str name,
                             struct str value, unsigned line);
void service_each(struct str text, const char *service, service_setting *each, void *context);

/* Paths to look in, in order; `i` from 0; false when there are no more. */
bool service_path(size_t i, struct strbuf *ret);
