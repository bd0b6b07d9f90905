/* SPDX-License-Identifier: MIT */
#include "diagnose/findings.h"
#include "story.h"
#include "tap.h"

#include <stdlib.h>
#include <unistd.h>

static char path[64];

struct told {
    struct story_truth truth;
    struct findings f;
};

static struct told
told(const struct story *story)
{
    struct told t = { 0 };
    struct store *s = NULL;
    enum status st;

    unlink(path);
    st = store_open(&s, path, STORE_WRITE);
    if (st == OK) {
        t.truth = story_tell(s, story);
        st = findings_work_out(&t.f, s);
    }
    if (st != OK)
        ok(false, "worked out: %s", err_text());
    store_close(s);
    return t;
}

static bool
holds(struct span found, struct span truth, int64_t slack)
{
    return found.low <= truth.high + slack && found.high >= truth.low - slack;
}

static bool
is_class(const struct told *t, const char *class)
{
    return t->f.cause.class && strcmp(t->f.cause.class, class) == 0;
}

static bool
times_hold(const struct told *t, int64_t slack)
{
    return t->f.has_onset && holds(t->f.onset, t->truth.first_failed, slack) &&
           span_width(t->f.onset) <= SECONDS(5) / 2 && t->f.has_recovery &&
           holds(t->f.recovery, t->truth.first_well, SECONDS(1) + slack) &&
           span_width(t->f.recovery) <= SECONDS(5) / 2;
}

static void
a_rotation_is_scoped_to_the_second(void)
{
    struct told t =
        told(&(struct story){ .server = KIND_AUTH_FAILED, .app = KIND_AUTH_FAILED });

    ok(t.f.state == STATE_RECOVERED, "it has recovered");
    ok(times_hold(&t, 0), "onset and recovery hold the truth, no wider than 2.5 s");
    ok(span_width(t.f.onset) <= MS(100), "the onset by the application's own stamp");
    ok(is_class(&t, "credential_mismatch") && str_eq(t.f.cause.role, STR("app")), "the cause");
    ok(t.f.cause.stale == STALE_APPLICATION && t.f.cause.confidence > 0.9, "who is stale");
    ok(t.f.counts.requests == t.truth.requests, "requests counted once: %lu of %lu",
       (unsigned long)t.f.counts.requests, (unsigned long)t.truth.requests);
    ok(t.f.counts.failed_requests == t.truth.failed, "failures counted once");
    ok(t.f.counts.auth_lines == t.truth.refused_lines, "lines");
    ok(t.f.counts.auth_attempts == t.truth.refused_attempts, "attempts");
    ok(t.f.routes_len == 3 && str_eq(t.f.routes[0].route, STR("/api/users")) &&
           t.f.routes[1].failed == 0,
       "one route fails, the others do not touch the database");
    ok(t.f.outages_len == 1 && t.f.moments_len > 3 && t.f.proofs_len == 4, "and the story");
    findings_done(&t.f);
}

static void
tries_are_not_attempts(void)
{
    struct told t = told(
        &(struct story){ .server = KIND_AUTH_FAILED, .app = KIND_AUTH_FAILED, .twice = true });

    ok(t.f.counts.auth_lines == t.truth.refused_lines, "every line");
    ok(t.f.counts.auth_attempts == t.truth.refused_attempts, "half as many attempts: %lu",
       (unsigned long)t.f.counts.auth_attempts);
    findings_done(&t.f);
}

static void
a_restart_is_kept_apart(void)
{
    struct told t = told(&(struct story){
        .server = KIND_AUTH_FAILED, .app = KIND_AUTH_FAILED, .restart = true });

    ok(times_hold(&t, 0), "recovery is after the restart's 502s");
    ok(t.f.counts.failed_requests == t.truth.failed, "which are failures too: %lu %lu",
       (unsigned long)t.f.counts.failed_requests, (unsigned long)t.truth.failed);
    ok(t.f.outages_len == 2 && strcmp(t.f.outages[1].class, "restart") == 0 &&
           t.f.outages[1].failures == 12,
       "and an outage of their own");
    findings_done(&t.f);
}

