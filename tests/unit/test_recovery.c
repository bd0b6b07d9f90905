/* SPDX-License-Identifier: MIT */
#include "diagnose/recovery.h"

#include "tap.h"

static const struct recovery_plan usual = { .exclude = 1.0 / 8, .alpha = 0.05, .looks = 300 };

static struct recovery_look
look(bool good, int second)
{
    return (struct recovery_look){ .good = good,
                                   .failure = FAILURE_APPLICATION,
                                   .at = { SECONDS(second), SECONDS(second) + MS(1) },
                                   .peer = STR("10.0.0.7:80"),
                                   .fresh = true };
}

static enum recovery_verdict
see(struct recovery *r, bool good)
{
    struct recovery_look l = look(good, (int)r->total);

    return recovery_see(r, &l);
}

static void
a_mended_route_is_recovered_after_exactly_as_many_as_were_said(void)
{
    struct recovery r;

    ok(recovery_begin(&r, &usual) == OK && r.needed == 49, "49 for one in eight");
    for (int i = 0; i < 500; i++)
        (void)see(&r, false);
    ok(recovery_so_far(&r) == RECOVERY_FAILING && r.broken && !r.over,
       "a long outage is failing, and uses up none of the looks");
    for (int i = 0; i < 48; i++)
        (void)see(&r, true);
    ok(r.verdict == RECOVERY_UNDECIDED && !r.broken, "48 are not enough");
    ok(see(&r, true) == RECOVERY_RECOVERED, "49 are");
    ok(r.peers_len == 1 && r.fresh == 49 && recovery_spread(&r) == SECONDS(48) - MS(1),
       "with peers, connections and span");
    ok(recovery_residue(&r) < 0.0594 && recovery_residue(&r) > 0.059, "and what it leaves");
}

/* The share of simulated outages that are called recovered though `q` still fails. */
static double
wrong_share(double q, const struct recovery_plan *plan, unsigned runs)
{
    struct chance_dice dice = { 12345 };
    struct recovery fresh;
    unsigned wrong = 0;

    if (recovery_begin(&fresh, plan) != OK)
        return 1;
    for (unsigned i = 0; i < runs; i++) {
        struct recovery r = fresh;

        while (!r.over && r.verdict != RECOVERY_RECOVERED)
            (void)see(&r, chance_roll(&dice) >= q);
        wrong += r.verdict == RECOVERY_RECOVERED;
    }
    return (double)wrong / runs;
}

static void
recovered_is_rarely_said_of_a_fleet_that_is_partly_stale(void)
{
    static const double shares[] = { 1.0 / 2, 1.0 / 4, 1.0 / 8, 1.0 / 20 };

    for (size_t i = 0; i < LEN(shares); i++) {
        struct recovery_plan plan = usual;
        double wrong;

        plan.exclude = shares[i];
        wrong = wrong_share(shares[i], &plan, 4000);
        /* 4000 runs at a true 5 % stay below this but once in a thousand times. */
        ok(wrong <= 0.061, "%g stale: %.1f %% wrong in 4000 outages", shares[i], 100 * wrong);
        ok(wrong > 0.02, "and the run is no longer than it must be");
    }
}

static void
weighing_failures_keeps_the_same_promise(void)
{
    struct recovery_plan plan = { .exclude = 0.1, .alpha = 0.05, .looks = 300, .normal = 0.01 };
    struct recovery r;
    double wrong = wrong_share(0.1, &plan, 4000);

    ok(recovery_begin(&r, &plan) == OK && r.height > 0,
       "a route that errs normally is weighed");
    ok(wrong <= 0.061, "%.1f %% wrong in 4000 outages", 100 * wrong);
    for (int i = 0; i < 30; i++)
        (void)see(&r, true);
    (void)see(&r, false);
    ok(r.row == 30, "one failure does not begin the count anew");
}

