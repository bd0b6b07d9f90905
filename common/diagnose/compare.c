/* SPDX-License-Identifier: MIT */
#include "diagnose/compare.h"

#include <math.h>
#include <stdlib.h>

enum { LATENCIES_MOST = 1000, LATENCIES_LEAST = 5, MORE_MOST = 1000000 };

const char *const compare_verdict_names[COMPARE_LEN] = {
    [COMPARE_SAME] = "same",
    [COMPARE_BETTER] = "better",
    [COMPARE_WORSE] = "worse",
    [COMPARE_INCONCLUSIVE] = "inconclusive",
};

static double
log_choose(unsigned n, unsigned k)
{
    return lgamma(n + 1.0) - lgamma(k + 1.0) - lgamma(n - k + 1.0);
}

double
compare_fisher(unsigned before_failed, unsigned before, unsigned now_failed, unsigned now)
{
    unsigned failed = before_failed + now_failed, all = before + now;
    double whole = log_choose(all, failed), p = 0;

    for (unsigned k = now_failed; k <= MIN(failed, now); k++)
        if (failed - k <= before)
            p += exp(log_choose(now, k) + log_choose(before, failed - k) - whole);
    return MIN(p, 1);
}

/* The standard normal's quantile by bisection: called a handful of times. */
static double
normal_quantile(double p)
{
    double low = -10, high = 10;

    for (int i = 0; i < 80; i++) {
        double middle = (low + high) / 2;

        if (erfc(-middle / sqrt(2)) / 2 < p)
            low = middle;
        else
            high = middle;
    }
    return (low + high) / 2;
}

static int
by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* Every pair's log(now / before), sorted: Mann-Whitney's U is how many are above zero, and
 * Hodges-Lehmann's estimate and interval are its order statistics. */
static double *
pair_logs(const struct compare_sample *before, size_t m, const struct compare_sample *now,
          size_t n)
{
    double *pairs = calloc(m * n, sizeof(*pairs));

    if (!pairs)
        return NULL;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < m; k++)
            pairs[i * m + k] = log((double)MAX(now->latencies[i], 1)) -
                               log((double)MAX(before->latencies[k], 1));
    qsort(pairs, m * n, sizeof(*pairs), by_size);
    return pairs;
}

static double
two_sided_p(const double *pairs, size_t m, size_t n)
{
    double u = 0, sd = sqrt((double)m * (double)n * (double)(m + n + 1) / 12), off;

    for (size_t i = 0; i < m * n; i++)
        u += pairs[i] > 0 ? 1 : pairs[i] < 0 ? 0 : 0.5;
    off = fabs(u - (double)(m * n) / 2) - 0.5;
    return off <= 0 ? 1 : erfc(off / sd / sqrt(2));
}

static void
fill_ratio(struct compare *c, const double *pairs, size_t m, size_t n, double alpha)
{
    size_t all = m * n;
    double half = (double)all / 2;
    double sd = sqrt((double)m * (double)n * (double)(m + n + 1) / 12);
    double cut = floor(half - normal_quantile(1 - alpha / 2) * sd - 0.5);
    size_t k = cut > 0 ? (size_t)cut : 0;

    c->has_ratio = true;
    c->ratio = exp((pairs[(all - 1) / 2] + pairs[all / 2]) / 2);
    c->low = exp(pairs[k]);
    c->high = exp(pairs[all - 1 - k]);
    c->p = two_sided_p(pairs, m, n);
}

static enum status
compare_latencies(struct compare *c, const struct compare_sample *before,
                  const struct compare_sample *now, double alpha)
{
    size_t m = MIN(before->latencies_len, LATENCIES_MOST);
    size_t n = MIN(now->latencies_len, LATENCIES_MOST);
    double *pairs;

    c->p = 1;
    if (m < LATENCIES_LEAST || n < LATENCIES_LEAST)
        return OK;
    pairs = pair_logs(before, m, now, n);
    if (!pairs)
        return fail(ERR_SYSTEM, "no memory for %zu pairs", m * n);
    fill_ratio(c, pairs, m, n, alpha);
    free(pairs);
    return OK;
}

/* The interval shrinks with the root of the sample. It is narrow enough when it leaves one
 * (if the estimate is outside the margin) or lies within the margin. */
static unsigned
more_needed(const struct compare *c, size_t n, double margin)
{
    double half = (log(c->high) - log(c->low)) / 2, off = fabs(log(c->ratio));
    double room = off > margin / 2 ? off : margin - off;
    double needed;

    if (!c->has_ratio)
        return (unsigned)(LATENCIES_LEAST > n ? LATENCIES_LEAST - n : 1);
    needed = ceil((double)n * (half / room) * (half / room) * 1.1);
    return (unsigned)MIN(MAX(needed - (double)n, 1), MORE_MOST);
}

static enum compare_verdict
verdict_of(const struct compare *c, double errors, double margin)
{
    if (c->errors_worse < errors)
        return COMPARE_WORSE;
    if (c->has_ratio && c->low > 1)
        return COMPARE_WORSE;
    if (c->errors_better < errors || (c->has_ratio && c->high < 1))
        return COMPARE_BETTER;
    if (c->has_ratio && log(c->high) <= margin && log(c->low) >= -margin)
        return COMPARE_SAME;
    return COMPARE_INCONCLUSIVE;
}

enum status
compare_samples(struct compare *ret, const struct compare_sample *before,
                const struct compare_sample *now, const struct compare_plan *plan)
{
    double margin = log1p(plan->margin > 0 ? plan->margin : 0.2);
    double errors = plan->errors > 0 ? plan->errors : 0.005;
    struct compare c = { 0 };

    if (before->probes == 0 || now->probes == 0)
        return fail(ERR_USAGE, "nothing to compare: a sample without probes");
    c.errors_worse = compare_fisher(before->failed, before->probes, now->failed, now->probes);
    c.errors_better = compare_fisher(now->failed, now->probes, before->failed, before->probes);
    if (compare_latencies(&c, before, now, plan->alpha > 0 ? plan->alpha : 0.05) != OK)
        return ERR_SYSTEM;
    c.verdict = verdict_of(&c, errors, margin);
    if (c.verdict == COMPARE_INCONCLUSIVE)
        c.more = more_needed(&c, MIN(before->latencies_len, now->latencies_len), margin);
    *ret = c;
    return OK;
}
