/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/arena.h"
#include "timeline/store.h"

/* A timeline in memory, each event boiled down to what a diagnosis compares: a million of
 * them are looked at several times within a second. */

/* Who writes a log, as far as it matters to an outage. */
enum writer_class {
    WRITER_OTHER,
    WRITER_PROXY,  /* what users talk to: nginx, haproxy, an ingress */
    WRITER_APP,
    WRITER_POOLER, /* pgbouncer and its kind */
    WRITER_SERVER, /* Postgres */
    WRITER_PROBE,  /* one of our own tools */
    WRITER_LEN,
};

/* One clock's log: a file, or one container's part of a file that holds several. Naive stamps
 * whose zone was assumed are a clock of their own beside those that name theirs. */
struct writer {
    uint32_t source;
    struct str host;
    enum writer_class class;
    bool guessed;       /* naive stamps whose zone nothing tells: off by whole hours, perhaps */
    bool copy_of_other; /* its records stand in another one's log as well: not counted */
    uint64_t events, requests, failed, refused, app_errors;
    uint64_t enveloped; /* events that were stamped a second time */
    struct span covered;
    bool has_offset;
    struct span offset; /* ns, its own stamps minus the reference's clock */
    struct str how;
};

/* Words are numbered from 1; 0 is the empty one. */
struct seen {
    struct span at;     /* by the reference's clock, as far as it is known */
    int64_t stored;     /* at.low as the store dates it: finds the event again */
    int64_t envelope;   /* INT64_MIN: none */
    uint64_t offset;    /* in the source */
    uint64_t what;      /* equal for records of equal words */
    uint64_t tracer;    /* equal for records of one request that carries an id; 0: none */
    uint32_t writer;
    uint32_t role, route, database, client, pid;
    int16_t status;
    uint8_t kind;
    bool echo;
    bool enveloped_only; /* dated by the envelope's stamp: its own clock is not seen */
};

struct recording {
    struct arena memory;
    struct store *store; /* borrowed */
    struct seen *seen;   /* in order of at.low, from recording_sort() on */
    size_t len, room;
    struct writer *writers;
    size_t writers_len, writers_room;
    struct terms *terms;
    struct str last_format; /* while loading: whose class `last_class` is */
    enum writer_class last_class;
};

/* Everything of the timeline, by clocks as they stand in the logs: what the store knows of
 * offsets is taken off again, so that they can be measured anew. */
must_check enum status recording_load(struct recording *ret, struct store *timeline);
void recording_done(struct recording *r);

struct str recording_word(const struct recording *r, uint32_t word);

/* Puts the writers' offsets to use and the events into order of time. */
void recording_align(struct recording *r);

/* The whole event behind `seen`; its views live in `memory`. */
must_check enum status recording_event(const struct recording *r, const struct seen *seen,
                                       struct arena *memory, struct event *ret);

static inline bool
seen_refused(const struct seen *e)
{
    return event_kinds[e->kind].refused;
}

/* A request a user made, answered well or not. */
static inline bool
seen_request(const struct seen *e)
{
    return e->kind == KIND_REQUEST || (e->kind == KIND_HTTP_5XX && e->status >= 500);
}
