/* SPDX-License-Identifier: MIT */
#include "triage.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "cli/output.h"
#include "net/secret.h"
#include "observe/record.h"
#include "report/words.h"
#include "scope.h"
#include "screen.h"
#include "time/now.h"

struct triage_args triage_args;

#define PROBING  SECONDS(4) /* long enough to see a failing share, short enough to wait for */
#define PATIENCE SECONDS(8)

enum { PROBES = 8, LOOKS = 3 };

/* One of the three things looked at at once. What went wrong is kept in its own words: a route
 * that cannot be asked must not cost the answer that the logs give. */
struct look {
    struct triage *t;
    void (*run)(struct look *l);
    enum status status;
    char error[400];
    struct strbuf says; /* lines for the screen */
    bool trouble;       /* what was asked just now is not well */
};

struct triage {
    const char *timeline;
    const char **logs;
    size_t logs_len;
    struct routes routes;
    struct pg_target *database; /* NULL: none was named */
    struct look looks[LOOKS];
};

static void
keep_error(struct look *l, enum status st)
{
    l->status = st;
    if (st != OK)
        snprintf(l->error, sizeof(l->error), "%s", err_text());
}

static void
read_logs(struct look *l)
{
    struct store *s = NULL;
    enum status st = store_open(&s, l->t->timeline, STORE_WRITE);

    if (st == OK)
        st = scope_read(s, l->t->logs_len, l->t->logs);
    keep_error(l, st);
    store_close(s);
}

/* How one route fares now. */
struct tally {
    unsigned asked, failed;
    char last[40];
};

static void
say_routes(struct look *l, const struct tally *tallies)
{
    for (size_t i = 0; i < l->t->routes.len; i++) {
        const struct tally *y = &tallies[i];

        l->trouble = l->trouble || y->failed;
        utf8_show(&l->says, l->t->routes.items[i]->shown, false);
        strbuf_addf(&l->says, "  %u of %u failed just now%s%s\n", y->failed, y->asked,
                    y->failed ? ", last: " : "", y->last);
    }
}

static void
count_probe(struct tally *y, const struct probe *p)
{
    y->asked++;
    if (!p->error)
        return;
    y->failed++;
    if (p->answer.status)
        snprintf(y->last, sizeof(y->last), "%d", p->answer.status);
    else
        snprintf(y->last, sizeof(y->last), "%s", p->error);
}

static void
ask_routes(struct look *l)
{
    const struct prober_plan plan = { .routes = &l->t->routes,
                                      .every = PROBING / PROBES,
                                      .rate = 5,
                                      .count = PROBES,
                                      .all_addresses = true };
    struct tally *tallies = calloc(l->t->routes.len + 1, sizeof(*tallies));
    int64_t until = now_monotonic() + PATIENCE;
    struct prober *prober = NULL;
    struct record record = { 0 };
    struct probe p;
    enum status st =
        tallies ? record_open(&record, l->t->timeline) : fail(ERR_SYSTEM, "out of memory");

    if (st == OK)
        st = prober_open(&prober, &plan);
    while (st == OK && prober_next(prober, until, &p)) {
        count_probe(&tallies[p.index], &p);
        st = record_probe(&record, &p);
        probe_done(&p);
    }
    if (st == OK)
        st = record_flush(&record);
    if (st == OK)
        say_routes(l, tallies);
    keep_error(l, st);
    prober_close(prober);
    record_done(&record);
    free(tallies);
}

static void
ask_database(struct look *l)
{
    keep_error(l, triage_ask_database(l->t->database, PATIENCE, &l->says));
}

static void *
run_look(void *context)
{
    struct look *l = context;

    l->run(l);
    return NULL;
}

static bool
is_url(const char *word)
{
    return strncmp(word, "http://", 7) == 0 || strncmp(word, "https://", 8) == 0;
}

static bool
is_conninfo(const char *word)
{
    return strncmp(word, "postgresql://", 13) == 0 || strncmp(word, "postgres://", 11) == 0;
}

