/* SPDX-License-Identifier: MIT */
#include "timeline/sqlite.h"

#include <stdlib.h>

/* A stream being read: its events come in order of their spans. */
struct lane {
    sqlite3_stmt *st;
    struct stream stream;
    uint64_t kinds; /* asked for; 0: all */
    struct dates *dates;
    struct event event;
};

struct store_cursor {
    struct store *store;
    struct span window;
    struct lane *lanes;
    struct lane **heap; /* those that have more, the earliest first */
    size_t lanes_len, heap_len;
    bool started; /* the first of the heap was given out */
};

static enum status
grow(struct store *s, size_t n)
{
    size_t room = MAX(16, s->sources_room);
    void *sources, *clocks;

    if (n <= s->sources_room)
        return OK;
    while (room < n)
        room *= 2;
    sources = realloc(s->sources, room * sizeof(*s->sources));
    s->sources = sources ? sources : s->sources;
    clocks = realloc(s->clocks, room * sizeof(*s->clocks));
    s->clocks = clocks ? clocks : s->clocks;
    if (!sources || !clocks)
        return fail(ERR_SYSTEM, "out of memory");
    s->sources_room = room;
    return OK;
}

/* What was there already keeps its bytes: a dashboard that looks every second grows not. */
static struct str
keep(struct store *s, struct str old, struct str now)
{
    return str_eq(old, now) ? old : arena_str(&s->memory, now);
}

static struct span
span_column(sqlite3_stmt *st, int column, bool *ret_has)
{
    *ret_has = sqlite3_column_type(st, column) != SQLITE_NULL;
    return (struct span){ sqlite3_column_int64(st, column),
                          sqlite3_column_int64(st, column + 1) };
}

static void
read_source(struct store *s, sqlite3_stmt *st, size_t i)
{
    struct store_source old = { 0 }, *to = &s->sources[i];

    if (i < s->sources_len)
        old = *to;
    *to = (struct store_source){
        .id = (uint32_t)sqlite3_column_int64(st, 0),
        .name = keep(s, old.name, store_column(st, 1)),
        .kind = keep(s, old.kind, store_column(st, 2)),
        .format = keep(s, old.format, store_column(st, 3)),
        .coverage = keep(s, old.coverage, store_column(st, 4)),
        .bytes = (uint64_t)sqlite3_column_int64(st, 5),
        .lines = (uint64_t)sqlite3_column_int64(st, 6),
        .records = (uint64_t)sqlite3_column_int64(st, 7),
        .not_understood = (uint64_t)sqlite3_column_int64(st, 8),
    };
    if (sqlite3_column_bytes(st, 9) == SHA256_LEN)
        memcpy(to->head.bytes, sqlite3_column_blob(st, 9), SHA256_LEN);
}

static void
read_clock(struct store *s, sqlite3_stmt *st, size_t i)
{
    struct store_clock old = { 0 }, *to = &s->clocks[i];
    int from = sqlite3_column_int(st, 11);

    if (i < s->sources_len)
        old = *to;
    *to = (struct store_clock){
        .zone = keep(s, old.zone, store_column(st, 10)),
        .zone_from = from >= 0 && from < ZONE_FROM_LEN ? (enum zone_from)from : ZONE_UNKNOWN,
        .how = keep(s, old.how, store_column(st, 16)),
    };
    to->offset = span_column(st, 12, &to->has_offset);
    to->envelope_offset = span_column(st, 14, &to->has_envelope_offset);
}

static enum status
read_sources(struct store *s)
{
    sqlite3_stmt *st = NULL;
    size_t n = 0;
    int rc;
    enum status status = store_prepare(
        s,
        "SELECT s.id, name, kind, format, coverage, bytes, lines, records, not_understood, "
        "head,"
        " zone, zone_from, offset_low, offset_high, envelope_low, envelope_high, how FROM"
        " source s LEFT JOIN clock c ON c.id = (SELECT max(id) FROM clock WHERE source = s.id)"
        " ORDER BY s.id",
        &st);

    if (status != OK)
        return status;
    while ((rc = sqlite3_step(st)) == SQLITE_ROW && (status = grow(s, n + 1)) == OK) {
        read_source(s, st, n);
        read_clock(s, st, n++);
    }
    if (status == OK && rc != SQLITE_DONE)
        status = store_fail(s, "read");
    sqlite3_finalize(st);
    s->sources_len = status == OK ? n : s->sources_len;
    return status;
}

