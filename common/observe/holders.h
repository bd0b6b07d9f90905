/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/arena.h"
#include "net/secret.h"
#include "net/verifier.h"
#include "time/span.h"

/* Who has which secret: processes, files, containers, secret stores. Some show their copy (only
 * its fingerprint leaves this house), some only when it was changed; rules tell from that who
 * must be restarted or updated. Nothing is changed anywhere. */

enum holder_state { HOLDER_UNKNOWN, HOLDER_CURRENT, HOLDER_STALE };
extern const char *const holder_state_names[3];

struct holder {
    const char *kind; /* the row that read it: "process" */
    struct str name;  /* "process 412 (gunicorn) PGPASSWORD" */
    bool has_secret, has_changed, has_taken;
    struct secret secret;
    struct span changed; /* when this copy was written */
    struct span taken;   /* when the consumer read it and went on with what it read */
    struct str source;   /* the name of the holder it was taken from; empty: not known */
    const char *mend;    /* what makes it current: "update", "restart" */
    enum holder_state state;
    struct str why;
};

enum { HOLDERS_MAX = 10000 };

struct holders {
    struct arena memory;
    struct holder *all;
    size_t len, room;
    const char *role;     /* whose secret is looked for; NULL: anybody's */
    const char *variable; /* only this name; NULL: what looks like a database's password */
};

/* What a row of holder_kinds[] reads: the text of a file or of a client's answer. */
struct holder_text {
    const char *where; /* as given: a path, a PID, a container */
    struct str text;
    bool has_modified;
    struct span modified; /* of the file */
};

struct holder_kind {
    const char *name; /* "docker" in docker:web-1 and docker=inspect.json */
    const char *help;
    enum status (*read)(struct holders *h, const struct holder_text *t);
    const char *path;        /* a file to be read for KIND:WHERE; "%" stands for WHERE */
    const char *argv[10];    /* a program to be run instead */
    const char *sample;      /* is read from HERE, and gives a holder of this name; */
    const char *sample_name; /* if it shows its secret, that is "s3sample" */
};

extern const struct holder_kind holder_kinds[];
extern const size_t holder_kinds_len;

/* "docker:web-1" runs the client or reads the file that has it; "docker=FILE" (-: stdin) reads
 * what the client printed. ERR_USAGE for an unknown kind. */
must_check enum status holders_add(struct holders *h, const char *spec);
void holders_done(struct holders *h);

/* A holder more, its fields to be filled; NULL, with fail() said, beyond HOLDERS_MAX. */
struct holder *holders_new(struct holders *h, const char *kind);

/* Whether `name` = `value` is a password of a database (of the role, where that can be seen),
 * by itself, in a URI or in a conninfo; then `ret` has it. */
bool holders_pair(const struct holders *h, struct str name, struct str value,
                  struct secret *ret);

/* RFC 3339 into a span as wide as its last digit; false for anything else. */
bool holders_time(struct str text, struct span *ret);

/* What is known of the secret that holds now. */
struct holder_reference {
    const struct verifier *verifier; /* what the server keeps; NULL: not known */
    const struct secret *current;    /* the secret itself; NULL: not known */
    const struct span *rotated;      /* when it changed; NULL: not known */
    int64_t before; /* ns: a store may be given the new secret this long before the rotation */
};
void holders_judge(struct holders *h, const struct holder_reference *r);
