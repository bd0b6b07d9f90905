/* SPDX-License-Identifier: MIT */
#include "diagnose/chance.h"

#include <math.h>

#include "tap.h"

static bool
near(double a, double b, double by)
{
    return fabs(a - b) <= by;
}

static void
shares_are_bounded_exactly(void)
{
    /* Zero failures needed to exclude a share, one-sided 95 %. */
    static const struct {
        double share;
        unsigned n;
    } rows[] = { { 0.5, 5 },   { 0.25, 11 },  { 0.125, 23 }, { 0.1, 29 },
                 { 0.05, 59 }, { 0.01, 299 }, { 0.005, 598 } };

    for (size_t i = 0; i < LEN(rows); i++)
        ok(chance_share_high(0, rows[i].n, 0.05) <= rows[i].share &&
               chance_share_high(0, rows[i].n - 1, 0.05) > rows[i].share,
           "%u good probes exclude %g, one less does not", rows[i].n, rows[i].share);
    ok(chance_share_high(2, 124, 0.05) <= 0.05 && chance_share_high(2, 123, 0.05) > 0.05,
       "two failures among 124 exclude 5 %%");
    ok(near(chance_share_low(3, 10, 0.025), 0.0667, 1e-4), "the low bound for 3 of 10");
    ok(near(chance_share_high(3, 10, 0.025), 0.6525, 1e-4), "the high bound for 3 of 10");
    ok(chance_share_high(5, 5, 0.05) >= 1 && chance_share_low(0, 5, 0.05) <= 0, "the ends");
    ok(near(chance_at_most(1, 3, 0.5), 0.5, 1e-12) && near(chance_at_most(3, 3, 0.5), 1, 0),
       "a binomial tail");
}

static void
runs_are_as_long_as_they_must_be(void)
{
    static const struct {
        unsigned looks;
        double q;
        unsigned needed;
    } rows[] = { { 60, 1.0 / 2, 10 },   { 60, 1.0 / 8, 34 },    { 300, 1.0 / 2, 12 },
                 { 300, 1.0 / 3, 19 },  { 300, 1.0 / 4, 26 },   { 300, 1.0 / 8, 49 },
                 { 300, 1.0 / 10, 59 }, { 300, 1.0 / 20, 105 }, { 300, 1.0 / 50, 202 },
                 { 600, 1.0 / 4, 28 },  { 1800, 1.0 / 20, 145 } };

    for (size_t i = 0; i < LEN(rows); i++) {
        unsigned n = chance_run_needed(rows[i].q, 0.05, rows[i].looks);

        ok(n == rows[i].needed, "%g within %u looks takes %u (%u)", rows[i].q, rows[i].looks,
           rows[i].needed, n);
        ok(chance_run_bound(rows[i].q, 0.05, rows[i].looks) >= n,
           "and never more by the bound");
    }
    ok(chance_run_needed(1.0 / 50, 0.05, 58) == 0, "too few looks can never exclude so little");
}

static void
the_habit_of_three_in_a_row_is_seen_for_what_it_is(void)
{
    ok(near(chance_of_run(3, 60, 0.5), 0.993, 0.0006), "half are stale: 0.993 wrong");
    ok(near(chance_of_run(5, 60, 0.5), 0.623, 0.0006), "five in a row: 0.623");
    ok(near(chance_of_run(10, 60, 0.25), 0.590, 0.0006), "ten, a quarter stale: 0.590");
    ok(near(chance_of_run(59, 60, 0.05), 0.051, 0.0006), "59, a twentieth stale: 0.051");
    ok(chance_of_run(61, 60, 0.05) <= 0 && chance_of_run(0, 60, 0.5) >= 1, "the ends");
    ok(near(chance_of_run(2, 3, 0.5), 0.375, 1e-12), "by hand: 3 of 8 have two in a row");
    ok(near(chance_of_run_begun(2, 3, 0.5), 0.5, 1e-12), "by hand: 2 of 4 that begin well");
}

/* How often the CUSUM calls a share of 5 % good within 300 looks. */
static void
a_calibrated_height_keeps_its_promise(void)
{
    double height = chance_cusum_height(0.05, 0.01, 0.05, 300);
    struct chance_dice dice = { 42 };
    unsigned wrong = 0, runs = 4000;

    for (unsigned i = 0; i < runs; i++) {
        struct chance_sum s = chance_sum_between(0.05, 0.01);
        bool said = false;

        for (unsigned k = 0; k < 300 && !said; k++)
            said = chance_sum_cusum(&s, chance_roll(&dice) >= 0.05) >= height;
        wrong += said;
    }
    ok(height > 1 && height < log(300 / 0.05), "below the safe height (%.2f)", height);
    ok(wrong <= runs * 0.055 && wrong > runs * 0.02, "wrong in %.2f %%, promised 5 %%",
       100.0 * wrong / runs);
}

static void
a_sequential_test_ends_soon_when_much_is_broken(void)
{
    struct chance_dice dice = { 7 };
    double sum = 0;

    for (unsigned i = 0; i < 2000; i++) {
        struct chance_sum s = chance_sum_between(0.01, 0.05);

        do
            sum++;
        while (chance_sum_sprt(&s, chance_roll(&dice) >= 0.5) < log(0.95 / 0.05));
    }
    ok(sum / 2000 < 4.5, "four probes on average when half fail (%.1f)", sum / 2000);
}

int
main(void)
{
    shares_are_bounded_exactly();
    runs_are_as_long_as_they_must_be();
    the_habit_of_three_in_a_row_is_seen_for_what_it_is();
    a_calibrated_height_keeps_its_promise();
    a_sequential_test_ends_soon_when_much_is_broken();
    return done_testing();
}
