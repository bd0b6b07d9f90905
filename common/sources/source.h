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
 * call. `offset` counts the uncompressed bytes before it. An empty piece with more to come
 * means: nothing new for now (a source that is followed), or a log begun anew (`anew`). */
struct source_chunk {
    struct str bytes;
    uint64_t offset;
    bool anew; /* truncated or replaced: offsets begin at 0 again */
};

struct source;

/* Write these and add a row to source_schemes[]. */
struct source_ops {
    const char *scheme; /* "docker" in docker:web-1; NULL: a plain path */
    const char *kind;   /* "file", "stdin", "program": for the timeline */
    const char *help;   /* one line for --help and the man page */
    enum status (*open)(struct source **ret, const char *where, const struct source_range *r);
    enum status (*next)(struct source *s, struct source_chunk *ret, bool *ret_more);
    void (*close)(struct source *s);
    /* Up to `n` bytes at an offset, for evidence and for seeking; NULL: cannot. The view
     * lives until the next call on the source. */
    enum status (*read_at)(struct source *s, uint64_t offset, size_t n, struct str *ret);
    /* Goes on from `offset`; NULL: cannot. */
    enum status (*seek)(struct source *s, uint64_t offset);
};

/* Every source begins with this; its own fields come after it. */
struct source {
    const struct source_ops *ops;
    char *name;       /* as given */
    uint64_t size;    /* bytes, 0: not known */
    int64_t modified; /* ns since the epoch, 0: not known: the anchor for missing years */
    bool partial;     /* something could not be read; `coverage` says what */
    char *coverage;   /* what is missing ("truncated after byte 4096"); NULL: nothing */
    int fd;           /* to wait on in poll(), -1: none */
};

extern const struct source_ops *const source_schemes[];
extern const size_t source_schemes_len;

/* ERR_SYSTEM with the path and the reason; a directory is an error that says so. */
must_check enum status source_open(struct source **ret, const char *spec,
                                   const struct source_range *r);
must_check enum status source_next(struct source *s, struct source_chunk *ret, bool *ret_more);
void source_close(struct source *s);

/* For those who write a source: keeps the sentence and sets `partial`. */
void source_lacks(struct source *s, const char *fmt, ...) printf_like(2, 3);
