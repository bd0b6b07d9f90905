/* SPDX-License-Identifier: MIT */
#include "timeline/sqlite.h"

#include <stdlib.h>
#include <time.h>

/* A long transaction would keep the other tools out: it is cut into turns. What is added
 * twice changes nothing, so a turn that stands alone after a kill does no harm. */
enum { TURN = 20000, PAUSE_US = 1500 };

static enum status
begin_turn(struct store *s)
{
    enum status st = store_run(s, "BEGIN IMMEDIATE");

    s->pending = 0;
    return st == OK ? store_refresh(s) : st;
}

/* What was learnt of the file within the transaction is not so. */
static void
roll_back(struct store *s)
{
    sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    store_shapes_done(s);
    s->seen = 0;
}

enum status
store_begin(struct store *s)
{
    enum status st = begin_turn(s);

    s->batching = st == OK;
    return st;
}

enum status
store_commit(struct store *s)
{
    enum status st = s->batching ? store_run(s, "COMMIT") : OK;

    /* A commit that failed (disk full) leaves the transaction open: nothing of it stays. */
    if (st != OK)
        roll_back(s);
    s->batching = false;
    return st;
}

static enum status
next_turn(struct store *s)
{
    enum status st = store_run(s, "COMMIT");

    if (st != OK)
        return st;
    nanosleep(&(struct timespec){ .tv_nsec = PAUSE_US * 1000 }, NULL);
    return begin_turn(s);
}

/* In a transaction of its own unless one is open. */
static enum status
enter(struct store *s)
{
    return s->batching ? OK : begin_turn(s);
}

static enum status
leave(struct store *s, enum status st)
{
    if (s->batching)
        return st;
    if (st == OK)
        st = store_run(s, "COMMIT");
    if (st != OK)
        roll_back(s);
    return st;
}

static enum status
finish(struct store *s, sqlite3_stmt *st)
{
    enum status status = sqlite3_step(st) == SQLITE_DONE ? OK : store_fail(s, "write");

    sqlite3_finalize(st);
    return status;
}

static enum status
write_source(struct store *s, struct store_source *source)
{
    sqlite3_stmt *st = NULL;
    enum status status =
        store_prepare(s,
                      "INSERT INTO source (name, kind, format, coverage, bytes, lines, records,"
                      " not_understood, head) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
                      " ON CONFLICT (name) DO UPDATE SET kind = ?2, format = ?3, coverage = ?4,"
                      " bytes = ?5, lines = ?6, records = ?7, not_understood = ?8, head = ?9"
                      " RETURNING id",
                      &st);

    if (status != OK)
        return status;
    sqlite3_bind_text64(st, 1, source->name.n ? source->name.p : "", source->name.n,
                        SQLITE_STATIC, SQLITE_UTF8);
    store_bind(st, 2, source->kind);
    store_bind(st, 3, source->format);
    store_bind(st, 4, source->coverage);
    sqlite3_bind_int64(st, 5, (int64_t)source->bytes);
    sqlite3_bind_int64(st, 6, (int64_t)source->lines);
    sqlite3_bind_int64(st, 7, (int64_t)source->records);
    sqlite3_bind_int64(st, 8, (int64_t)source->not_understood);
    sqlite3_bind_blob(st, 9, source->head.bytes, SHA256_LEN, SQLITE_STATIC);
    if (sqlite3_step(st) == SQLITE_ROW)
        source->id = (uint32_t)sqlite3_column_int64(st, 0);
    else
        status = store_fail(s, "write");
    sqlite3_finalize(st);
    return status;
}

enum status
store_source(struct store *s, struct store_source *source)
{
    enum status st = enter(s);

    if (st == OK)
        st = leave(s, write_source(s, source));
    s->seen = 0;
    return st;
}

static void
bind_offset(sqlite3_stmt *st, int at, bool has, struct span offset)
{
    if (!has)
        return;
    sqlite3_bind_int64(st, at, offset.low);
    sqlite3_bind_int64(st, at + 1, offset.high);
}

