/* SPDX-License-Identifier: MIT */
#include "diagnose/compare.h"

#include <math.h>

#include "diagnose/chance.h"
#include "tap.h"

enum { MOST = 200 };

static struct chance_dice dice = { 20261122 };

/* Log-normal latencies about `median` ns (Box-Muller). */
static struct compare_sample
draw(int64_t *room, size_t n, double median, double sd)
{
    for (size_t i = 0; i < n; i++) {
        double a = chance_roll(&dice), b = chance_roll(&dice);

        room[i] = (int64_t)(median * exp(sd * sqrt(-2 * log(1 - a)) * cos(6.283185307 * b)));
    }
    return (struct compare_sample){ (unsigned)n, 0, room, n };
}

/* How often each verdict is given of two samples of `n`, one slower by `ratio`. */
static void
try_often(unsigned runs, size_t n, double ratio, double sd, unsigned ret[COMPARE_LEN])
{
    static const struct compare_plan plan = { 0 };
    int64_t a[MOST], b[MOST];

    for (unsigned i = 0; i < runs; i++) {
        struct compare_sample before = draw(a, n, 5e6, sd), now = draw(b, n, 5e6 * ratio, sd);
        struct compare c;

        if (compare_samples(&c, &before, &now, &plan) == OK)
            ret[c.verdict]++;
    }
}

static void
what_is_alike_is_seldom_called_different(void)
{
    unsigned verdicts[COMPARE_LEN] = { 0 };

    try_often(1000, 50, 1, 0.5, verdicts);
    ok(verdicts[COMPARE_WORSE] + verdicts[COMPARE_BETTER] <= 60,
       "%u of 1000 pairs of equal samples", verdicts[COMPARE_WORSE] + verdicts[COMPARE_BETTER]);
    ok(verdicts[COMPARE_WORSE] + verdicts[COMPARE_BETTER] >= 20, "and the test is not asleep");
}

static void
half_as_slow_again_is_found(void)
{
    unsigned verdicts[COMPARE_LEN] = { 0 }, narrow[COMPARE_LEN] = { 0 };

    try_often(1000, 50, 1.5, 0.5, verdicts);
    ok(verdicts[COMPARE_WORSE] >= 950, "worse in %u of 1000", verdicts[COMPARE_WORSE]);
    ok(verdicts[COMPARE_BETTER] == 0, "and never better");
    try_often(200, 100, 1, 0.2, narrow);
    ok(narrow[COMPARE_SAME] >= 150, "what is alike and steady is the same in %u of 200",
       narrow[COMPARE_SAME]);
}

static void
too_little_to_say_says_how_much_more(void)
{
    static const struct compare_plan plan = { 0 };
    int64_t a[MOST], b[MOST];
    unsigned more = 0, answered = 0;

    for (int i = 0; i < 200; i++) {
        struct compare_sample before = draw(a, 10, 5e6, 0.5), now = draw(b, 10, 5e6, 0.5);
        struct compare c;

        if (compare_samples(&c, &before, &now, &plan) == OK &&
            c.verdict == COMPARE_INCONCLUSIVE) {
            more += c.more;
            answered++;
        }
    }
    ok(answered > 150, "ten noisy probes prove nothing");
    ok(more / answered > 20 && more / answered < 2000, "about %u more would", more / answered);
}

static void
failures_are_compared_exactly(void)
{
    static const struct compare_plan plan = { 0 };
    struct compare_sample good = { 50, 0, NULL, 0 }, bad = { 50, 9, NULL, 0 };
    struct compare_sample none = { 0 };
    struct compare c = { .more = 7 };

    /* Fisher's tea: 3 of 4 against 1 of 4. */
    ok(fabs(compare_fisher(1, 4, 3, 4) - 17.0 / 70) < 1e-9, "the lady tasting tea: 0.243");
    ok(fabs(compare_fisher(0, 50, 9, 50) - 0.00131) < 5e-5, "0 of 50, then 9 of 50: 0.0013");
    ok(compare_samples(&c, &good, &bad, &plan) == OK && c.verdict == COMPARE_WORSE, "worse");
    ok(compare_samples(&c, &bad, &good, &plan) == OK && c.verdict == COMPARE_BETTER, "better");
    c.more = 7;
    ok(compare_samples(&c, &good, &none, &plan) == ERR_USAGE && c.more == 7, "without probes");
}

static void
the_ratio_is_that_of_the_latencies(void)
{
    static const struct compare_plan plan = { 0 };
    int64_t a[] = { 10, 20, 30, 40, 50, 60, 70, 80 },
            b[] = { 20, 40, 60, 80, 100, 120, 140, 160 };
    struct compare_sample before = { 8, 0, a, 8 }, now = { 8, 0, b, 8 };
    struct compare c;

    ok(compare_samples(&c, &before, &now, &plan) == OK && fabs(c.ratio - 2) < 0.05 &&
           c.low < 2 && c.high > 2,
       "twice: %.2f (%.2f to %.2f)", c.ratio, c.low, c.high);
}

int
main(void)
{
    what_is_alike_is_seldom_called_different();
    half_as_slow_again_is_found();
    too_little_to_say_says_how_much_more();
    failures_are_compared_exactly();
    the_ratio_is_that_of_the_latencies();
    return done_testing();
}
