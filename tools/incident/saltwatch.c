/* SPDX-License-Identifier: MIT */
#include "saltwatch.h"

#include "net/probe.h"
#include "time/now.h"

static const int64_t every = MS(100), patience = SECONDS(1);
static const char target[] = "postgres";

enum status
saltwatch_open(struct saltwatch *w, struct str port, struct str role, struct str database)
{
    struct str number = arena_str(&w->memory, port);
    size_t n;

    w->seen = arena_alloc(&w->memory, sizeof(*w->seen));
    if (w->seen == NULL || number.p == NULL)
        return fail(ERR_SYSTEM, "out of memory");
    w->role = role;
    w->database = database;
    return address_find(&w->memory, "127.0.0.1", number.p, patience, &w->to, &n);
}

static enum status
keep(struct saltwatch *w, struct store *timeline, const struct salt_sighting *s)
{
    const struct salt_of of = { target, w->to->text, w->role.p, w->database.p };
    const struct salt_sighting before = w->history.last;
    struct span bracket = s->seen;
    enum salt_news news = salt_take(&w->history, s, &bracket);
    enum status st = OK;

    if (news == SALT_SAME)
        return OK;
    if (news != SALT_FIRST)
        st = salt_record(timeline, &of, &before);
    if (st == OK)
        st = salt_record(timeline, &of, s);
    if (st == OK && news != SALT_FIRST)
        st = salt_record_change(timeline, &of, bracket, "the salt changed");
    return st;
}

enum status
saltwatch_tick(struct saltwatch *w, struct store *timeline)
{
    struct probe_request q = {
        .to = w->to, .role = w->role, .database = w->database, .timeout = patience
    };
    struct salt_sighting s;

    if (w->to == NULL || now_monotonic() < w->due)
        return OK;
    w->due = now_monotonic() + every;
    probe_run(w->seen, &q);
    if (!w->seen->has_salt)
        return OK;
    s.seen = (struct span){ w->seen->sent, w->seen->got };
    scram_salt_print(&w->seen->salt, s.tag);
    return keep(w, timeline, &s);
}

void
saltwatch_done(struct saltwatch *w)
{
    arena_done(&w->memory);
    *w = (struct saltwatch){ 0 };
}
