/* SPDX-License-Identifier: MIT */
#include "net/pgclock.h"

#include "time/now.h"

static enum status
read_once(struct pg *pg, struct span *ret)
{
    static const char ask[] =
        "select (extract(epoch from clock_timestamp())::numeric * 1000000)::bigint";
    struct pg_rows rows = { 0 };
    int64_t sent = now_real(), got;
    uint64_t us = 0;
    enum status st = pg_ask(pg, ask, NULL, 0, &rows);

    got = now_real();
    if (st != OK)
        return st;
    if (rows.rows != 1 || !str_to_u64(pg_cell(&rows, 0, 0), &us))
        st = fail(ERR_PARSE, "the server's clock cannot be read");
    pg_rows_done(&rows);
    if (st == OK)
        *ret = (struct span){ (int64_t)us * 1000 - got, (int64_t)us * 1000 + 1000 - sent };
    return st;
}

enum status
pg_clock(struct pg *pg, unsigned rounds, struct span *ret)
{
    struct span known = { 0 };

    for (unsigned i = 0; i < rounds; i++) {
        struct span one;
        enum status st = read_once(pg, &one);

        if (st != OK)
            return st;
        /* Readings that cannot agree: a clock was set in between, the later one holds. */
        if (i == 0 || !span_meet(known, one, &known))
            known = one;
    }
    *ret = known;
    return OK;
}
