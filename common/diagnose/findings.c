/* SPDX-License-Identifier: MIT */
#include "diagnose/findings.h"

#include "diagnose/causes.h"
#include "diagnose/charts.h"
#include "diagnose/clocks.h"
#include "diagnose/counts.h"
#include "diagnose/holding.h"
#include "diagnose/moments.h"
#include "diagnose/proofs.h"
#include "time/now.h"

#include <stdlib.h>

/* What is worked out on the way and not needed afterwards. */
struct work {
    struct recording r;
    bool *edge, *refusers;
    struct stretches stretches;
    struct suspects suspects;
    bool has_suspects;
};

static void
work_done(struct work *w)
{
    recording_done(&w->r);
    free(w->edge);
    free(w->refusers);
    free(w->stretches.items);
    suspects_done(&w->suspects);
}

static const struct stretch *
worst(const struct work *w)
{
    return w->stretches.worst < w->stretches.len ? &w->stretches.items[w->stretches.worst]
                                                 : NULL;
}

/* Loads, measures the clocks, and counts. */
static enum status
prepare(struct findings *f, struct work *w, struct store *timeline)
{
    struct recording *r = &w->r;
    enum status st = recording_load(r, timeline);

    if (st == OK)
        st = counts_find_copies(r);
    if (st == OK)
        st = clocks_measure(r, NULL);
    if (st == OK)
        recording_align(r);
    if (st == OK)
        st = counts_edge(r, &w->edge);
    if (st == OK)
        st = counts_refusers(r, &w->refusers);
    if (st == OK)
        st = counts_routes(f, r, w->edge);
    if (st == OK)
        st = counts_roles(f, r, w->refusers);
    if (st == OK)
        st = outages_find(&w->stretches, r, w->edge);
    return st;
}

/* Stamps that may be hours off do not stretch what was recorded. */
static void
put_covered(struct findings *f, const struct recording *r)
{
    bool any = false, guesses = true;

    for (size_t i = 0; i < r->writers_len; i++)
        guesses = guesses && r->writers[i].guessed;
    for (size_t i = 0; i < r->len; i++) {
        const struct writer *w = &r->writers[r->seen[i].writer];

        if (w->guessed && !w->has_offset && !guesses)
            continue;
        f->covered = any ? span_join(f->covered, r->seen[i].at) : r->seen[i].at;
        any = true;
    }
}

static void
put_state(struct findings *f, const struct work *w)
{
    const struct stretch *s = worst(w);

    if (!s) {
        f->state = f->counts.requests ? STATE_HEALTHY : STATE_UNKNOWN;
        return;
    }
    f->has_onset = true;
    f->onset = outages_onset(&w->r, s);
    f->state = outages_over(s) ? STATE_RECOVERED : STATE_FAILING;
    f->has_recovery = f->state == STATE_RECOVERED;
    if (f->has_recovery)
        f->recovery = outages_recovery(&w->r, s);
}

/* The login attempts that count are those of the role at fault. */
static void
put_refused(struct findings *f)
{
    for (size_t i = 0; i < f->roles_len; i++) {
        if (f->cause.role.n && !str_eq(f->roles[i].role, f->cause.role))
            continue;
        f->counts.auth_lines += f->roles[i].lines;
        f->counts.auth_attempts += f->roles[i].attempts;
    }
}

/* When the password was changed: as the server's log has it, or between the last login that
 * was accepted and the first that was not. */
static enum status
put_rotation(struct findings *f, const struct work *w)
{
    const struct suspects *s = &w->suspects;
    struct span last = { 0 };
    bool found = false;

    if (!w->has_suspects || !s->root)
        return OK;
    if (s->has_rotation) {
        f->has_rotation = true;
        f->rotation = w->r.seen[s->rotation].at;
        f->rotation_how = STR("the statement in the server's log");
        return OK;
    }
    if (s->root->kind != KIND_AUTH_FAILED && s->root->kind != KIND_SCRAM)
        return OK;
    for (size_t i = 0; i < s->root->first; i++)
        if (w->r.seen[i].kind == KIND_CONNECTED && w->r.seen[i].role == s->root->role &&
            w->r.writers[w->r.seen[i].writer].class == WRITER_SERVER) {
            last = w->r.seen[i].at;
            found = true;
        }
    if (!found)
        return OK;
    f->has_rotation = true;
    f->rotation = (struct span){ last.low, w->r.seen[s->root->first].at.high };
    f->rotation_how = STR("between the last login accepted and the first refused");
    return OK;
}

static struct str
outage_words(struct findings *f, const struct recording *r, const struct stretch *s)
{
    static const char *const forms[] = {
        [STRETCH_REQUESTS] = "%lu requests answered with an error",
        [STRETCH_GATEWAY] = "%lu requests found no application behind the proxy",
        [STRETCH_ERRORS] = "%lu errors of the application",
    };
    struct str role = recording_word(r, s->role);

    if (s->kind != STRETCH_REFUSALS)
        return arena_strf(&f->memory, forms[s->kind], (unsigned long)s->failures);
    if (!role.n)
        return arena_strf(&f->memory, "%lu refused logins", (unsigned long)s->failures);
    return arena_strf(&f->memory, "%lu refused logins of role " STR_FMT,
                      (unsigned long)s->failures, STR_ARG(role));
}

