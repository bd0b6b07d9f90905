/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/digest.h"
#include "time/when.h"

/* What happened, once: a log record, a probe, a note. The one noun of all four tools. */

/* What an event means. The first block are failed connections to Postgres, by the words of
 * the contract; the order is that of the names in event_kinds[]. */
enum kind {
    KIND_NONE,
    KIND_AUTH_FAILED,
    KIND_NO_ROLE,
    KIND_NO_HBA,
    KIND_NO_DB,
    KIND_TOO_MANY_CONNECTIONS,
    KIND_STARTING_UP,
    KIND_TLS,
    KIND_NETWORK,
    KIND_SCRAM,
    KIND_EXPIRED,

    KIND_HTTP_5XX,   /* a request answered with 500-599 */
    KIND_UPSTREAM,   /* a proxy could not get an answer from the application */
    KIND_APP_ERROR,  /* an exception that names no database failure */
    KIND_DISCONNECTED, /* a session ended by the server: killed, timed out, lost */

    KIND_REQUEST,   /* a request answered with less than 500 */
    KIND_ROTATION,  /* a role's password, validity or login right was changed */
    KIND_RELOAD,    /* configuration read again */
    KIND_RESTART,   /* a server or an application started or stopped */
    KIND_CONNECTED, /* a login that succeeded */
    KIND_PROBE,     /* one request of baseline's own */
    KIND_SALT,      /* a role's SCRAM salt, seen or seen to change */
    KIND_CLOCK,     /* something is said about a clock: a zone, a step */
    KIND_NOTE,      /* a human's words */
    KIND_ACTION,    /* something one of the tools did, or was told was done */
    KIND_GAP,       /* part of a source could not be read */
    KIND_LEN,
};

struct kind_row {
    const char *name; /* the word of the contract; NULL for KIND_NONE */
    bool refused;     /* a connection to Postgres that failed */
    bool failure;     /* shown by logcorr unless asked otherwise */
    const char *plain; /* for people: "wrong password" */
};

extern const struct kind_row event_kinds[KIND_LEN];

/* KIND_NONE if there is no such word. */
enum kind kind_named(struct str name);

/* Every view is borrowed and may be empty: what is not known is not there. A text is
 * already redacted: no secret is ever put into an event. */
struct event {
    struct when when;
    uint32_t source;  /* the store's or the reader's number for it */
    uint64_t offset;  /* bytes from the start of the source (uncompressed) */
    uint64_t line;    /* of the first line, from 1; 0: not counted */
    uint32_t lines;   /* how many lines it has */
    uint32_t length;  /* bytes in the source */
    uint64_t continues; /* not 0: this line is also part of the record of that line */
    enum kind kind;
    bool echo;        /* says again what another event of the same attempt says: not counted */
    int status;       /* HTTP; 0: none */
    struct str format, level, sqlstate, role, database, client, route, pid, request, text;
    struct str rule;  /* the pattern that decided the kind */
    struct str host;  /* container, pod or unit the line came through */
    struct sha256 hash; /* of its `length` bytes in the source; zero: pieced together */
};
