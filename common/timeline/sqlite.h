/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/arena.h"
#include "base/strbuf.h"
#include "timeline/dates.h"
#include "timeline/store.h"

#include <sqlite3.h>

/* What the files of the store share; nobody else includes it (or SQLite). */

enum { STORE_APPLICATION = 0x524f5441 /* "ROTA" */, STORE_VERSION = 1 };

/* Events of a source that lie in order of time when they lie in order of raw: they stand
 * on one frame, with one zone, by one clock. */
struct stream {
    uint32_t source;
    enum frame frame;
    struct dates_wall wall;
    bool envelope;
    int64_t grain; /* the widest seen */
};

/* What many events have in common, kept once: everything but where and when exactly each
 * stood and what it alone says. */
struct shape {
    uint32_t id;
    struct dates_wall wall;
    struct event like; /* the fields that are shared; the others empty */
};

struct store {
    sqlite3 *db;
    const char *path;
    enum store_mode mode;
    struct arena memory;
    sqlite3_stmt *add;
    bool batching;    /* between store_begin() and store_commit() */
    unsigned pending; /* rows in the open transaction */
    struct stream *streams;
    size_t streams_len, streams_room;
    struct stream *last;   /* where the last event of each writer mostly goes again */
    struct shape **shapes; /* by id; NULL where there is none */
    size_t shapes_len;
    uint32_t *shape_slots; /* a hash table of ids, by what they hold; 0: free */
    size_t slots_len, slots_used;
    sqlite3_stmt *add_shape;
    struct store_source *sources;
    struct store_clock *clocks; /* beside `sources` */
    size_t sources_len, sources_room;
    int64_t seen; /* data_version when the above were read; 0: not yet */
};

/* The status of SQLite's last error with its words; `what` was being done. */
enum status store_fail(struct store *s, const char *what);

must_check enum status store_run(struct store *s, const char *sql);
must_check enum status store_prepare(struct store *s, const char *sql, sqlite3_stmt **ret);

/* Reads sources, clocks and streams again if somebody may have changed them. */
must_check enum status store_refresh(struct store *s);

/* The first number of its answer; -1 if there is none. */
int64_t store_ask(struct store *s, const char *sql);

/* Remembers a stream, in memory only. */
must_check enum status store_stream_add(struct store *s, const struct stream *stream);

/* The shape of `e`, added if there is none yet; within a transaction. */
must_check enum status store_shape(struct store *s, const struct event *e,
                                   struct dates_wall wall, uint32_t *ret);

/* NULL if the file has no such shape. */
const struct shape *store_shape_of(struct store *s, uint32_t id);
must_check enum status store_read_shapes(struct store *s);
void store_shapes_done(struct store *s);

/* A number of the file as an enumerator below `len`; 0 for any other. */
unsigned store_bounded(sqlite3_stmt *st, int column, unsigned len);

/* A text column as a view into the statement's row. */
struct str store_column(sqlite3_stmt *st, int column);

/* Binds a view; an empty one is NULL. The bytes must live until the statement is stepped. */
void store_bind(sqlite3_stmt *st, int at, struct str text);
