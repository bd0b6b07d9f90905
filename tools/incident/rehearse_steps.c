/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "base/file.h"
#include "observe/reader.h"
#include "rehearse.h"
#include "report/report.h"
#include "report/words.h"
#include "time/now.h"

static const int64_t every = MS(250); /* of each route */
static const int64_t healthy_for = SECONDS(8);
static const int64_t failing_for = SECONDS(8); /* a pool has recycled all by then */
static const int64_t clean_for = SECONDS(4);
static const int64_t patience = SECONDS(30);

/* One worker in eight that still holds the old secret must have shown. */
static const struct recovery_plan proof_plan = { .exclude = 0.125,
                                                 .alpha = 0.05,
                                                 .looks = 400 };

static const struct tally *
deep(const struct rehearsal *r)
{
    return &r->traffic.tallies[TRAFFIC_ROUTES - 1];
}

/* What goes on while the driver works. */
static void
idle(void *user)
{
    struct rehearsal *r = user;
    enum status st = saltwatch_tick(&r->salts, r->traffic.record.store);

    if (r->traffic.st == OK)
        r->traffic.st = st;
    traffic_tick(&r->traffic);
    progress_tick();
}

static enum status
go_on(struct rehearsal *r, int64_t ns)
{
    int64_t until = now_monotonic() + ns;
    enum status st = OK;

    while (st == OK && now_monotonic() < until) {
        idle(r);
        st = traffic_run(&r->traffic, MIN(until, now_monotonic() + MS(100)));
    }
    return st;
}

static enum status
step_up(struct rehearsal *r, struct strbuf *said)
{
    static const char *const names[] = { "logs.access",   "logs.error", "logs.app",
                                         "logs.postgres", "urls.2",     "role",
                                         "database" };
    const char *words[] = { "--logs", arena_strf(&r->memory, "%s/logs", r->out).p,
                            "--request-ids", r->pool ? "--pool" : NULL, NULL };
    enum status st;

    r->lab.idle = idle;
    r->lab.user = r;
    st = lab_up(&r->lab, words);
    for (size_t i = 0; i < LEN(names) && st == OK; i++) {
        struct str fact = lab_fact(&r->lab, names[i]);

        if (fact.n == 0)
            st = fail(ERR_PARSE, "%s: it says nothing of %s", r->lab.driver, names[i]);
        else if (i < REHEARSE_LOGS)
            r->logs[i] = fact;
    }
    strbuf_addf(said, "nginx, gunicorn with Flask, and Postgres in %s", r->lab.dir);
    return st;
}

static enum status
step_healthy(struct rehearsal *r, struct strbuf *said)
{
    const char *urls[TRAFFIC_ROUTES] = { lab_fact(&r->lab, "urls.0").p,
                                         lab_fact(&r->lab, "urls.1").p,
                                         lab_fact(&r->lab, "urls.2").p };
    struct tally all;
    enum status st;

    st = traffic_open(&r->traffic, r->timeline_path.p, urls, every);
    if (st == OK)
        st = saltwatch_open(&r->salts, lab_fact(&r->lab, "ports.postgres"),
                            lab_fact(&r->lab, "role"), lab_fact(&r->lab, "database"));
    if (st == OK)
        st = go_on(r, healthy_for);
    all = traffic_total(&r->traffic);
    if (st == OK && (all.failed > 0 || all.sent == 0))
        st = fail(ERR_NETWORK, "%llu of %llu requests failed before anything was done",
                  (unsigned long long)all.failed, (unsigned long long)all.sent);
    words_counted(said, all.sent, "request");
    strbuf_adds(said, " to /, /healthz and /api/users, all answered well");
    return st;
}

static enum status
step_rotate(struct rehearsal *r, struct strbuf *said)
{
    enum status st = lab_act(&r->lab, "rotate", &r->rotated);

    strbuf_addf(said, "ALTER USER " STR_FMT " PASSWORD, in Postgres alone",
                STR_ARG(lab_fact(&r->lab, "role")));
    return st;
}