static void
other_roles_are_noise(void)
{
    struct told t = told(
        &(struct story){ .server = KIND_AUTH_FAILED, .app = KIND_AUTH_FAILED, .noise = 2 });

    ok(str_eq(t.f.cause.role, STR("app")), "the role is the application's");
    ok(t.f.counts.auth_lines == t.truth.refused_lines, "and only its lines are counted");
    ok(times_hold(&t, 0), "the times hold");
    findings_done(&t.f);
    t = told(&(struct story){ .server = KIND_AUTH_FAILED, .noise = 2, .no_outage = true });
    ok(t.f.state == STATE_HEALTHY && !t.f.has_onset, "noise alone is no outage");
    findings_done(&t.f);
}

static void
a_pooler_hides_the_cause_in_vain(void)
{
    struct told t = told(&(struct story){ .server = KIND_AUTH_FAILED,
                                          .app = KIND_DISCONNECTED,
                                          .pooler = true,
                                          .restart = true });

    ok(is_class(&t, "credential_mismatch") && str_eq(t.f.cause.role, STR("app")), "the cause");
    ok(t.f.cause.stale == STALE_POOLER, "the pooler is stale");
    ok(t.f.counts.auth_lines == t.truth.refused_lines, "as few lines as the server has");
    ok(times_hold(&t, 0), "the times hold");
    findings_done(&t.f);
}

static void
every_kind_of_refusal_is_named(void)
{
    static const struct {
        enum kind server, app;
        const char *class;
    } rows[] = {
        { KIND_AUTH_FAILED, KIND_AUTH_FAILED, "credential_mismatch" },
        { KIND_SCRAM, KIND_SCRAM, "credential_mismatch" },
        { KIND_EXPIRED, KIND_AUTH_FAILED, "expired" },
        { KIND_NO_ROLE, KIND_AUTH_FAILED, "no_role" },
        { KIND_NO_HBA, KIND_NO_HBA, "no_hba" },
        { KIND_NO_DB, KIND_NO_DB, "no_db" },
        { KIND_TOO_MANY_CONNECTIONS, KIND_TOO_MANY_CONNECTIONS, "too_many_connections" },
        { KIND_STARTING_UP, KIND_STARTING_UP, "starting_up" },
        { KIND_TLS, KIND_TLS, "tls" },
        { KIND_NONE, KIND_NETWORK, "network" },
    };

    for (size_t i = 0; i < LEN(rows); i++)
        for (unsigned seed = 0; seed < 4; seed++) {
            struct story story = { .server = rows[i].server,
                                   .app = rows[i].app,
                                   .seed = seed,
                                   .one_in = seed == 1 ? 2 : 1,
                                   .restart = seed == 2,
                                   .twice = seed == 3 };
            struct told t = told(&story);

            ok(is_class(&t, rows[i].class) && t.f.cause.confidence > 0.5, "%s, seed %u: %s",
               rows[i].class, seed, t.f.cause.class ? t.f.cause.class : "none");
            ok(times_hold(&t, 0), "and its times hold");
            findings_done(&t.f);
        }
    for (unsigned seed = 0; seed < 2; seed++) {
        struct told t = told(&(struct story){ .app = KIND_APP_ERROR, .seed = seed });

        ok(!t.f.cause.class && t.f.cause.confidence < 0.5,
           "an error of its own is not blamed on "
           "the database");
        findings_done(&t.f);
    }
}

