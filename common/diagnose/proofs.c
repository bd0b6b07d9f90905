/* SPDX-License-Identifier: MIT */
#include "diagnose/proofs.h"

/* What a row looks at, and where it leaves its reason. */
struct look {
    struct findings *f;
    const struct recording *r;
    const struct stretch *outage;
    const struct suspects *s;
};

typedef int verdict_fn(const struct look *l, struct str *ret_why);

static int
routes_answer(const struct look *l, struct str *ret_why)
{
    struct findings *f = l->f;

    for (size_t i = 0; i < f->routes_len; i++)
        if (f->routes[i].failed && !f->routes[i].clean_after) {
            *ret_why = arena_strf(&f->memory,
                                  "%.*s has not been answered well since its last "
                                  "failure",
                                  STR_ARG(f->routes[i].route));
            return PROOF_NO;
        }
    if (!f->counts.requests) {
        *ret_why =
            STR("no requests are on the timeline: give the proxy's log, or run baseline");
        return PROOF_UNKNOWN;
    }
    *ret_why = arena_strf(&f->memory, "%lu good answers since, of the routes that failed",
                          (unsigned long)l->outage->well_after);
    return f->has_recovery ? PROOF_YES : PROOF_NO;
}

static int
no_refusals_since(const struct look *l, struct str *ret_why)
{
    const struct recording *r = l->r;
    size_t end = l->outage->has_recovery ? l->outage->recovery : l->outage->last;
    int64_t quiet = r->seen[r->len - 1].at.high - r->seen[end].at.high;
    uint64_t since = 0;

    if (!l->s->root) {
        *ret_why = STR("no log of the database is on the timeline");
        return PROOF_UNKNOWN;
    }
    for (size_t i = end + 1; i < r->len; i++)
        since += seen_refused(&r->seen[i]) && !r->seen[i].echo &&
                 (!l->s->root->role || r->seen[i].role == l->s->root->role);
    if (since) {
        *ret_why = arena_strf(&l->f->memory, "%lu refused logins since", (unsigned long)since);
        return PROOF_NO;
    }
    *ret_why = arena_strf(&l->f->memory, "none in the %ld s that were recorded since",
                          (long)(quiet / NS_PER_S));
    return PROOF_YES;
}

static int
new_logins_succeed(const struct look *l, struct str *ret_why)
{
    if (!l->s->logins_after) {
        *ret_why = STR("no login that succeeded is on the timeline: dbprobe check, or "
                       "log_connections = on");
        return PROOF_UNKNOWN;
    }
    *ret_why = arena_strf(&l->f->memory, "%lu logins since", (unsigned long)l->s->logins_after);
    return PROOF_YES;
}

static int
no_old_sessions(const struct look *l, struct str *ret_why)
{
    (void)l;
    *ret_why =
        STR("sessions older than the change live on until they reconnect: dbprobe census");
    return PROOF_UNKNOWN;
}

/* clang-format off */
static const struct {
    const char *what;
    verdict_fn *look;
} rows[] = {
    { "the routes answer again",                  routes_answer },
    { "no login was refused since",               no_refusals_since },
    { "new logins succeed",                       new_logins_succeed },
    { "no session is older than the change",      no_old_sessions },
};
/* clang-format on */

enum status
proofs_look(struct findings *f, const struct recording *r, const struct stretch *outage,
            const struct suspects *s)
{
    const struct look l = { f, r, outage, s };

    if (!outage)
        return OK;
    f->proofs = arena_alloc(&f->memory, LEN(rows) * sizeof(*f->proofs));
    if (!f->proofs)
        return fail(ERR_SYSTEM, "out of memory");
    for (size_t i = 0; i < LEN(rows); i++) {
        struct proof *p = &f->proofs[f->proofs_len++];

        p->what = rows[i].what;
        p->holds = (unsigned)rows[i].look(&l, &p->why);
    }
    return OK;
}