static void
still_broken_is_said_soon(void)
{
    struct chance_dice dice = { 99 };
    double sum = 0;

    for (int i = 0; i < 2000; i++) {
        struct recovery r;

        if (recovery_begin(&r, &usual) != OK)
            return;
        while (!r.broken)
            (void)see(&r, chance_roll(&dice) >= 0.5);
        sum += r.total;
    }
    ok(sum / 2000 <= 5, "after %.1f probes on average when half fail", sum / 2000);
}

static void
an_interrupt_gets_the_verdict_so_far(void)
{
    struct recovery r;

    if (recovery_begin(&r, &usual) != OK)
        return;
    ok(recovery_so_far(&r) == RECOVERY_UNDECIDED, "nothing seen");
    for (int i = 0; i < 30; i++)
        (void)see(&r, true);
    ok(recovery_so_far(&r) == RECOVERY_UNDECIDED, "30 good ones and no bad one: undecided");
    (void)see(&r, false);
    ok(recovery_so_far(&r) == RECOVERY_FAILING, "the last one failed: failing");
    for (int i = 0; i < 30; i++)
        (void)see(&r, true);
    ok(recovery_so_far(&r) == RECOVERY_UNDECIDED, "30 good ones since: undecided again");
}

static void
successes_may_have_to_outlive_a_pool(void)
{
    struct recovery_plan plan = usual;
    struct recovery r;

    plan.spread = SECONDS(400);
    if (recovery_begin(&r, &plan) != OK)
        return;
    for (int i = 0; i < 400; i++)
        (void)see(&r, true);
    ok(r.row == 400 && r.verdict == RECOVERY_UNDECIDED && !r.over,
       "400 in a row span too little");
    (void)see(&r, true);
    (void)see(&r, true);
    ok(r.verdict == RECOVERY_RECOVERED, "recovered once they span it");
}

static void
impossible_questions_are_refused(void)
{
    struct recovery r = { .row = 7 };
    struct recovery_plan plan = usual;

    plan.looks = 20;
    ok(recovery_begin(&r, &plan) == ERR_USAGE && r.row == 7, "20 looks cannot exclude 1/8: %s",
       err_text());
    plan = usual;
    plan.normal = 0.2;
    ok(recovery_begin(&r, &plan) == ERR_USAGE, "1/8 is not worse than what fails normally");
    plan = usual;
    plan.exclude = 0;
    ok(recovery_begin(&r, &plan) == ERR_USAGE, "nothing cannot be excluded");
}

static void
failures_are_told_apart(void)
{
    ok(recovery_failure_of(500, "status") == FAILURE_APPLICATION, "500: the application");
    ok(recovery_failure_of(502, "status") == FAILURE_ABSENT &&
           recovery_failure_of(0, "refused") == FAILURE_ABSENT,
       "502 or refused: nobody there, as in a restart");
    ok(recovery_failure_of(404, "status") == FAILURE_OTHER &&
           recovery_failure_of(0, "tls") == FAILURE_OTHER &&
           recovery_failure_of(200, "assert") == FAILURE_OTHER,
       "the rest");
    ok(recovery_is_shallow(STR("/healthz")) && recovery_is_shallow(STR("/api/Health")) &&
           recovery_is_shallow(STR("/status")),
       "health checks are shallow");
    ok(!recovery_is_shallow(STR("/api/users")) && !recovery_is_shallow(STR("/")) &&
           !recovery_is_shallow(STR("/health/records")),
       "others are not");
}

int
main(void)
{
    a_mended_route_is_recovered_after_exactly_as_many_as_were_said();
    recovered_is_rarely_said_of_a_fleet_that_is_partly_stale();
    weighing_failures_keeps_the_same_promise();
    still_broken_is_said_soon();
    an_interrupt_gets_the_verdict_so_far();
    successes_may_have_to_outlive_a_pool();
    impossible_questions_are_refused();
    failures_are_told_apart();
    return done_testing();
}
