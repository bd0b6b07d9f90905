/* SPDX-License-Identifier: MIT */
#include "time/skew.h"

#include "tap.h"

/* A server whose clock is `ahead`, asked at `sent`; it answers from the middle. */
static struct sighting
asked(int64_t sent, int64_t rtt, int64_t ahead)
{
    int64_t theirs = sent + rtt / 2 + ahead;

    return (struct sighting){ .sent = sent,
                              .got = sent + rtt,
                              .theirs = theirs - ((theirs % NS_PER_S) + NS_PER_S) % NS_PER_S,
                              .grain = NS_PER_S };
}

static bool
holds(struct span s, int64_t truth)
{
    return s.low <= truth && truth <= s.high;
}

static void
sixty_ordinary_probes_bound_a_clock_to_25_ms_and_the_round_trip(void)
{
    const int64_t truth = MS(374) + 500000, rtt = MS(2);
    uint64_t phase = 12345;
    struct skew s = { 0 };
    bool always = true;

    for (int i = 0; i < 60; i++) {
        int64_t sent = SECONDS(1000 + i) + (int64_t)((phase >> 32) * NS_PER_S >> 32);
        struct sighting seen = asked(sent, rtt, truth);

        phase += UINT64_C(0x9e3779b97f4a7c15);
        always &= skew_narrow(&s, &seen) == OK && holds(s.ahead, truth);
    }
    ok(always && s.sightings == 60, "the truth is always inside");
    ok(span_width(s.ahead) <= MS(25) + rtt + MS(6), "width %.1f ms after a minute",
       (double)span_width(s.ahead) / 1e6);
}

static void
a_clock_that_was_set_is_noticed(void)
{
    struct skew s = { { MS(10), MS(20) }, 0, 1 };
    struct sighting odd = { 0, MS(1), MS(9000), MS(1000), 0, 0 };
    struct sighting backwards = { MS(2), MS(1), 0, MS(1000), 0, 0 };
    struct sighting steps[8];

    ok(skew_narrow(&s, &odd) == ERR_CONFLICT, "refused");
    ok(s.ahead.low == MS(10) && s.sightings == 1, "and nothing changed");
    ok(skew_narrow(&s, &backwards) == ERR_PARSE, "an answer before its question");
    for (int i = 0; i < 8; i++)
        steps[i] = asked(SECONDS(i), MS(1), i < 5 ? 0 : SECONDS(30));
    ok(skew_step(steps, 8) == 5, "and when it was set");
    ok(skew_step(steps, 5) == 5, "not, if it was not");
}

static void
what_is_known_fades_with_time(void)
{
    struct skew s = { { MS(10), MS(10) }, SECONDS(100), 1 };

    ok(skew_at(&s, SECONDS(100)).low == MS(10), "now it is so");
    ok(skew_at(&s, SECONDS(120)).low == MS(9) && skew_at(&s, SECONDS(80)).high == MS(11),
       "20 s away a millisecond is lost");
}

static void
a_date_that_was_kept_for_a_while_is_allowed_for(void)
{
    struct sighting seen = {
        SECONDS(10), SECONDS(10) + MS(1), SECONDS(9), NS_PER_S, MS(500), 0
    };

    ok(holds(sighting_ahead(&seen), MS(400)), "the upper bound gives way");
    seen.stale = 0;
    ok(!holds(sighting_ahead(&seen), MS(400)), "which without it would be wrong");
}

static void
two_clocks_behind_one_name_are_two(void)
{
    const int64_t a = MS(100), b = -MS(300);
    struct sighting seen[400];
    struct skew found[4];
    uint64_t phase = 99;
    size_t n;

    for (int i = 0; i < 400; i++) {
        int64_t sent = SECONDS(1000) + (int64_t)i * MS(50) + (int64_t)(phase >> 32) % MS(50);

        phase = phase * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        seen[i] = asked(sent, MS(1), phase >> 63 ? a : b);
        seen[i].peer = phase >> 63 ? 1 : 2;
    }
    n = skew_sort(seen, 400, seen[399].got, found, LEN(found));
    ok(n == 2, "two, told by their connections (%zu)", n);
    ok((holds(found[0].ahead, a) && holds(found[1].ahead, b)) ||
           (holds(found[0].ahead, b) && holds(found[1].ahead, a)),
       "and both are right");
    for (int i = 0; i < 400; i++)
        seen[i].peer = 7;
    n = skew_sort(seen, 400, seen[399].got, found, LEN(found));
    ok(n == 2, "two, though one connection bears both (%zu)", n);
    ok((holds(found[0].ahead, a) && holds(found[1].ahead, b)) ||
           (holds(found[0].ahead, b) && holds(found[1].ahead, a)),
       "and both are right: [%.1f, %.1f] and [%.1f, %.1f] ms", (double)found[0].ahead.low / 1e6,
       (double)found[0].ahead.high / 1e6, (double)found[1].ahead.low / 1e6,
       (double)found[1].ahead.high / 1e6);
    for (int i = 0; i < 400; i++)
        seen[i] = asked(seen[i].sent, MS(1), a);
    ok(skew_sort(seen, 400, seen[399].got, found, LEN(found)) == 1 && holds(found[0].ahead, a),
       "one is one");
    ok(skew_sort(seen, 0, 0, found, LEN(found)) == 0, "and of nothing there is none");
}

int
main(void)
{
    sixty_ordinary_probes_bound_a_clock_to_25_ms_and_the_round_trip();
    a_clock_that_was_set_is_noticed();
    what_is_known_fades_with_time();
    a_date_that_was_kept_for_a_while_is_allowed_for();
    two_clocks_behind_one_name_are_two();
    return done_testing();
}