static void
one_log_is_enough_to_begin_with(void)
{
    struct told t = told(&(struct story){
        .server = KIND_AUTH_FAILED, .app = KIND_AUTH_FAILED, .no_server_log = true });

    ok(is_class(&t, "credential_mismatch") && times_hold(&t, 0), "without the server's");
    ok(t.f.cause.confidence < 0.97, "less sure: %.2f", t.f.cause.confidence);
    findings_done(&t.f);
    t = told(&(struct story){
        .server = KIND_AUTH_FAILED, .app = KIND_AUTH_FAILED, .no_access_log = true });
    ok(is_class(&t, "credential_mismatch") && times_hold(&t, 0), "without the proxy's");
    ok(t.f.counts.failed_requests == t.truth.failed, "its requests by the application's log");
    findings_done(&t.f);
    t = told(&(struct story){ .server = KIND_AUTH_FAILED,
                              .app = KIND_AUTH_FAILED,
                              .no_access_log = true,
                              .no_app_log = true });
    ok(is_class(&t, "credential_mismatch") && t.f.has_onset &&
           holds(t.f.onset, t.truth.first_failed, 0),
       "with the server's alone");
    findings_done(&t.f);
}

static const struct source_finding *
source_of(const struct told *t, const char *name)
{
    for (size_t i = 0; i < t->f.sources_len; i++)
        if (str_eq(t->f.sources[i].source->name, str_of(name)))
            return &t->f.sources[i];
    return NULL;
}

static bool
clock_holds(const struct told *t, const char *name, int64_t truth)
{
    const struct source_finding *s = source_of(t, name);

    return s && s->clock.has_offset && s->clock.offset.low - MS(50) <= truth &&
           truth <= s->clock.offset.high + MS(50) && span_width(s->clock.offset) <= SECONDS(2);
}

static void
wrong_clocks_are_found_out(void)
{
    static const int64_t skews[] = { MS(-3200), SECONDS(37), SECONDS(420), SECONDS(3600),
                                     SECONDS(268 * 86400) };

    for (size_t i = 0; i < LEN(skews); i++) {
        struct told t = told(&(struct story){ .server = KIND_AUTH_FAILED,
                                              .app = KIND_AUTH_FAILED,
                                              .skew_app = skews[i],
                                              .seed = (unsigned)i });

        ok(clock_holds(&t, "app.log", skews[i]), "the application's, %.1f s ahead",
           (double)skews[i] / 1e9);
        ok(times_hold(&t, MS(50)), "and the times hold");
        findings_done(&t.f);
        t = told(&(struct story){ .server = KIND_AUTH_FAILED,
                                  .app = KIND_AUTH_FAILED,
                                  .skew_server = skews[i],
                                  .seed = (unsigned)i });
        ok(clock_holds(&t, "postgres.log", skews[i]), "the database's");
        ok(times_hold(&t, MS(50)), "and the times hold");
        findings_done(&t.f);
        t = told(&(struct story){ .server = KIND_AUTH_FAILED,
                                  .app = KIND_AUTH_FAILED,
                                  .skew_proxy = skews[i],
                                  .seed = (unsigned)i });
        ok(clock_holds(&t, "nginx-access.log", skews[i]), "the proxy's");
        ok(times_hold(&t, MS(50)), "and the times hold");
        findings_done(&t.f);
    }
}

static void
an_empty_timeline_says_so(void)
{
    struct told t = { 0 };
    struct store *s = NULL;

    unlink(path);
    ok(store_open(&s, path, STORE_WRITE) == OK && findings_work_out(&t.f, s) == OK,
       "no events");
    ok(t.f.state == STATE_UNKNOWN && !t.f.has_onset && !t.f.cause.class, "nothing is claimed");
    findings_done(&t.f);
    store_close(s);
}

int
main(void)
{
    /* Nothing here is about disks. */
    const char *dir = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    int fd;

    snprintf(path, sizeof(path), "%s/findings-XXXXXX", dir);
    fd = mkstemp(path);
    if (fd < 0)
        return 1;
    close(fd);
    a_rotation_is_scoped_to_the_second();
    tries_are_not_attempts();
    a_restart_is_kept_apart();
    other_roles_are_noise();
    a_pooler_hides_the_cause_in_vain();
    every_kind_of_refusal_is_named();
    one_log_is_enough_to_begin_with();
    wrong_clocks_are_found_out();
    an_empty_timeline_says_so();
    unlink(path);
    return done_testing();
}