static enum status
read_streams(struct store *s)
{
    sqlite3_stmt *st = NULL;
    int rc;
    enum status status = store_prepare(
        s, "SELECT source, frame, known, shift, envelope, grain FROM stream", &st);

    if (status != OK)
        return status;
    s->last = NULL;
    s->streams_len = 0;
    while ((rc = sqlite3_step(st)) == SQLITE_ROW && status == OK) {
        struct stream stream = {
            .source = (uint32_t)sqlite3_column_int64(st, 0),
            .frame = sqlite3_column_int(st, 1) == FRAME_WALL ? FRAME_WALL : FRAME_UTC,
            .wall = { sqlite3_column_int(st, 2) != 0, sqlite3_column_int(st, 3) },
            .envelope = sqlite3_column_int(st, 4) != 0,
            .grain = sqlite3_column_int64(st, 5),
        };
        status = store_stream_add(s, &stream);
    }
    if (status == OK && rc != SQLITE_DONE)
        status = store_fail(s, "read");
    sqlite3_finalize(st);
    return status;
}

enum status
store_refresh(struct store *s)
{
    int64_t now = store_ask(s, "PRAGMA data_version");
    enum status st;

    if (s->seen == now && now > 0)
        return OK;
    st = read_sources(s);
    if (st == OK)
        st = read_streams(s);
    if (st == OK)
        st = store_read_shapes(s);
    s->seen = st == OK ? now : 0;
    return st;
}

size_t
store_sources(struct store *s, const struct store_source **ret)
{
    if (store_refresh(s) != OK)
        return 0;
    *ret = s->sources;
    return s->sources_len;
}

void
store_clock_of(struct store *s, uint32_t source, struct store_clock *ret)
{
    *ret = (struct store_clock){ 0 };
    if (store_refresh(s) != OK)
        return;
    for (size_t i = 0; i < s->sources_len; i++)
        if (s->sources[i].id == source)
            *ret = s->clocks[i];
}

unsigned
store_bounded(sqlite3_stmt *st, int column, unsigned len)
{
    int64_t n = sqlite3_column_int64(st, column);

    return n >= 0 && n < len ? (unsigned)n : 0;
}

static void
read_event(struct lane *lane, const struct shape *shape)
{
    sqlite3_stmt *st = lane->st;
    struct event *e = &lane->event;

    *e = shape->like;
    e->source = lane->stream.source;
    e->when.frame = lane->stream.frame;
    e->when.raw = sqlite3_column_int64(st, 1);
    e->offset = (uint64_t)sqlite3_column_int64(st, 2);
    e->when.has_envelope = sqlite3_column_type(st, 3) != SQLITE_NULL;
    e->when.envelope = sqlite3_column_int64(st, 3);
    e->line = (uint64_t)sqlite3_column_int64(st, 4);
    e->lines = (uint32_t)sqlite3_column_int64(st, 5);
    e->length = (uint32_t)sqlite3_column_int64(st, 6);
    e->client = store_column(st, 7);
    e->route = store_column(st, 8);
    e->pid = store_column(st, 9);
    e->request = store_column(st, 10);
    e->text = store_column(st, 11);
    if (sqlite3_column_bytes(st, 12) == SHA256_LEN)
        memcpy(e->hash.bytes, sqlite3_column_blob(st, 12), SHA256_LEN);
    e->when.span = dates_span(lane->dates, &e->when, shape->wall);
}

/* Whether events of this shape belong to the lane and were asked for. */
static bool
wanted(const struct lane *lane, const struct shape *shape)
{
    const struct stream *stream = &lane->stream;

    return shape->wall.known == stream->wall.known && shape->wall.shift == stream->wall.shift &&
           (shape->like.when.time_from == TIME_ENVELOPE) == stream->envelope &&
           (!lane->kinds || lane->kinds >> shape->like.kind & 1);
}

/* The next event of the lane that the window may hold; `*ret_more` false at its end. */
static enum status
lane_next(struct store_cursor *c, struct lane *lane, bool *ret_more)
{
    int rc;

    while ((rc = sqlite3_step(lane->st)) == SQLITE_ROW) {
        const struct shape *shape =
            store_shape_of(c->store, (uint32_t)sqlite3_column_int64(lane->st, 0));

        if (!shape)
            return fail(ERR_PARSE, "timeline %s: an event without its shape", c->store->path);
        if (!wanted(lane, shape))
            continue;
        read_event(lane, shape);
        if (lane->event.when.span.low > c->window.high ||
            lane->event.when.span.high < c->window.low)
            continue;
        *ret_more = true;
        return OK;
    }
    if (rc != SQLITE_DONE)
        return store_fail(c->store, "read");
    *ret_more = false;
    return OK;
}

