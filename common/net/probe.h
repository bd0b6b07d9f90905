/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/tls.h"
#include "net/dialogue.h"
#include "net/pgwire.h"
#include "net/scram.h"

/* The silent look at a role: as far into a login as a server answers before any password is
 * sent, and then hang up. It costs the server a process for some milliseconds and, unless
 * log_connections is on, not one byte of log. */

enum probe_tls {
    PROBE_PLAIN,  /* do not ask for TLS */
    PROBE_PREFER, /* TLS if the server has it */
    PROBE_TLS,    /* TLS or nothing */
};

struct probe_request {
    const struct address *to;
    const char *name; /* for SNI; NULL: none */
    struct str role, database;
    enum probe_tls tls;
    int64_t timeout; /* ns for all of it */
    /* Not silent: answers what is asked with a proof that is none, to be refused. `sent` and
     * `got` are then around that answer: the server wrote its FATAL line in between. */
    bool beacon;
};

/* How far it came. */
enum probe_end {
    PROBE_UNREACHABLE, /* TCP: refused, or no way */
    PROBE_NO_CONNECT,  /* TCP: no answer in time */
    PROBE_SILENT,      /* connected, then not a byte in time */
    PROBE_HUNG_UP,     /* connected, then closed without a word */
    PROBE_STRANGER,    /* something else listens there; `stranger` names it if known */
    PROBE_NO_TLS,      /* TLS was wanted and the server has none, or its TLS fails */
    PROBE_REFUSED,     /* the server refused at once: `error` */
    PROBE_ASKS,        /* it asks for a proof: `auth`, and `salt` if that is SCRAM */
    PROBE_TRUSTS,      /* it let us in without one */
};

struct probe {
    enum probe_end end;
    int64_t connect, tls, startup, salt_took; /* ns each took; -1: did not get there */
    /* now_real() around the start-up: between the two the server read the role's secret, so
     * the salt is the one that held then. */
    int64_t sent, got;
    bool secured;
    struct tls_facts facts; /* if `secured` */
    enum pgwire_auth auth;  /* if PROBE_ASKS */
    bool has_salt;
    struct scram_salt salt;
    struct pgwire_error error; /* views into `bytes` */
    const char *stranger;      /* NULL: not known */
    char local[128];           /* our end of the connection */
    char why[160];             /* for people: what the system or the server said */
    char bytes[4096];          /* of the server's last message */
    size_t bytes_n;
};

/* Never fails: what went wrong is the answer. */
void probe_run(struct probe *ret, const struct probe_request *q);