enum status
store_know(struct store *s, uint32_t source, const struct store_clock *c)
{
    sqlite3_stmt *st = NULL;
    enum status status = store_prepare(
        s,
        "INSERT INTO clock (source, zone, zone_from, offset_low, offset_high,"
        " envelope_low, envelope_high, how) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        &st);

    if (status != OK)
        return status;
    sqlite3_bind_int64(st, 1, source);
    store_bind(st, 2, c->zone);
    sqlite3_bind_int(st, 3, (int)c->zone_from);
    bind_offset(st, 4, c->has_offset, c->offset);
    bind_offset(st, 6, c->has_envelope_offset, c->envelope_offset);
    store_bind(st, 8, c->how);
    s->seen = 0;
    return finish(s, st);
}

static bool
same_stream(const struct stream *a, const struct stream *b)
{
    return a->source == b->source && a->frame == b->frame && a->envelope == b->envelope &&
           a->wall.known == b->wall.known && a->wall.shift == b->wall.shift;
}

static struct stream *
find_stream(struct store *s, const struct stream *key)
{
    if (s->last && same_stream(s->last, key))
        return s->last;
    for (size_t i = 0; i < s->streams_len; i++)
        if (same_stream(&s->streams[i], key))
            return s->last = &s->streams[i];
    return NULL;
}

static enum status
write_stream(struct store *s, const struct stream *key)
{
    sqlite3_stmt *st = NULL;
    enum status status =
        store_prepare(s,
                      "INSERT INTO stream VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO UPDATE"
                      " SET grain = max(grain, ?6)",
                      &st);

    if (status != OK)
        return status;
    sqlite3_bind_int64(st, 1, key->source);
    sqlite3_bind_int(st, 2, (int)key->frame);
    sqlite3_bind_int(st, 3, key->wall.known);
    sqlite3_bind_int(st, 4, key->wall.shift);
    sqlite3_bind_int(st, 5, key->envelope);
    sqlite3_bind_int64(st, 6, key->grain);
    return finish(s, st);
}

static enum status
keep_stream(struct store *s, const struct stream *key)
{
    struct stream *known = find_stream(s, key);
    enum status st;

    if (known && known->grain >= key->grain)
        return OK;
    st = write_stream(s, key);
    if (st != OK)
        return st;
    if (!known)
        return store_stream_add(s, key);
    known->grain = key->grain;
    return OK;
}

enum status
store_stream_add(struct store *s, const struct stream *stream)
{
    if (s->streams_len == s->streams_room) {
        size_t room = MAX(16, s->streams_room * 2);
        struct stream *more = realloc(s->streams, room * sizeof(*more));

        if (!more)
            return fail(ERR_SYSTEM, "out of memory");
        s->streams = more;
        s->streams_room = room;
    }
    s->streams[s->streams_len] = *stream;
    s->last = &s->streams[s->streams_len++];
    return OK;
}

static void
bind_event(sqlite3_stmt *st, const struct event *e, uint32_t shape)
{
    const struct str texts[] = { e->client, e->route, e->pid, e->request, e->text };

    sqlite3_bind_int64(st, 1, e->source);
    sqlite3_bind_int(st, 2, (int)e->when.frame);
    sqlite3_bind_int64(st, 3, e->when.raw);
    sqlite3_bind_int64(st, 4, (int64_t)e->offset);
    sqlite3_bind_int64(st, 5, shape);
    if (e->when.has_envelope)
        sqlite3_bind_int64(st, 6, e->when.envelope);
    else
        sqlite3_bind_null(st, 6);
    sqlite3_bind_int64(st, 7, (int64_t)e->line);
    sqlite3_bind_int64(st, 8, e->lines);
    sqlite3_bind_int64(st, 9, e->length);
    for (size_t i = 0; i < LEN(texts); i++)
        store_bind(st, 10 + (int)i, texts[i]);
    sqlite3_bind_blob(st, 15, e->hash.bytes, SHA256_LEN, SQLITE_STATIC);
}

static enum status
write_event(struct store *s, const struct event *e)
{
    struct stream stream = { .source = e->source,
                             .frame = e->when.frame,
                             .wall = dates_wall_of(&e->when),
                             .envelope = e->when.time_from == TIME_ENVELOPE,
                             .grain = e->when.grain };
    enum status st = keep_stream(s, &stream);
    uint32_t shape = 0;

    if (st == OK)
        st = store_shape(s, e, stream.wall, &shape);
    if (st == OK && !s->add)
        st = store_prepare(s,
                           "INSERT OR IGNORE INTO event VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8,"
                           " ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
                           &s->add);
    if (st != OK)
        return st;
    bind_event(s->add, e, shape);
    if (sqlite3_step(s->add) != SQLITE_DONE)
        st = store_fail(s, "write");
    sqlite3_reset(s->add);
    return st;
}

enum status
store_add(struct store *s, const struct event *e)
{
    enum status st = enter(s);

    if (st != OK)
        return st;
    st = leave(s, write_event(s, e));
    if (st == OK && s->batching && ++s->pending >= TURN)
        st = next_turn(s);
    return st;
}
