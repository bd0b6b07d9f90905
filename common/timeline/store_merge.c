/* SPDX-License-Identifier: MIT */
#include "timeline/sqlite.h"

/* The same log recorded under one name in both is one source; the same name over other
 * first bytes is another log, and gets a name of its own. */
static struct str
name_in(struct store *into, const struct store_source *source)
{
    const struct store_source *there = NULL;
    size_t n = store_sources(into, &there);

    for (size_t i = 0; i < n; i++)
        if (str_eq(there[i].name, source->name) &&
            memcmp(&there[i].head, &source->head, sizeof(source->head)) != 0) {
            char tag[9];

            hex_print(tag, source->head.bytes, 4);
            return arena_strf(&into->memory, STR_FMT " (%s)", STR_ARG(source->name), tag);
        }
    return source->name;
}

/* The later of two knowledges holds: what `into` knows already is not overwritten by less. */
static bool
worth_more(const struct store_clock *a, const struct store_clock *b)
{
    if (a->has_offset != b->has_offset)
        return a->has_offset;
    if (a->zone.n == 0 || b->zone.n == 0)
        return a->zone.n > 0 && b->zone.n == 0;
    return a->zone_from < b->zone_from;
}

static enum status
merge_source(struct store *into, struct store *from, const struct store_source *source,
             uint32_t *ret)
{
    struct store_source copy = *source;
    struct store_clock theirs, ours;
    enum status st;

    copy.name = name_in(into, source);
    st = store_source(into, &copy);
    if (st != OK)
        return st;
    store_clock_of(from, source->id, &theirs);
    store_clock_of(into, copy.id, &ours);
    *ret = copy.id;
    return worth_more(&theirs, &ours) ? store_know(into, copy.id, &theirs) : OK;
}

struct copying {
    uint32_t source, as; /* its number there and here */
    int shape_column;    /* 0: none */
    sqlite3_stmt *add;
};

/* Rows are copied as they stand: what was seen does not pass through what is believed. Only
 * the source and the shape have other numbers here. */
static enum status
copy_row(struct store *into, struct store *from, sqlite3_stmt *row, struct copying *copying)
{
    enum status st = OK;
    int shape = copying->shape_column;

    sqlite3_bind_int64(copying->add, 1, copying->as);
    for (int i = 1; i < sqlite3_column_count(row); i++)
        sqlite3_bind_value(copying->add, i + 1, sqlite3_column_value(row, i));
    if (shape) {
        const struct shape *theirs =
            store_shape_of(from, (uint32_t)sqlite3_column_int64(row, shape));
        uint32_t ours = 0;

        if (!theirs)
            return fail(ERR_PARSE, "timeline %s: an event without its shape", from->path);
        st = store_shape(into, &theirs->like, theirs->wall, &ours);
        sqlite3_bind_int64(copying->add, shape + 1, ours);
    }
    if (st == OK && sqlite3_step(copying->add) != SQLITE_DONE)
        st = store_fail(into, "write");
    sqlite3_reset(copying->add);
    return st;
}

/* All rows of one source in `table`; the source is the first column of each. */
static enum status
copy_rows(struct store *into, struct store *from, const char *table, struct copying *copying)
{
    AUTO(strbuf) read = { 0 }, write = { 0 };
    sqlite3_stmt *row = NULL;
    enum status st;
    int rc = SQLITE_DONE;

    strbuf_addf(&read, "SELECT * FROM %s WHERE source = ?1", table);
    st = store_prepare(from, strbuf_text(&read), &row);
    if (st == OK) {
        strbuf_addf(&write, "INSERT OR IGNORE INTO %s VALUES (?", table);
        for (int i = 1; i < sqlite3_column_count(row); i++)
            strbuf_adds(&write, ", ?");
        strbuf_adds(&write, ")");
        st = store_prepare(into, strbuf_text(&write), &copying->add);
        sqlite3_bind_int64(row, 1, copying->source);
    }
    while (st == OK && (rc = sqlite3_step(row)) == SQLITE_ROW)
        st = copy_row(into, from, row, copying);
    if (st == OK && rc != SQLITE_DONE)
        st = store_fail(from, "read");
    sqlite3_finalize(row);
    sqlite3_finalize(copying->add);
    copying->add = NULL;
    return st;
}

static enum status
merge_rows(struct store *into, struct store *from, uint32_t source, uint32_t as)
{
    struct copying copying = { .source = source, .as = as };
    enum status st = store_run(into, "BEGIN IMMEDIATE");

    if (st != OK)
        return st;
    st = copy_rows(into, from, "stream", &copying);
    copying.shape_column = 4;
    if (st == OK)
        st = copy_rows(into, from, "event", &copying);
    if (st == OK)
        st = store_run(into, "COMMIT");
    if (st != OK)
        sqlite3_exec(into->db, "ROLLBACK", NULL, NULL, NULL);
    into->seen = 0;
    return st;
}

enum status
store_merge(struct store *into, struct store *from)
{
    const struct store_source *sources = NULL;
    size_t n = store_sources(from, &sources);
    enum status st = OK;

    for (size_t i = 0; st == OK && i < n; i++) {
        uint32_t as = 0;

        st = merge_source(into, from, &sources[i], &as);
        if (st == OK)
            st = merge_rows(into, from, sources[i].id, as);
    }
    return st;
}