static enum status
step_outage(struct rehearsal *r, struct strbuf *said)
{
    int64_t until = now_monotonic() + patience;
    enum status st = OK;

    while (st == OK && deep(r)->failed == 0 && now_monotonic() < until)
        st = go_on(r, MS(100));
    if (st == OK && deep(r)->failed == 0)
        return fail(ERR_NETWORK, "no request failed within 30 s of the rotation");
    if (st == OK)
        st = go_on(r, failing_for);
    if (st != OK)
        return st;
    strbuf_adds(said, "/api/users fails ");
    words_duration(said, MAX(deep(r)->first_bad.low - r->rotated.low, 0));
    strbuf_adds(said, " later, ");
    words_counted(said, deep(r)->failed, "time");
    strbuf_adds(said, "; / and /healthz answer all the while");
    return OK;
}

static enum status
read_logs(struct rehearsal *r)
{
    const char *specs[REHEARSE_LOGS];
    struct reader_request q = { .specs = specs, .specs_len = REHEARSE_LOGS };
    struct reader *reader;
    enum status st;

    for (size_t i = 0; i < REHEARSE_LOGS; i++)
        specs[i] = r->logs[i].p;
    st = traffic_flush(&r->traffic);
    if (st == OK)
        st = store_redaction_key(r->timeline, &q.redaction_key);
    if (st == OK)
        st = reader_open(&reader, &q);
    if (st != OK)
        return st;
    st = reader_record(reader, r->timeline);
    reader_close(reader);
    return st;
}

/* How many events of these kinds there are, from the logs, that begin after `since`. */
static enum status
count(struct rehearsal *r, uint64_t kinds, int64_t since, uint64_t *ret)
{
    struct store_query q = { .window = { since, INT64_MAX }, .kinds = kinds };
    struct store_cursor *c;
    struct event e;
    uint64_t n = 0;
    bool more = true;
    enum status st = store_find(r->timeline, &q, &c);

    if (st != OK)
        return st;
    while (st == OK && (st = store_next(c, &e, &more)) == OK && more)
        n += e.source != r->traffic.record.source && e.when.span.low > since;
    store_cursor_close(c);
    if (st == OK)
        *ret = n;
    return st;
}

static enum status
step_logs(struct rehearsal *r, struct strbuf *said)
{
    uint64_t refused = 0, answered = 0;
    enum status st = read_logs(r);

    if (st == OK)
        st = count(r, UINT64_C(1) << KIND_AUTH_FAILED, INT64_MIN, &refused);
    if (st == OK)
        st = count(r, UINT64_C(1) << KIND_HTTP_5XX, INT64_MIN, &answered);
    words_counted(said, answered, "answer");
    strbuf_adds(said, " of 500, and ");
    words_counted(said, refused, "record");
    strbuf_adds(said, " of refused logins in the logs of Postgres and the application");
    return st;
}

static enum status
step_verdict(struct rehearsal *r, struct strbuf *said)
{
    struct findings f = { 0 };
    enum status st = findings_work_out(&f, r->timeline);

    if (st != OK)
        return st;
    r->state_then = arena_str(&r->memory, str_of(state_names[f.state]));
    r->class_then = arena_str(&r->memory, str_of(f.cause.class));
    strbuf_add(said, f.sentence);
    findings_done(&f);
    return OK;
}

static enum status
step_mend(struct rehearsal *r, struct strbuf *said)
{
    struct span again;
    enum status st;

    if (strcmp(r->mend, "rollback") == 0) {
        strbuf_adds(said, "the role has its old password back");
        return lab_act(&r->lab, "rollback", &r->mended);
    }
    strbuf_adds(said, "the new password in the application's file, and a restart");
    st = lab_act(&r->lab, "set-secret", &r->mended);
    if (st == OK)
        st = lab_act(&r->lab, "restart", &again);
    if (st == OK)
        r->mended = span_join(r->mended, again);
    return st;
}

