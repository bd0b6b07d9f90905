/* SPDX-License-Identifier: MIT */
#include "loaded.h"

#include <sys/stat.h>

void
loaded_done(struct loaded *l)
{
    findings_done(&l->findings);
    arena_done(&l->memory);
    store_close(l->store);
    *l = (struct loaded){ 0 };
}

/* Requests that went well and probes are what the lanes are for: the list would drown. */
static uint64_t
listed_kinds(void)
{
    uint64_t kinds = 0;

    for (int k = KIND_NONE + 1; k < KIND_LEN; k++)
        if (k != KIND_REQUEST && k != KIND_PROBE)
            kinds |= UINT64_C(1) << k;
    return kinds;
}

/* The views of an event live until the next one: what is kept is copied. */
static struct event
keep(struct arena *memory, const struct event *e)
{
    struct event kept = *e;
    struct str *const views[] = {
        &kept.format, &kept.level, &kept.sqlstate,  &kept.role,    &kept.database,
        &kept.client, &kept.route, &kept.pid,       &kept.request, &kept.text,
        &kept.rule,   &kept.host,  &kept.when.zone,
    };

    for (size_t i = 0; i < LEN(views); i++)
        *views[i] = arena_str(memory, *views[i]);
    return kept;
}

static enum status
list_events(struct loaded *l)
{
    struct store_query query = { .window = { INT64_MIN, INT64_MAX }, .kinds = listed_kinds() };
    struct store_cursor *cursor;
    enum status st = store_find(l->store, &query, &cursor);
    bool more = st == OK;

    l->events = arena_alloc(&l->memory, LOADED_EVENTS * sizeof(*l->events));
    if (st == OK && l->events == NULL)
        st = fail(ERR_SYSTEM, "no memory for the list of events");
    while (st == OK && more) {
        struct event e;

        st = store_next(cursor, &e, &more);
        if (st != OK || !more)
            break;
        l->events_more = l->events_len == LOADED_EVENTS;
        if (l->events_more)
            break;
        l->events[l->events_len++] = keep(&l->memory, &e);
    }
    store_cursor_close(cursor);
    return st;
}

enum status
loaded_open(struct loaded *ret, const char *path, bool with_events)
{
    struct loaded l = { 0 };
    enum status st;

    if (path == NULL)
        return fail(ERR_USAGE, "no timeline: name one with -t FILE, or open one with "
                               "incident open");
    st = store_open(&l.store, path, STORE_READ);
    if (st == OK)
        st = findings_work_out(&l.findings, l.store);
    if (st == OK && with_events)
        st = list_events(&l);
    if (st == OK)
        *ret = l;
    else
        loaded_done(&l);
    return st;
}

/* SQLite in WAL mode writes to the log beside the file first. */
uint64_t
loaded_stamp(const char *path)
{
    AUTO(strbuf) log = { 0 };
    uint64_t stamp = 0;

    if (path == NULL)
        return 0;
    strbuf_addf(&log, "%s-wal", path);
    for (int i = 0; i < 2; i++) {
        struct stat st;

        /* An empty log comes and goes with those who only read. */
        if (stat(i == 0 ? path : strbuf_text(&log), &st) == 0 && st.st_size > 0)
            stamp = stamp * 31 + (uint64_t)st.st_mtim.tv_sec * 1000000007U +
                    (uint64_t)st.st_mtim.tv_nsec + (uint64_t)st.st_size;
    }
    return stamp;
}
