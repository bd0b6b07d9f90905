/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/err.h"

/* How often luck alone would look like this. Exact where the field is content to guess. */

/* P(X <= k) of X successes in `n` trials that succeed with `p` each. */
double chance_at_most(unsigned k, unsigned n, double p);

/* The bounds of Clopper and Pearson for a share of which `k` of `n` were seen: each is passed
 * by the truth with a chance of `alpha` at most. */
double chance_share_low(unsigned k, unsigned n, double alpha);
double chance_share_high(unsigned k, unsigned n, double alpha);

/* The chance that `looks` looks at something that fails with `q` each (independently) hold
 * `run` successes in a row somewhere. Exact: a recurrence over the looks. */
double chance_of_run(unsigned run, unsigned looks, double q);

/* The same if it is known that the first look succeeds. */
double chance_of_run_begun(unsigned run, unsigned looks, double q);

/* The smallest run of successes that `looks` looks at a share `q` of failures show with a
 * chance of `alpha` at most. 0: no run within that many looks is long enough. */
unsigned chance_run_needed(double q, double alpha, unsigned looks);

/* The same by the union bound, in closed form: never shorter, and a check on the exact one. */
unsigned chance_run_bound(double q, double alpha, unsigned looks);

/* Sums of log-likelihood ratios between a share of failures `from` (held until disproved) and
 * `to`. Kept at zero from below it is Page's CUSUM; left free it is Wald's SPRT. */
struct chance_sum {
    double of_success, of_failure; /* what each look adds */
    double sum;
};
struct chance_sum chance_sum_between(double from, double to);

/* Adds a look, never falling below zero; returns the sum. */
double chance_sum_cusum(struct chance_sum *s, bool success);

/* Adds a look; returns the sum. Crossing log((1 - beta) / alpha) upwards says `to`, crossing
 * log(beta / (1 - alpha)) downwards says `from`. */
double chance_sum_sprt(struct chance_sum *s, bool success);

/* The height that the CUSUM from `from` to `to` reaches within `looks` looks, while `from` is
 * still the truth, with a chance of `alpha` at most. Calibrated by seeded trials, so that it
 * is the same for the same question; never above the safe log(looks / alpha). */
double chance_cusum_height(double from, double to, double alpha, unsigned looks);

/* Numbers that are the same in every run: xorshift64*; never 0 as a seed. */
struct chance_dice {
    uint64_t state;
};
double chance_roll(struct chance_dice *d); /* in [0, 1) */