/* What is a log, what a route, what the database shows from how it is written. */
static enum status
sort_words(struct triage *t, int argc, char **argv)
{
    enum status st = OK;

    t->logs = calloc((size_t)argc + 1, sizeof(*t->logs));
    if (!t->logs)
        return fail(ERR_SYSTEM, "out of memory");
    for (int i = 0; st == OK && i < argc; i++) {
        struct route_draft draft = {
            .url = argv[i],
            .request = { .timeout = PATIENCE, .connect_timeout = PATIENCE, .fresh = true }
        };

        if (is_url(argv[i]))
            st = routes_add(&t->routes, &draft);
        else if (is_conninfo(argv[i]))
            st = triage_take_database(&t->database, argv[i]);
        else
            t->logs[t->logs_len++] = argv[i];
    }
    return st;
}

static void
triage_done(struct triage *t)
{
    for (size_t i = 0; i < LOOKS; i++)
        strbuf_done(&t->looks[i].says);
    routes_done(&t->routes);
    triage_drop_database(t->database);
    free(t->logs);
}

static void
look_around(struct triage *t)
{
    const struct look looks[LOOKS] = {
        { .run = t->logs_len ? read_logs : NULL },
        { .run = t->routes.len ? ask_routes : NULL },
        { .run = t->database ? ask_database : NULL },
    };
    pthread_t threads[LOOKS];
    bool started[LOOKS] = { false };

    for (size_t i = 0; i < LOOKS; i++) {
        t->looks[i] = looks[i];
        t->looks[i].t = t;
        if (looks[i].run)
            started[i] = pthread_create(&threads[i], NULL, run_look, &t->looks[i]) == 0;
        if (looks[i].run && !started[i])
            t->looks[i].run(&t->looks[i]);
    }
    for (size_t i = 0; i < LOOKS; i++)
        if (started[i])
            pthread_join(threads[i], NULL);
}

/* What could not be looked at is said; the rest still answers. */
static enum status
say(const struct triage *t, const struct findings *f)
{
    AUTO(strbuf) now = { 0 }, out = { 0 };

    for (size_t i = 0; i < LOOKS; i++) {
        strbuf_add(&now, strbuf_str(&t->looks[i].says));
        if (t->looks[i].status != OK)
            options_say("%s", t->looks[i].error);
    }
    if (common_options.json) {
        findings_json(f, &out);
        strbuf_addc(&out, '\n');
    } else {
        screen_draw(&out, f, strbuf_str(&now), output_width(80));
    }
    return output_write(&out);
}

/* Logs end where they end: a route that fails now has not recovered. */
static void
believe_the_present(const struct triage *t, struct findings *f)
{
    bool trouble = false;

    for (size_t i = 0; i < LOOKS; i++)
        trouble = trouble || t->looks[i].trouble;
    if (!trouble || !f->has_onset)
        return;
    f->state = STATE_FAILING;
    f->has_recovery = false;
}

static enum exit_code
answer(struct triage *t, struct scratch *timeline)
{
    struct findings f = { 0 };
    enum status st = OK;
    enum exit_code code;
    size_t looked = 0, failed = 0;

    for (size_t i = 0; i < LOOKS; i++) {
        looked += t->looks[i].run != NULL;
        failed += t->looks[i].status != OK && t->looks[i].status != ERR_PARTIAL;
        if (looked && failed == looked)
            st = fail(t->looks[i].status, "%s", t->looks[i].error);
    }
    if (!looked || failed < looked)
        st = findings_settle(&f, timeline->store);
    if (st == OK) {
        believe_the_present(t, &f);
        st = say(t, &f);
    }
    code = st == OK ? scope_exit(&f) : options_fail(st);
    findings_done(&f);
    return st == OK && failed && code == EXIT_YES ? EXIT_PARTIAL : code;
}

enum exit_code
triage_verb(int argc, char **argv)
{
    struct scratch timeline = { 0 };
    AUTO(triage) t = { 0 };
    enum exit_code code;
    enum status st = OK;

    secret_guard_process();
    if (argc == 0 && !common_options.timeline)
        st = fail(ERR_USAGE, "what is to be looked at? logs, URLs of routes, postgresql://...");
    if (st == OK)
        st = sort_words(&t, argc, argv);
    if (st == OK)
        st = scratch_open(&timeline, common_options.timeline);
    if (st != OK)
        return options_fail(st);
    t.timeline = timeline.path[0] ? timeline.path : common_options.timeline;
    look_around(&t);
    code = answer(&t, &timeline);
    scratch_done(&timeline);
    return code;
}
