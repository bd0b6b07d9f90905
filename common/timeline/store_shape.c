/* SPDX-License-Identifier: MIT */
#include "timeline/sqlite.h"

#include <stdlib.h>

/* A file that names more shapes than this is not one of ours. */
enum { SHAPES_MAX = 1 << 24 };

static uint64_t
mix(uint64_t h, const void *p, size_t n)
{
    const uint8_t *bytes = p;

    for (size_t i = 0; i < n; i++)
        h = (h ^ bytes[i]) * UINT64_C(0x100000001b3);
    return h;
}

static uint64_t
mix_str(uint64_t h, struct str text)
{
    return mix(h * 31 + text.n, text.p, text.n);
}

/* FNV-1a over all that shape_is() compares. */
static uint64_t
hash_of(const struct event *e, struct dates_wall wall)
{
    const int64_t numbers[] = { e->kind,           e->echo,           e->status,
                                e->when.zone_from, e->when.year_from, e->when.time_from,
                                wall.known,        wall.shift,        e->when.grain };
    uint64_t h = UINT64_C(0xcbf29ce484222325);

    for (size_t i = 0; i < LEN(numbers); i++)
        h = (h ^ (uint64_t)numbers[i]) * UINT64_C(0x100000001b3);
    h = mix_str(mix_str(mix_str(h, e->format), e->level), e->sqlstate);
    h = mix_str(mix_str(mix_str(h, e->role), e->database), e->rule);
    return mix_str(mix_str(h, e->host), e->when.zone);
}

static bool
shape_is(const struct shape *shape, const struct event *e, struct dates_wall wall)
{
    const struct event *a = &shape->like;

    return a->kind == e->kind && a->echo == e->echo && a->status == e->status &&
           a->when.zone_from == e->when.zone_from && a->when.year_from == e->when.year_from &&
           a->when.time_from == e->when.time_from && a->when.grain == e->when.grain &&
           shape->wall.known == wall.known && shape->wall.shift == wall.shift &&
           str_eq(a->format, e->format) && str_eq(a->level, e->level) &&
           str_eq(a->sqlstate, e->sqlstate) && str_eq(a->role, e->role) &&
           str_eq(a->database, e->database) && str_eq(a->rule, e->rule) &&
           str_eq(a->host, e->host) && str_eq(a->when.zone, e->when.zone);
}

/* Where the shape of `e` stands in the table, or where it would. */
static uint32_t *
slot(struct store *s, const struct event *e, struct dates_wall wall)
{
    size_t i = hash_of(e, wall) & (s->slots_len - 1);

    while (s->shape_slots[i] && !shape_is(s->shapes[s->shape_slots[i]], e, wall))
        i = (i + 1) & (s->slots_len - 1);
    return &s->shape_slots[i];
}

static enum status
make_room(struct store *s, uint32_t id)
{
    size_t len = MAX(64, s->shapes_len), slots = MAX(256, s->slots_len);
    struct shape **more;
    uint32_t *table;

    while (len <= id)
        len *= 2;
    while (slots < 2 * (s->slots_used + 1))
        slots *= 2;
    if (len > s->shapes_len) {
        more = realloc(s->shapes, len * sizeof(struct shape *));
        if (!more)
            return fail(ERR_SYSTEM, "out of memory");
        memset(more + s->shapes_len, 0, (len - s->shapes_len) * sizeof(struct shape *));
        s->shapes = more;
        s->shapes_len = len;
    }
    if (slots == s->slots_len)
        return OK;
    table = calloc(slots, sizeof(*table));
    if (!table)
        return fail(ERR_SYSTEM, "out of memory");
    free(s->shape_slots);
    s->shape_slots = table;
    s->slots_len = slots;
    for (uint32_t i = 0; i < s->shapes_len; i++)
        if (s->shapes[i])
            *slot(s, &s->shapes[i]->like, s->shapes[i]->wall) = i;
    return OK;
}

static enum status
keep(struct store *s, uint32_t id, const struct event *e, struct dates_wall wall)
{
    struct arena *m = &s->memory;
    struct shape *shape;
    enum status st = make_room(s, id);

    if (st != OK || s->shapes[id])
        return st;
    shape = arena_alloc(m, sizeof(*shape));
    if (!shape)
        return fail(ERR_SYSTEM, "out of memory");
    *shape = (struct shape){
        .id = id,
        .wall = wall,
        .like = { .kind = e->kind,
                  .echo = e->echo,
                  .status = e->status,
                  .format = arena_str(m, e->format),
                  .level = arena_str(m, e->level),
                  .sqlstate = arena_str(m, e->sqlstate),
                  .role = arena_str(m, e->role),
                  .database = arena_str(m, e->database),
                  .rule = arena_str(m, e->rule),
                  .host = arena_str(m, e->host),
                  .when = { .grain = e->when.grain,
                            .zone_from = e->when.zone_from,
                            .year_from = e->when.year_from,
                            .time_from = e->when.time_from,
                            .zone = arena_str(m, e->when.zone) } },
    };
    s->shapes[id] = shape;
    *slot(s, e, wall) = id;
    s->slots_used++;
    return OK;
}

