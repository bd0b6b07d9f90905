/* SPDX-License-Identifier: MIT */
#include "diagnose/chance.h"

#include <math.h>
#include <stdlib.h>

/* More looks than anybody waits for; keeps the recurrence's memory small. */
enum { LOOKS_MAX = 1 << 20, TRIALS = 20000 };

static double
log_choose(unsigned n, unsigned k)
{
    return lgamma(n + 1.0) - lgamma(k + 1.0) - lgamma(n - k + 1.0);
}

double
chance_at_most(unsigned k, unsigned n, double p)
{
    double sum = 0;

    if (k >= n || p <= 0)
        return 1;
    if (p >= 1)
        return 0;
    for (unsigned i = 0; i <= k; i++)
        sum += exp(log_choose(n, i) + i * log(p) + (n - i) * log1p(-p));
    return MIN(sum, 1);
}

/* The share at which `at_most(k)` falls to `chance`: it falls as the share grows. */
static double
share_where(unsigned k, unsigned n, double chance)
{
    double low = 0, high = 1;

    for (int i = 0; i < 60; i++) {
        double middle = (low + high) / 2;

        if (chance_at_most(k, n, middle) > chance)
            low = middle;
        else
            high = middle;
    }
    return (low + high) / 2;
}

double
chance_share_high(unsigned k, unsigned n, double alpha)
{
    if (k >= n)
        return 1;
    return k == 0 ? -expm1(log(alpha) / n) : share_where(k, n, alpha);
}

double
chance_share_low(unsigned k, unsigned n, double alpha)
{
    return k == 0 ? 0 : share_where(k - 1, n, 1 - alpha);
}

/* done[m], the chance of a run ended by look m, grows by that of a run that ends exactly at m:
 * none ended before look m - run, that look failed, and all since succeeded. */
double
chance_of_run(unsigned run, unsigned looks, double q)
{
    double whole = pow(1 - q, run), result;
    double *done;

    if (run == 0)
        return 1;
    if (run > looks || looks > LOOKS_MAX)
        return 0;
    done = calloc(looks + 1, sizeof(*done));
    if (!done)
        return 1;
    done[run] = whole;
    for (unsigned m = run + 1; m <= looks; m++)
        done[m] = done[m - 1] + (1 - done[m - run - 1]) * q * whole;
    result = done[looks];
    free(done);
    return MIN(result, 1);
}

double
chance_of_run_begun(unsigned run, unsigned looks, double q)
{
    double all = chance_of_run(run, looks, q);

    if (looks == 0 || q >= 1)
        return all;
    return (all - q * chance_of_run(run, looks - 1, q)) / (1 - q);
}

unsigned
chance_run_needed(double q, double alpha, unsigned looks)
{
    unsigned low = 1, high = looks;

    if (q <= 0 || q > 1 || looks == 0 || chance_of_run(looks, looks, q) > alpha)
        return 0;
    while (low < high) {
        unsigned middle = low + (high - low) / 2;

        if (chance_of_run(middle, looks, q) <= alpha)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

unsigned
chance_run_bound(double q, double alpha, unsigned looks)
{
    if (q >= 1)
        return 1;
    return (unsigned)ceil(log(alpha / (looks * q)) / log1p(-q));
}

struct chance_sum
chance_sum_between(double from, double to)
{
    return (struct chance_sum){
        .of_success = log1p(-to) - log1p(-from),
        .of_failure = log(to) - log(from),
    };
}

double
chance_sum_sprt(struct chance_sum *s, bool success)
{
    s->sum += success ? s->of_success : s->of_failure;
    return s->sum;
}

double
chance_sum_cusum(struct chance_sum *s, bool success)
{
    double sum = chance_sum_sprt(s, success);

    return s->sum = MAX(sum, 0);
}

double
chance_roll(struct chance_dice *d)
{
    d->state ^= d->state >> 12;
    d->state ^= d->state << 25;
    d->state ^= d->state >> 27;
    return (double)((d->state * UINT64_C(2685821657736338717)) >> 11) * 0x1p-53;
}

static int
by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double
highest_of_a_trial(struct chance_sum sum, double share, unsigned looks, struct chance_dice *d)
{
    double highest = 0;

    sum.sum = 0;
    for (unsigned i = 0; i < looks; i++) {
        double now = chance_sum_cusum(&sum, chance_roll(d) >= share);

        highest = MAX(highest, now);
    }
    return highest;
}

double
chance_cusum_height(double from, double to, double alpha, unsigned looks)
{
    double safe = log(looks / alpha), result;
    struct chance_sum sum = chance_sum_between(from, to);
    struct chance_dice dice = { 88172645463325252u };
    double *highest = calloc(TRIALS, sizeof(*highest));
    /* Three standard errors on the careful side: the trials are only a sample themselves. */
    double share = alpha - 3 * sqrt(alpha * (1 - alpha) / TRIALS);

    if (!highest || share <= 0) {
        free(highest);
        return safe;
    }
    for (size_t i = 0; i < TRIALS; i++)
        highest[i] = highest_of_a_trial(sum, from, looks, &dice);
    qsort(highest, TRIALS, sizeof(*highest), by_size);
    /* Strictly above what that many trials reached: the sum moves in steps. */
    result = highest[(size_t)((1 - share) * TRIALS)] + 1e-9;
    free(highest);
    return MIN(result, safe);
}
