/* SPDX-License-Identifier: MIT */
#include "diagnose/recovery.h"

#include <math.h>
#include <strings.h>

/* Below this the two rules agree, and the strict one is easier to explain. */
static const double strict_below = 0.005;

/* What "still broken" is held against: one request in a hundred may fail by itself. Who waits
 * expects it to be broken, so one chance in a hundred of crying wolf is enough: two failures
 * close to each other. */
static const double odd_failure = 0.01, broken_share = 0.25, wolf = 0.01;

const char *const recovery_verdict_names[RECOVERY_LEN] = {
    [RECOVERY_UNDECIDED] = "undecided",
    [RECOVERY_FAILING] = "failing",
    [RECOVERY_RECOVERED] = "recovered",
};

const char *const recovery_failure_names[FAILURE_LEN] = {
    [FAILURE_APPLICATION] = "application",
    [FAILURE_ABSENT] = "absent",
    [FAILURE_OTHER] = "other",
};

/* Looks that are enough for a run to be possible at all: even all of them good must be rarer
 * than alpha. */
static unsigned
looks_at_least(const struct recovery_plan *plan)
{
    return (unsigned)ceil(log(plan->alpha) / log1p(-plan->exclude));
}

static enum status
check_plan(const struct recovery_plan *plan)
{
    if (!(plan->exclude > 0 && plan->exclude < 1))
        return fail(ERR_USAGE, "a share to exclude must lie between 0 and 1");
    if (!(plan->alpha > 0 && plan->alpha < 0.5))
        return fail(ERR_USAGE, "a chance of being wrong must lie between 0 and 50%%");
    if (!(plan->normal >= 0 && plan->normal < plan->exclude))
        return fail(ERR_USAGE,
                    "a share of %.3g cannot be told from the %.3g that fail normally",
                    plan->exclude, plan->normal);
    if (plan->looks < looks_at_least(plan))
        return fail(ERR_USAGE, "a share of %.3g takes at least %u probes to exclude, not %u",
                    plan->exclude, looks_at_least(plan), plan->looks);
    return OK;
}

enum status
recovery_begin(struct recovery *ret, const struct recovery_plan *plan)
{
    struct recovery r = { .plan = *plan };

    if (check_plan(plan) != OK)
        return ERR_USAGE;
    r.needed = chance_run_needed(plan->exclude, plan->alpha, plan->looks);
    /* Looks are counted from a success: that one is given. */
    while (chance_of_run_begun(r.needed, plan->looks, plan->exclude) > plan->alpha)
        r.needed++;
    if (plan->normal > strict_below) {
        r.to_good = chance_sum_between(plan->exclude, plan->normal);
        r.height = chance_cusum_height(plan->exclude, plan->normal, plan->alpha, plan->looks);
        r.needed = (unsigned)ceil(r.height / r.to_good.of_success);
    }
    r.to_bad = chance_sum_between(MAX(odd_failure, plan->normal),
                                  MAX(broken_share, MIN(4 * plan->normal, 0.9)));
    *ret = r;
    return OK;
}

/* FNV-1a; peers are counted, not shown. */
static uint64_t
hash_of(struct str text)
{
    uint64_t h = UINT64_C(14695981039346656037);

    for (size_t i = 0; i < text.n; i++)
        h = (h ^ (unsigned char)text.p[i]) * UINT64_C(1099511628211);
    return h;
}

static void
count_peer(struct recovery *r, struct str peer)
{
    uint64_t h = hash_of(peer);

    if (peer.n == 0 || r->peers_len == RECOVERY_PEERS)
        return;
    for (unsigned i = 0; i < r->peers_len; i++)
        if (r->peers[i] == h)
            return;
    r->peers[r->peers_len++] = h;
}

static void
begin_row(struct recovery *r)
{
    r->row = r->fresh = r->peers_len = 0;
    r->proved = false;
}

static void
see_good(struct recovery *r, const struct recovery_look *look)
{
    r->good++;
    if (r->row++ == 0)
        r->first_good = look->at;
    r->last_good = look->at;
    r->fresh += look->fresh;
    count_peer(r, look->peer);
}

static void
see_bad(struct recovery *r, const struct recovery_look *look)
{
    r->failed++;
    r->failures[look->failure]++;
    r->last_bad = look->at;
    if (r->height == 0)
        begin_row(r);
}

/* The row may have to go on for a while after it proved enough (spread): what counts is that
 * it proved enough in time. */
static bool
is_enough(struct recovery *r)
{
    bool enough = r->height > 0 ? r->to_good.sum >= r->height : r->row >= r->needed;

    if (enough && r->looks <= r->plan.looks)
        r->proved = true;
    return r->proved && recovery_spread(r) >= r->plan.spread;
}

enum recovery_verdict
recovery_see(struct recovery *r, const struct recovery_look *look)
{
    r->total++;
    if (look->good)
        see_good(r, look);
    else
        see_bad(r, look);
    if (r->height > 0 && chance_sum_cusum(&r->to_good, look->good) <= 0)
        begin_row(r);

    if (chance_sum_cusum(&r->to_bad, look->good) >= log(1 / wolf)) {
        r->broken = true;
        r->to_bad.sum = log(1 / wolf); /* a long outage is not remembered longer than a short */
    }
    if (r->to_bad.sum <= 0)
        r->broken = false; /* a row of good ones takes it back */

    /* Until something succeeds nothing can be mistaken for a recovery: looks at an outage
     * that is total cost none of those that alpha is spent on. */
    if (r->good > 0)
        r->looks++;
    if (is_enough(r))
        r->verdict = RECOVERY_RECOVERED;
    else if (r->looks >= r->plan.looks && !r->proved)
        r->over = true;
    return recovery_so_far(r);
}

enum recovery_verdict
recovery_so_far(const struct recovery *r)
{
    if (r->verdict == RECOVERY_RECOVERED)
        return RECOVERY_RECOVERED;
    return r->failed > 0 && (r->broken || recovery_residue(r) > r->plan.exclude)
               ? RECOVERY_FAILING
               : RECOVERY_UNDECIDED;
}

double
recovery_residue(const struct recovery *r)
{
    return chance_share_high(0, r->row, r->plan.alpha);
}

int64_t
recovery_spread(const struct recovery *r)
{
    return r->row > 0 ? MAX(r->last_good.low - r->first_good.high, 0) : 0;
}

enum recovery_failure
recovery_failure_of(int status, const char *error)
{
    static const char *const absent[] = { "refused", "reset", "unreachable",
                                          "timeout_connect" };

    if (status == 500)
        return FAILURE_APPLICATION;
    if (status >= 502 && status <= 504)
        return FAILURE_ABSENT;
    for (size_t i = 0; status == 0 && error && i < LEN(absent); i++)
        if (strcmp(error, absent[i]) == 0)
            return FAILURE_ABSENT;
    return FAILURE_OTHER;
}

bool
recovery_is_shallow(struct str path)
{
    static const char *const words[] = { "health", "healthz", "healthcheck", "health-check",
                                         "live",   "livez",   "liveness",    "ping",
                                         "ready",  "readyz",  "readiness",   "alive",
                                         "status", "up",      "heartbeat",   "version" };
    struct str last = path;

    for (size_t i = path.n; i > 0; i--)
        if (path.p[i - 1] == '/') {
            last = str_skip(path, i);
            break;
        }
    for (size_t i = 0; i < LEN(words); i++)
        if (last.n == strlen(words[i]) && strncasecmp(last.p, words[i], last.n) == 0)
            return true;
    return false;
}
