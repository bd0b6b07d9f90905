/* SPDX-License-Identifier: MIT */
#include "ask.h"

#include <stdio.h>

#include "args.h"
#include "net/pgclock.h"
#include "observe/rotation.h"
#include "observe/salts.h"
#include "time/moment.h"
#include "time/now.h"

enum { CLOCK_ROUNDS = 20 };

enum status
ask_open(struct pg **ret, const struct targets *targets)
{
    struct pg_request q = { &targets->all[0],
                            targets->all[0].hosts,
                            NULL,
                            targets->has_password ? &targets->password : NULL,
                            "dbprobe",
                            args.timeout };
    const struct pg_login *l;
    struct pg *pg;
    enum status st = pg_open(&pg, &q);

    if (st != OK)
        return st;
    l = pg_login(pg);
    if (l->ok) {
        *ret = pg;
        return OK;
    }
    if (l->timed_out)
        st = fail(ERR_NETWORK, "%s: no answer in time", targets->all[0].shown);
    else
        st =
            fail(ERR_NETWORK, "%s: " STR_FMT, targets->all[0].shown,
                 STR_ARG(l->refusals_len ? l->refusals[l->refusals_len - 1].message : STR("")));
    pg_close(pg);
    return st;
}

const char *
ask_role(const struct targets *targets)
{
    return args.role ? args.role : targets->len ? targets->all[0].role : "";
}

enum status
ask_instant(const char *text, struct span *ret)
{
    struct moment m;
    struct zone *utc;
    enum status st = zone_open_fixed(&utc, 0);

    if (st != OK)
        return st;
    st = moment_read(&m, text, utc, now_real());
    zone_close(utc);
    if (st == OK && m.is_event)
        return fail(ERR_USAGE, "'%s': an instant is meant here, not an event", text);
    if (st == OK)
        *ret = m.span;
    return st;
}

enum status
ask_log(struct changed *ret, struct store *timeline, struct str role)
{
    struct store_query q = { { INT64_MIN, INT64_MAX }, UINT64_C(1) << KIND_ROTATION, 0 };
    struct store_cursor *c;
    struct event e;
    bool more = true;
    enum status st = store_find(timeline, &q, &c);

    if (st != OK)
        return st;
    while (st == OK && more) {
        st = store_next(c, &e, &more);
        if (st != OK || !more || !str_eq(e.role, role) || str_eq(e.format, STR("dbprobe")))
            continue;
        ret->known = true;
        ret->when = e.when.span;
        snprintf(ret->how, sizeof(ret->how), "the server's log");
    }
    store_cursor_close(c);
    return st;
}

static enum status
from_timeline(struct changed *ret, struct store *timeline, const char *role)
{
    struct salt_change change;
    bool found = false;
    enum status st = salt_last_change(timeline, str_of(role), &change, &found);

    if (st != OK || !found)
        return st == OK ? ask_log(ret, timeline, str_of(role)) : st;
    ret->known = true;
    ret->when = change.bracket;
    snprintf(ret->how, sizeof(ret->how), "salt seen to change from %s to %s", change.before,
             change.after);
    return OK;
}

static enum status
from_server(struct changed *ret, struct pg *pg, const char *role)
{
    static const struct rotation_wal none = { 0 };
    struct rotation r;
    struct span clock;
    enum status st = rotation_ask(&r, pg, role, &none);

    if (st == ERR_CONFLICT)
        return OK;
    if (st != OK || !r.sure || r.source == ROTATION_NONE)
        return st;
    st = pg_clock(pg, CLOCK_ROUNDS, &clock);
    if (st != OK)
        return st;
    ret->known = true;
    ret->when = span_add(r.commit, span_negate(clock));
    snprintf(ret->how, sizeof(ret->how), "%s", rotation_source_names[r.source]);
    return OK;
}

enum status
ask_changed(struct changed *ret, const struct targets *targets, struct store *timeline,
            struct pg *pg)
{
    const char *role = ask_role(targets);
    enum status st = OK;

    *ret = (struct changed){ 0 };
    if (args.rotated) {
        st = ask_instant(args.rotated, &ret->when);
        ret->known = st == OK;
        snprintf(ret->how, sizeof(ret->how), "as said");
        return st;
    }
    if (timeline)
        st = from_timeline(ret, timeline, role);
    if (st == OK && !ret->known && pg)
        st = from_server(ret, pg, role);
    return st;
}
