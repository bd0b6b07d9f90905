/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/err.h"
#include "time/span.h"

/* Where log bytes come from. A spec is a path, "-", or SCHEME:WHERE. */

/* What the user asked for; a source that can leave out the rest, does. */
struct source_range {
    struct span window; /* { INT64_MIN, INT64_MAX }: all */
    bool follow;        /* wait for more at the end */
};

/* A piece of the log: whole bytes in the source's own order. `bytes` lives until the next
 * call. `offset` counts the uncompressed bytes before it. */
struct source_chunk {
    struct str bytes;
    uint64_t offset;
};

struct source;

/* Write these three and add a row to schemes[]. */
struct source_ops {
    const char *scheme; /* "docker" in docker:web-1; NULL: a plain path */
    const char *help;   /* one line for --help and the man page */
    enum status (*open)(struct source **ret, const char *where, const struct source_range *r);
    enum status (*next)(struct source *s, struct source_chunk *ret, bool *ret_more);
    void (*close)(struct source *s);
    /* Reads at an offset, for evidence and for seeking; NULL: cannot. */
    enum status (*read_at)(struct source *s, uint64_t offset, size_t n, struct str *ret);
};

/* Every source begins with this; its own fields come after it. */
struct source {
    const struct source_ops *ops;
    const char *name;      /* as given; owned */
    uint64_t size;         /* bytes, 0: not known */
    int64_t modified;      /* ns since the epoch, 0: not known: the anchor for missing years */
    bool partial;          /* something could not be read; `coverage` says what */
    const char *coverage;  /* "complete", "truncated at byte 4096: ..." ; owned */
};

extern const struct source_ops *const source_schemes[];
extern const size_t source_schemes_len;

/* ERR_SYSTEM with the path and the reason; a directory is an error that says so. */
must_check enum status source_open(struct source **ret, const char *spec,
                                   const struct source_range *r);
must_check enum status source_next(struct source *s, struct source_chunk *ret, bool *ret_more);
void source_close(struct source *s);