static void
put_outage(struct findings *f, const struct work *w, const struct stretch *s)
{
    const struct recording *r = &w->r;
    bool over = outages_over(s), main = s == worst(w);
    struct outage *o = &f->outages[f->outages_len++];

    *o = (struct outage){
        .onset = main ? f->onset : r->seen[s->first].at,
        .over = over,
        .class = main                         ? f->cause.class
                 : s->kind == STRETCH_GATEWAY ? "restart"
                                              : event_kinds[r->seen[s->first].kind].name,
        .role = arena_str(
            &f->memory,
            recording_word(r, main && w->suspects.root ? w->suspects.root->role : s->role)),
        .failures = s->failures,
        .what = outage_words(f, r, s),
    };
    if (over)
        o->recovery = main ? f->recovery : outages_recovery(r, s);
}

/* Refusals within the outage by the role at fault are its cause, not another outage. */
static bool
is_part_of_worst(const struct work *w, const struct stretch *s)
{
    const struct stretch *main = worst(w);

    if (!main || s->kind != STRETCH_REFUSALS)
        return false;
    return !s->role || (w->suspects.root && s->role == w->suspects.root->role);
}

static enum status
put_outages(struct findings *f, const struct work *w)
{
    f->outages = arena_alloc(&f->memory, (w->stretches.len + 1) * sizeof(*f->outages));
    if (!f->outages)
        return fail(ERR_SYSTEM, "out of memory");
    if (!worst(w))
        return OK;
    put_outage(f, w, worst(w));
    for (size_t i = 0; i < w->stretches.len; i++)
        if (i != w->stretches.worst && !is_part_of_worst(w, &w->stretches.items[i]))
            put_outage(f, w, &w->stretches.items[i]);
    return OK;
}

/* What the store knows of each source, and what was measured just now. */
static enum status
put_sources(struct findings *f, struct recording *r)
{
    const struct store_source *sources = NULL;
    size_t n = store_sources(r->store, &sources);

    f->sources = arena_alloc(&f->memory, (n + 1) * sizeof(*f->sources));
    if (!f->sources)
        return fail(ERR_SYSTEM, "out of memory");
    for (size_t i = 0; i < n; i++) {
        struct source_finding *to = &f->sources[f->sources_len++];
        struct store_source *copy = arena_alloc(&f->memory, sizeof(*copy));

        if (!copy)
            return fail(ERR_SYSTEM, "out of memory");
        *copy = sources[i];
        copy->name = arena_str(&f->memory, copy->name);
        copy->format = arena_str(&f->memory, copy->format);
        copy->coverage = arena_str(&f->memory, copy->coverage);
        to->source = copy;
        store_clock_of(r->store, copy->id, &to->clock);
        clocks_of_source(r, copy->id, &to->clock);
        to->clock.zone = arena_str(&f->memory, to->clock.zone);
        to->clock.how = arena_str(&f->memory, to->clock.how);
    }
    return OK;
}

static enum status
explain(struct findings *f, struct work *w)
{
    enum status st = OK;

    if (!worst(w))
        return OK;
    st = causes_suspect(&w->suspects, &w->r, worst(w));
    w->has_suspects = st == OK;
    if (st == OK)
        st = causes_judge(f, &w->suspects);
    return st;
}

static void
put_sentence(struct findings *f)
{
    static const char *const ends[STATE_LEN] = {
        [STATE_FAILING] = "Requests are still failing.",
        [STATE_RECOVERED] = "It has recovered.",
    };

    if (f->state == STATE_UNKNOWN)
        f->sentence = STR("Nothing at hand tells how requests fared.");
    else if (f->state == STATE_HEALTHY)
        f->sentence = arena_strf(&f->memory, "All %lu requests were answered well.",
                                 (unsigned long)f->counts.requests);
    else
        f->sentence =
            arena_strf(&f->memory, STR_FMT " %s", STR_ARG(f->cause.sentence), ends[f->state]);
}

/* Everything, in the order in which one thing stands on another. */
static enum status
work_out(struct findings *f, struct work *w, struct store *timeline)
{
    enum status st = prepare(f, w, timeline);

    if (st != OK)
        return st;
    put_covered(f, &w->r);
    put_state(f, w);
    st = explain(f, w);
    if (st != OK)
        return st;
    put_refused(f);
    put_sentence(f);
    st = put_rotation(f, w);
    if (st == OK)
        st = put_outages(f, w);
    if (st == OK)
        st = put_sources(f, &w->r);
    if (st == OK)
        st = holding_tell(f, &w->r, worst(w), &w->suspects);
    if (st == OK)
        st = charts_draw(f, &w->r, w->edge, w->refusers);
    if (st == OK)
        st = moments_tell(f, &w->r, worst(w), &w->suspects);
    return st == OK ? proofs_look(f, &w->r, worst(w), &w->suspects) : st;
}

static enum status
run(struct findings *ret, struct store *timeline, bool keep_clocks)
{
    struct findings f = { 0 };
    AUTO(work) w = { 0 };
    enum status st = work_out(&f, &w, timeline);

    if (st == OK && keep_clocks)
        st = clocks_keep(&w.r, timeline);
    if (st == OK)
        *ret = f;
    else
        findings_done(&f);
    return st;
}

enum status
findings_work_out(struct findings *ret, struct store *timeline)
{
    return run(ret, timeline, false);
}

enum status
findings_settle(struct findings *ret, struct store *timeline)
{
    return run(ret, timeline, true);
}

void
findings_done(struct findings *f)
{
    arena_done(&f->memory);
    *f = (struct findings){ 0 };
}
