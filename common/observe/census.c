/* SPDX-License-Identifier: MIT */
#include "observe/census.h"

#include "net/pgclock.h"

/* Without the right to see them, a session's type and start are null. */
static const char ask_sessions[] =
    "select pid::text, coalesce(application_name, ''), "
    "case when client_port = -1 then 'local' else coalesce(host(client_addr) || ':' || "
    "client_port, '') end, coalesce(datname, ''), coalesce(state, ''), "
    "(extract(epoch from backend_start)::numeric * 1000000)::bigint::text "
    "from pg_catalog.pg_stat_activity where usename = $1 and pid <> pg_backend_pid() "
    "and (backend_type = 'client backend' or backend_type is null) "
    "order by backend_start nulls last, pid";

static void
judge(struct census *c, struct census_session *s, const struct span *rotated)
{
    static const enum predates verdicts[] = {
        [BEFORE] = PREDATES_YES,
        [AFTER] = PREDATES_NO,
        [UNSURE] = PREDATES_UNKNOWN,
    };

    s->predates =
        s->seen && rotated ? verdicts[span_order(s->started, *rotated)] : PREDATES_UNKNOWN;
    c->unseen += !s->seen;
    c->predating += s->predates == PREDATES_YES;
    c->unsure += s->seen && s->predates == PREDATES_UNKNOWN;
}

static void
take_row(struct census *c, const struct pg_rows *rows, size_t i, const struct span *rotated)
{
    struct census_session *s = &c->sessions[i];
    uint64_t n = 0, us = 0;

    (void)str_to_u64(pg_cell(rows, i, 0), &n);
    s->pid = (int)n;
    s->application = arena_str(&c->memory, pg_cell(rows, i, 1));
    s->client = arena_str(&c->memory, pg_cell(rows, i, 2));
    s->database = arena_str(&c->memory, pg_cell(rows, i, 3));
    s->state = arena_str(&c->memory, pg_cell(rows, i, 4));
    s->seen = !pg_null(rows, i, 5) && str_to_u64(pg_cell(rows, i, 5), &us);
    if (s->seen)
        s->started = span_add((struct span){ (int64_t)us * 1000, (int64_t)us * 1000 + 999 },
                              span_negate(c->clock));
    judge(c, s, rotated);
}

enum status
census_take(struct census *ret, struct pg *pg, const char *role, const struct span *rotated)
{
    enum { CLOCK_ROUNDS = 5 };
    struct census c = { 0 };
    struct pg_rows rows = { 0 };
    enum status st = pg_clock(pg, CLOCK_ROUNDS, &c.clock);

    if (st == OK)
        st = pg_ask(pg, ask_sessions, &role, 1, &rows);
    if (st != OK)
        return note(st, "pg_stat_activity");
    c.sessions = arena_alloc(&c.memory, (rows.rows + 1) * sizeof(*c.sessions));
    if (!c.sessions)
        st = fail(ERR_SYSTEM, "no memory for %zu sessions", rows.rows);
    for (; st == OK && c.len < rows.rows; c.len++)
        take_row(&c, &rows, c.len, rotated);
    pg_rows_done(&rows);
    if (st != OK) {
        census_done(&c);
        return st;
    }
    *ret = c;
    return OK;
}

void
census_done(struct census *c)
{
    arena_done(&c->memory);
    *c = (struct census){ 0 };
}
