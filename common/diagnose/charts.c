/* SPDX-License-Identifier: MIT */
#include "diagnose/charts.h"

enum {
    BINS_MOST = 240,
    BINS_LEAST = 1,
    LANES_MOST = 40, /* routes and roles that get bins of their own */
};

static size_t
how_many(struct span covered)
{
    int64_t seconds = span_width(covered) / NS_PER_S + 1;

    return (size_t)MAX(BINS_LEAST, MIN(BINS_MOST, seconds));
}

static size_t
bin_of(const struct findings *f, const struct seen *e)
{
    double share =
        (double)(span_mid(e->at) - f->covered.low) / ((double)span_width(f->covered) + 1);
    double at = share * (double)f->bins_len;

    return at < 0 ? 0 : MIN((size_t)at, f->bins_len - 1);
}

static struct bin *
new_bins(struct findings *f)
{
    return arena_alloc(&f->memory, f->bins_len * sizeof(struct bin));
}

/* The route's or the role's bins by word; NULL for those that have none. */
static struct bin *
lane_of_route(const struct findings *f, struct str name)
{
    for (size_t i = 0; i < f->routes_len; i++)
        if (str_eq(f->routes[i].route, name))
            return f->routes[i].bins;
    return NULL;
}

static struct bin *
lane_of_role(const struct findings *f, struct str name)
{
    for (size_t i = 0; i < f->roles_len; i++)
        if (str_eq(f->roles[i].role, name))
            return f->roles[i].bins;
    return NULL;
}

static void
add_request(struct bin *bin, const struct seen *e)
{
    if (!bin)
        return;
    bin->requests++;
    bin->failed += e->kind == KIND_HTTP_5XX;
}

static void
add_event(struct findings *f, const struct recording *r, const struct seen *e, size_t at,
          struct bin *lane)
{
    const struct writer *w = &r->writers[e->writer];

    if (seen_request(e)) {
        add_request(&f->bins[at], e);
        add_request(lane ? &lane[at] : NULL, e);
        return;
    }
    f->bins[at].app_errors +=
        w->class == WRITER_APP && !w->copy_of_other && !e->echo &&
        (seen_refused(e) || e->kind == KIND_APP_ERROR || e->kind == KIND_DISCONNECTED);
}

static enum status
make_lanes(struct findings *f)
{
    bool room = (f->bins = new_bins(f)) != NULL;

    for (size_t i = 0; room && i < f->routes_len; i++)
        if (i < LANES_MOST)
            room = (f->routes[i].bins = new_bins(f)) != NULL;
    for (size_t i = 0; room && i < f->roles_len; i++)
        if (i < LANES_MOST)
            room = (f->roles[i].bins = new_bins(f)) != NULL;
    return room ? OK : fail(ERR_SYSTEM, "out of memory");
}

enum status
charts_draw(struct findings *f, const struct recording *r, const bool *edge,
            const bool *refusers)
{
    struct bin *lane = NULL;
    uint32_t route = UINT32_MAX;

    f->bins_len = how_many(f->covered);
    if (make_lanes(f) != OK)
        return ERR_SYSTEM;
    for (size_t i = 0; i < r->len; i++) {
        const struct seen *e = &r->seen[i];
        size_t at = bin_of(f, e);

        if (seen_refused(e) && !e->echo && refusers[e->writer]) {
            struct bin *role = lane_of_role(f, recording_word(r, e->role));

            f->bins[at].refused++;
            if (role)
                role[at].refused++;
        }
        if (seen_request(e) && !edge[e->writer])
            continue;
        if (seen_request(e) && e->route != route)
            lane = lane_of_route(f, recording_word(r, route = e->route));
        add_event(f, r, e, at, lane);
    }
    return OK;
}