static bool
earlier(const struct lane *a, const struct lane *b)
{
    const struct event *x = &a->event, *y = &b->event;

    if (x->when.span.low != y->when.span.low)
        return x->when.span.low < y->when.span.low;
    return x->source != y->source ? x->source < y->source : x->offset < y->offset;
}

static void
sift_down(struct store_cursor *c, size_t i)
{
    for (;;) {
        struct lane *here = c->heap[i];
        size_t least = i;

        for (size_t k = 2 * i + 1; k <= 2 * i + 2 && k < c->heap_len; k++)
            if (earlier(c->heap[k], c->heap[least]))
                least = k;
        if (least == i)
            return;
        c->heap[i] = c->heap[least];
        c->heap[least] = here;
        i = least;
    }
}

static enum status
lane_open(struct store_cursor *c, const struct store_query *q, const struct stream *stream,
          struct lane *lane)
{
    struct store *s = c->store;
    const struct store_clock *clock = NULL;
    struct span raw;
    enum status st;

    for (size_t i = 0; i < s->sources_len; i++)
        if (s->sources[i].id == stream->source)
            clock = &s->clocks[i];
    if (!clock)
        return fail(ERR_PARSE, "timeline %s: events of a source that is not there", s->path);
    st = dates_open(&lane->dates, clock);
    if (st != OK)
        return st;
    st = store_prepare(s,
                       "SELECT shape, raw, \"offset\", envelope, line, lines, length, client,"
                       " route, pid, request, text, hash FROM event WHERE source = ?1 AND"
                       " frame = ?2 AND raw BETWEEN ?3 AND ?4 ORDER BY raw, \"offset\"",
                       &lane->st);
    if (st != OK)
        return st;
    raw = dates_raw(lane->dates, stream->frame, stream->wall, q->window);
    if (raw.low > INT64_MIN + stream->grain)
        raw.low -= stream->grain;
    sqlite3_bind_int64(lane->st, 1, stream->source);
    sqlite3_bind_int(lane->st, 2, (int)stream->frame);
    sqlite3_bind_int64(lane->st, 3, raw.low);
    sqlite3_bind_int64(lane->st, 4, raw.high);
    lane->stream = *stream;
    lane->kinds = q->kinds;
    return OK;
}

static enum status
open_lanes(struct store_cursor *c, const struct store_query *q)
{
    struct store *s = c->store;
    enum status st = OK;

    c->lanes = calloc(s->streams_len + 1, sizeof(*c->lanes));
    c->heap = calloc(s->streams_len + 1, sizeof(struct lane *));
    if (!c->lanes || !c->heap)
        return fail(ERR_SYSTEM, "out of memory");
    for (size_t i = 0; st == OK && i < s->streams_len; i++) {
        struct lane *lane = &c->lanes[c->lanes_len];
        bool more = false;

        if (q->source && q->source != s->streams[i].source)
            continue;
        c->lanes_len++;
        st = lane_open(c, q, &s->streams[i], lane);
        if (st == OK)
            st = lane_next(c, lane, &more);
        if (st == OK && more)
            c->heap[c->heap_len++] = lane;
    }
    for (size_t i = c->heap_len; i-- > 0;)
        sift_down(c, i);
    return st;
}

enum status
store_find(struct store *s, const struct store_query *q, struct store_cursor **ret)
{
    struct store_cursor *c;
    enum status st = store_refresh(s);

    if (st != OK)
        return st;
    c = calloc(1, sizeof(*c));
    if (!c)
        return fail(ERR_SYSTEM, "out of memory");
    c->store = s;
    c->window = q->window;
    st = open_lanes(c, q);
    if (st != OK) {
        store_cursor_close(c);
        return st;
    }
    *ret = c;
    return OK;
}

/* The lane whose event was given out last goes on, or leaves. */
static enum status
advance(struct store_cursor *c)
{
    bool more = false;
    enum status st = lane_next(c, c->heap[0], &more);

    if (st != OK)
        return st;
    if (!more)
        c->heap[0] = c->heap[--c->heap_len];
    sift_down(c, 0);
    return OK;
}

enum status
store_next(struct store_cursor *c, struct event *ret, bool *ret_more)
{
    if (c->started && c->heap_len) {
        enum status st = advance(c);

        if (st != OK)
            return st;
    }
    c->started = true;
    *ret_more = c->heap_len > 0;
    if (*ret_more)
        *ret = c->heap[0]->event;
    return OK;
}

void
store_cursor_close(struct store_cursor *c)
{
    if (!c)
        return;
    for (size_t i = 0; i < c->lanes_len; i++) {
        sqlite3_finalize(c->lanes[i].st);
        dates_close(c->lanes[i].dates);
    }
    free(c->lanes);
    free(c->heap);
    free(c);
}
