/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "diagnose/lags.h"
#include "tap.h"

/* Two logs of the same happenings, or of different ones, made up from a seed. */
enum { MOST = 200 };

static uint64_t state;

static uint64_t
chance(uint64_t below)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state % below;
}

static int
by_low(const void *a, const void *b)
{
    const struct span *x = a, *y = b;

    return x->low < y->low ? -1 : x->low > y->low;
}

static struct span
stamped(int64_t at, int64_t grain)
{
    int64_t low = at / grain * grain;

    return (struct span){ low, low + grain - 1 };
}

/* `n` of them within ten minutes; one in five is missing here or there, one in three of what
 * is there has nothing to do with it. */
static void
make(struct span *a, struct span *b, size_t n, int64_t offset, bool related)
{
    int64_t begin = SECONDS(1795312345), length = SECONDS(600);

    for (size_t i = 0; i < n; i++) {
        int64_t at = begin + (int64_t)chance((uint64_t)length);
        bool noise = chance(10) < 3 || !related;

        b[i] = stamped(at, MS(1));
        if (noise || chance(5) == 0)
            at = begin + (int64_t)chance((uint64_t)length);
        else
            at += MS(1) + (int64_t)chance((uint64_t)MS(29));
        a[i] = stamped(at + offset, MS(1));
    }
    qsort(a, n, sizeof(*a), by_low);
    qsort(b, n, sizeof(*b), by_low);
}

static void
offsets_of_any_size_are_found(void)
{
    static const int64_t offsets[] = { MS(-3200), SECONDS(420), SECONDS(3600),
                                       SECONDS(268 * 86400), 0 };
    struct span a[MOST], b[MOST], gap = { 0, MS(250) };
    unsigned found = 0, held = 0, near = 0;

    for (unsigned seed = 1; seed <= 200; seed++) {
        int64_t truth = offsets[seed % LEN(offsets)];
        struct lag lag;

        state = seed * UINT64_C(0x9e3779b97f4a7c15);
        make(a, b, 40, truth, true);
        if (!lags_by_mode((struct lag_series){ a, 40 }, (struct lag_series){ b, 40 }, gap,
                          &lag))
            continue;
        found++;
        held += lag.ahead.low <= truth && truth <= lag.ahead.high;
        near += llabs(span_mid(lag.ahead) - truth) <= MS(50);
    }
    ok(found >= 198, "found in %u of 200", found);
    ok(held >= 190, "the truth lies inside in %u", held);
    ok(near >= 198, "and within 50 ms of the middle in %u", near);
}

static void
logs_that_have_nothing_in_common_are_refused(void)
{
    struct span a[MOST], b[MOST], gap = { 0, MS(250) };
    unsigned refused = 0;

    for (unsigned seed = 1; seed <= 1000; seed++) {
        struct lag lag;
        size_t n = 5 + seed % 60;

        state = seed * UINT64_C(0x9e3779b97f4a7c15) + 1;
        make(a, b, n, 0, false);
        refused +=
            !lags_by_mode((struct lag_series){ a, n }, (struct lag_series){ b, n }, gap, &lag);
    }
    ok(refused >= 995, "%u of 1000", refused);
}

static void
coarse_stamps_are_compared_in_their_order(void)
{
    struct span a[MOST], b[MOST], gap = { 0, MS(250) };
    unsigned found = 0, held = 0;

    for (unsigned seed = 1; seed <= 100; seed++) {
        int64_t truth = SECONDS((int64_t)(seed * 37 % 7200) - 3600), at = SECONDS(1795312345);
        struct lag lag;

        state = seed * UINT64_C(0x9e3779b97f4a7c15) + 2;
        for (size_t i = 0; i < 60; i++) {
            at += MS(100) + (int64_t)chance((uint64_t)SECONDS(4));
            b[i] = stamped(at, MS(1));
            a[i] = stamped(at + truth + MS(3), SECONDS(1));
        }
        if (!lags_by_order((struct lag_series){ a, 60 }, (struct lag_series){ b, 60 }, gap,
                           &lag))
            continue;
        found++;
        held += lag.ahead.low <= truth && truth <= lag.ahead.high;
    }
    ok(found == 100 && held >= 98, "found in %u, right in %u of 100", found, held);
}

static void
too_few_say_nothing(void)
{
    struct span a[3] = { { 0, 1 }, { 5, 6 }, { 9, 10 } }, gap = { 0, 1 };
    struct lag lag = { .matched = 7 };

    ok(!lags_by_mode((struct lag_series){ a, 3 }, (struct lag_series){ a, 3 }, gap, &lag) &&
           !lags_by_order((struct lag_series){ a, 3 }, (struct lag_series){ a, 3 }, gap,
                          &lag) &&
           !lags_of_pairs(a, 3, gap, &lag) && lag.matched == 7,
       "and nothing is touched");
}

static void
a_beat_leaves_no_single_answer(void)
{
    struct span a[60], gap = { 0, MS(250) };
    struct lag lag;

    /* Once a second exactly: it fits as well one second later. */
    for (size_t i = 0; i < 60; i++)
        a[i] = stamped(SECONDS((int64_t)i), MS(1));
    ok(!lags_by_mode((struct lag_series){ a, 60 }, (struct lag_series){ a, 60 }, gap, &lag) ||
           lag.candidates > 1,
       "a retry every second is not taken for a match");
}

int
main(void)
{
    offsets_of_any_size_are_found();
    logs_that_have_nothing_in_common_are_refused();
    coarse_stamps_are_compared_in_their_order();
    too_few_say_nothing();
    a_beat_leaves_no_single_answer();
    return done_testing();
}