static enum status
insert(struct store *s, const struct event *e, struct dates_wall wall, uint32_t *ret)
{
    const int64_t numbers[] = { wall.known, wall.shift, e->when.grain };
    const int64_t more[] = { e->when.zone_from, e->when.year_from, e->when.time_from, e->echo,
                             e->status };
    const struct str texts[] = { e->format,   e->level, e->sqlstate, e->role,
                                 e->database, e->rule,  e->host };
    enum status st = OK;

    if (!s->add_shape)
        st = store_prepare(s,
                           "INSERT INTO shape VALUES (NULL, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9,"
                           " ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
                           &s->add_shape);
    if (st != OK)
        return st;
    store_bind(s->add_shape, 1, str_of(event_kinds[e->kind].name));
    for (size_t i = 0; i < LEN(numbers); i++)
        sqlite3_bind_int64(s->add_shape, 2 + (int)i, numbers[i]);
    store_bind(s->add_shape, 5, e->when.zone);
    for (size_t i = 0; i < LEN(more); i++)
        sqlite3_bind_int64(s->add_shape, 6 + (int)i, more[i]);
    for (size_t i = 0; i < LEN(texts); i++)
        store_bind(s->add_shape, 11 + (int)i, texts[i]);
    if (sqlite3_step(s->add_shape) != SQLITE_DONE)
        st = store_fail(s, "write");
    else if (sqlite3_last_insert_rowid(s->db) >= SHAPES_MAX)
        st = fail(ERR_LIMIT, "timeline %s: too many kinds of events", s->path);
    else
        *ret = (uint32_t)sqlite3_last_insert_rowid(s->db);
    sqlite3_reset(s->add_shape);
    return st;
}

enum status
store_shape(struct store *s, const struct event *e, struct dates_wall wall, uint32_t *ret)
{
    uint32_t id = s->slots_len ? *slot(s, e, wall) : 0;
    enum status st = OK;

    if (id == 0)
        st = insert(s, e, wall, &id);
    if (st == OK && !(id < s->shapes_len && s->shapes[id]))
        st = keep(s, id, e, wall);
    if (st == OK)
        *ret = id;
    return st;
}

const struct shape *
store_shape_of(struct store *s, uint32_t id)
{
    if (id < s->shapes_len && s->shapes[id])
        return s->shapes[id];
    /* Somebody else may have added it since. */
    if (store_read_shapes(s) != OK)
        return NULL;
    return id < s->shapes_len ? s->shapes[id] : NULL;
}

static enum status
read_shape(struct store *s, sqlite3_stmt *st)
{
    struct dates_wall wall = { sqlite3_column_int(st, 2) != 0, sqlite3_column_int(st, 3) };
    int64_t id = sqlite3_column_int64(st, 0);
    struct event e = {
        .kind = kind_named(store_column(st, 1)),
        .when = { .grain = sqlite3_column_int64(st, 4),
                  .zone = store_column(st, 5),
                  .zone_from = (enum zone_from)store_bounded(st, 6, ZONE_FROM_LEN),
                  .year_from = (enum year_from)store_bounded(st, 7, YEAR_FROM_LEN),
                  .time_from = (enum time_from)store_bounded(st, 8, TIME_FROM_LEN) },
        .echo = sqlite3_column_int(st, 9) != 0,
        .status = sqlite3_column_int(st, 10),
        .format = store_column(st, 11),
        .level = store_column(st, 12),
        .sqlstate = store_column(st, 13),
        .role = store_column(st, 14),
        .database = store_column(st, 15),
        .rule = store_column(st, 16),
        .host = store_column(st, 17),
    };

    if (id <= 0 || id >= SHAPES_MAX)
        return fail(ERR_PARSE, "timeline %s: a shape without a number", s->path);
    return keep(s, (uint32_t)id, &e, wall);
}

enum status
store_read_shapes(struct store *s)
{
    sqlite3_stmt *st = NULL;
    int rc = SQLITE_DONE;
    enum status status = store_prepare(s, "SELECT * FROM shape", &st);

    while (status == OK && (rc = sqlite3_step(st)) == SQLITE_ROW)
        status = read_shape(s, st);
    if (status == OK && rc != SQLITE_DONE)
        status = store_fail(s, "read");
    sqlite3_finalize(st);
    return status;
}

void
store_shapes_done(struct store *s)
{
    free(s->shapes);
    free(s->shape_slots);
    s->shapes = NULL;
    s->shape_slots = NULL;
    s->shapes_len = s->slots_len = s->slots_used = 0;
}