static enum status
step_recovery(struct rehearsal *r, struct strbuf *said)
{
    int64_t until = now_monotonic() + patience;
    enum status st = recovery_begin(&r->proof, &proof_plan);

    r->traffic.proof = &r->proof;
    traffic_hurry(&r->traffic, patience);
    while (st == OK && r->proof.verdict != RECOVERY_RECOVERED && now_monotonic() < until)
        st = go_on(r, MS(100));
    r->traffic.proof = NULL;
    if (st == OK && r->proof.verdict != RECOVERY_RECOVERED)
        st = fail(ERR_LIMIT, "not recovered 30 s after it was mended: %u of %u in a row",
                  r->proof.row, r->proof.needed);
    strbuf_addf(
        said,
        "%u good answers in a row, of %u needed to say that less than 1 in 8 can still fail",
        r->proof.row, r->proof.needed);
    return st;
}

static enum status
step_clean(struct rehearsal *r, struct strbuf *said)
{
    uint64_t failures = 0, refused, kinds = 0;
    enum status st = go_on(r, clean_for);

    for (int kind = 0; kind < KIND_LEN; kind++)
        if (event_kinds[kind].failure)
            kinds |= UINT64_C(1) << kind;
    if (st == OK)
        st = traffic_end(&r->traffic);
    if (st == OK)
        st = lab_look(&r->lab);
    if (st == OK && !str_to_u64(lab_fact(&r->lab, "refused"), &refused))
        st = fail(ERR_PARSE, "%s: it does not say how many logins were refused", r->lab.driver);
    if (st == OK)
        st = read_logs(r);
    if (st == OK)
        st = count(r, kinds, traffic_total(&r->traffic).good_since.high, &failures);
    if (st != OK)
        return st;
    r->refused = refused;
    if (failures > 0)
        return fail(ERR_CONFLICT, "the logs hold %llu failures after the recovery",
                    (unsigned long long)failures);
    strbuf_adds(said, "no failure in the logs since the recovery");
    return OK;
}

static enum status
write_report(struct rehearsal *r, const char *format, const char *name)
{
    AUTO(strbuf) out = { 0 };
    struct report_request q = { .findings = &r->findings,
                                .format = format,
                                .title = STR("A rehearsed rotation outage"),
                                .timeline = r->timeline_path };
    struct str path = arena_strf(&r->memory, "%s/%s", r->out, name);
    enum status st = report_write(&q, &out);

    if (st == OK)
        st = strbuf_check(&out);
    return st == OK ? file_publish(path.p, strbuf_str(&out), 0644) : st;
}

static enum status
step_report(struct rehearsal *r, struct strbuf *said)
{
    enum status st = findings_work_out(&r->findings, r->timeline);

    if (st == OK)
        st = write_report(r, "html", "report.html");
    if (st == OK)
        st = write_report(r, "md", "report.md");
    strbuf_addf(said, "%s/report.html, report.md, incident.timeline", r->out);
    return st;
}

/* clang-format off */
const struct rehearse_step rehearse_steps[] = {
    { "up", "make a stack: nginx, gunicorn with Flask, and Postgres", step_up },
    { "healthy", "ask /, /healthz and /api/users for 8 s: all is well", step_healthy },
    { "rotate", "ALTER USER ... PASSWORD, in Postgres alone", step_rotate },
    { "outage", "wait for the first 500, and go on asking", step_outage },
    { "logs", "read the logs of nginx, the application and Postgres", step_logs },
    { "verdict", "work out what is broken, and who is stale", step_verdict },
    { "mend", "put it right, as --mend says", step_mend },
    { "recovery", "ask until less than 1 in 8 can still fail (alpha 5 %)", step_recovery },
    { "clean", "go on for 4 s, and read the logs again", step_clean },
    { "report", "write it down", step_report },
};
/* clang-format on */
const size_t rehearse_steps_len = LEN(rehearse_steps);
