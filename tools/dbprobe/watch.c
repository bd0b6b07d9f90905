/* SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "args.h"
#include "base/json.h"
#include "cli/output.h"
#include "net/probe.h"
#include "observe/salts.h"
#include "record.h"
#include "report/words.h"
#include "targets.h"
#include "time/civil.h"
#include "time/now.h"

/* A sighting goes to the timeline at least this often, so that what was known is not lost
 * with the process. */
static const int64_t heartbeat = SECONDS(60);

static volatile sig_atomic_t interrupted;

/* Shared by the targets' threads; `lock` guards all of it. */
struct watch {
    pthread_mutex_t lock;
    struct store *timeline;
    int64_t until; /* of now_monotonic() */
    unsigned seen, changed, strange;
    enum status worst;
    char why[256];
};

/* One target's watch. */
struct eye {
    struct watch *all;
    const struct pg_target *target;
    struct arena memory;
    struct address *to;
    struct salt_history history;
    enum probe_end end; /* of the last look */
    int64_t recorded;   /* now_real() of the last sighting on the timeline */
    unsigned looks;
};

static void
stop(int signal)
{
    (void)signal;
    interrupted = 1;
}

static void
print_time(struct strbuf *out, struct span when)
{
    civil_print(out, span_mid(when), 3);
    strbuf_addf(out, " ± %.3f s", (double)span_width(when) / 2e9);
}

static void
add_json(struct strbuf *out, const struct eye *e, const char *what, struct span when,
         const char *tag)
{
    struct json *w = &(struct json){ .out = out };
    AUTO(strbuf) stamp = { .max = 64 };

    json_object(w, NULL);
    json_text(w, "event", what);
    civil_print(&stamp, when.low, 6);
    json_str(w, "earliest", strbuf_str(&stamp));
    strbuf_clear(&stamp);
    civil_print(&stamp, when.high, 6);
    json_str(w, "latest", strbuf_str(&stamp));
    json_text(w, "target", e->target->shown);
    json_text(w, "address", e->to->text);
    json_text(w, "role", e->target->role);
    json_text(w, "salt", tag);
    json_object_end(w);
    strbuf_addc(out, '\n');
}

/* One line on stdout, at once: another program may be waiting for it. */
static enum status
tell(const struct eye *e, const char *what, struct span when, const char *tag)
{
    AUTO(strbuf) out = { .max = STRBUF_LINE };

    if (common_options.json) {
        add_json(&out, e, what, when, tag);
    } else {
        print_time(&out, when);
        strbuf_addf(&out, "  %s@%s  %s", e->target->role, e->to->text, what);
        if (tag)
            strbuf_addf(&out, "  salt %s", tag);
        strbuf_addc(&out, '\n');
    }
    return output_write(&out);
}

static enum status
keep_sighting(struct eye *e, const struct salt_sighting *s)
{
    struct salt_of of = record_whom(e->target, e->to->text);

    e->recorded = s->seen.high;
    return e->all->timeline ? salt_record(e->all->timeline, &of, s) : OK;
}

/* Both sightings and the change, on disk before anybody is told. */
static enum status
keep_change(struct eye *e, const struct salt_sighting *before,
            const struct salt_sighting *after, struct span bracket, const char *words)
{
    struct salt_of of = record_whom(e->target, e->to->text);
    enum status st = keep_sighting(e, before);

    if (st == OK)
        st = keep_sighting(e, after);
    if (st == OK && e->all->timeline)
        st = salt_record_change(e->all->timeline, &of, bracket, words);
    return st;
}

static const char *const news_words[] = {
    [SALT_FIRST] = "watching",
    [SALT_CHANGED] = "secret changed (rotated; or expired, renamed or dropped)",
    [SALT_BACK] = "an earlier secret is back (validity, name or password restored)",
};

/* A salt that is new at every look is made up by a pooler: nothing can be seen in it. */
static bool
makes_them_up(const struct eye *e)
{
    return e->looks >= 4 && e->history.changes >= 3 && e->history.changes + 1 == e->looks;
}

static enum status
take(struct eye *e, const struct salt_sighting *s)
{
    struct salt_sighting before = e->history.last;
    struct span bracket = s->seen;
    enum salt_news news = salt_take(&e->history, s, &bracket);
    enum status st = OK;

    if (news == SALT_SAME)
        return s->seen.high - e->recorded >= heartbeat ? keep_sighting(e, s) : OK;
    if (makes_them_up(e))
        return fail(ERR_CONFLICT,
                    "%s makes up a salt for every login: a pooler that holds the "
                    "password in clear; watch the server's own port",
                    e->to->text);
    if (news == SALT_FIRST) {
        e->all->seen++;
        st = keep_sighting(e, s);
    } else {
        e->all->changed++;
        st = keep_change(e, &before, s, bracket, news_words[news]);
    }
    return st == OK ? tell(e, news_words[news], bracket, s->tag) : st;
}

/* What a look shows when it shows no salt. */
static const char *
instead(const struct probe *p)
{
    return p->end == PROBE_ASKS     ? pgwire_auth_name(p->auth)
           : p->end == PROBE_TRUSTS ? "trust"
                                    : p->why;
}

static enum status
judge(struct eye *e, const struct probe *p)
{
    struct salt_sighting s = { .seen = { p->sent, p->got } };
    bool differs = e->looks == 1 || p->end != e->end;

    e->end = p->end;
    if (p->has_salt) {
        scram_salt_print(&p->salt, s.tag);
        return take(e, &s);
    }
    if (!differs)
        return OK;
    e->all->strange++;
    return tell(e, instead(p), span_at(now_real()), NULL);
}

static void
look(struct eye *e, struct probe *p)
{
    const struct pg_host *host = &e->target->hosts[0];
    struct probe_request q = {
        .to = e->to,
        .name = *host->host && host->host[0] != '/' ? host->host : NULL,
        .role = str_of(e->target->role),
        .database = str_of(e->target->database),
        .tls = strcmp(e->target->sslmode, "disable") == 0 ? PROBE_PLAIN : PROBE_PREFER,
        .timeout = args.timeout,
    };

    probe_run(p, &q);
    e->looks++;
}

static void
sleep_until(int64_t instant)
{
    while (!interrupted) {
        int64_t left = MIN(instant - now_monotonic(), MS(100));
        struct timespec nap = { left / NS_PER_S, left % NS_PER_S };

        if (left <= 0)
            return;
        nanosleep(&nap, NULL);
    }
}

static void
gives_up(struct watch *w, enum status st)
{
    w->worst = st;
    snprintf(w->why, sizeof(w->why), "%s", err_text());
}

static void *
watch_one(void *context)
{
    struct eye *e = context;
    struct watch *w = e->all;
    struct probe *p = malloc(sizeof(*p));
    enum status st = p ? OK : fail(ERR_SYSTEM, "no memory to watch");
    int64_t due = now_monotonic();

    while (st == OK && !interrupted && now_monotonic() < w->until) {
        look(e, p);
        pthread_mutex_lock(&w->lock);
        st = judge(e, p);
        pthread_mutex_unlock(&w->lock);
        due = MAX(due + args.every, now_monotonic());
        sleep_until(MIN(due, w->until));
    }
    pthread_mutex_lock(&w->lock);
    if (st == OK && e->history.tags_len > 0)
        st = keep_sighting(e, &e->history.last);
    if (st != OK)
        gives_up(w, st);
    pthread_mutex_unlock(&w->lock);
    free(p);
    return NULL;
}

static enum status
find_address(struct eye *e)
{
    const struct pg_host *host = &e->target->hosts[0];
    size_t n;

    return address_find(&e->memory, host->hostaddr ? host->hostaddr : host->host, host->port,
                        args.timeout, &e->to, &n);
}

static enum status
watch_all(struct watch *w, struct eye *eyes, size_t len)
{
    pthread_t *threads = calloc(len + 1, sizeof(*threads));
    size_t started = 0;
    enum status st = threads ? OK : fail(ERR_SYSTEM, "no memory to watch");

    for (size_t i = 0; st == OK && i < len; i++)
        st = find_address(&eyes[i]);
    for (; st == OK && started < len; started++)
        if (pthread_create(&threads[started], NULL, watch_one, &eyes[started]) != 0)
            break;
    for (size_t i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    free(threads);
    if (st == OK && w->worst != OK)
        st = fail(w->worst, "%s", w->why);
    return st;
}

/* What it costs the server, before it begins. */
static void
announce(size_t targets)
{
    double rate = 1e9 / (double)args.every * (double)targets;

    options_say("%.3g looks a second: each takes a connection for some milliseconds and leaves "
                "nothing in the server's log unless log_connections is on",
                rate);
}

static enum status
run(const struct targets *targets, struct watch *w)
{
    struct eye *eyes = calloc(targets->len + 1, sizeof(*eyes));
    enum status st = eyes ? record_open(&w->timeline) : fail(ERR_SYSTEM, "no memory to watch");

    for (size_t i = 0; eyes && i < targets->len; i++)
        eyes[i] = (struct eye){ .all = w, .target = &targets->all[i] };
    if (st == OK) {
        announce(targets->len);
        st = watch_all(w, eyes, targets->len);
    }
    for (size_t i = 0; eyes && i < targets->len; i++)
        arena_done(&eyes[i].memory);
    store_close(w->timeline);
    free(eyes);
    return st;
}

enum exit_code
watch_verb(int argc, char **argv)
{
    struct watch w = { .lock = PTHREAD_MUTEX_INITIALIZER,
                       .until = args.length ? now_monotonic() + args.length : INT64_MAX };
    struct targets targets;
    enum status st;

    if (args.every < MS(10))
        return options_fail(
            fail(ERR_USAGE, "--every: at least 10ms, each look is a connection"));
    st = targets_read(&targets, argc, argv);
    if (st != OK)
        return options_fail(st);
    signal(SIGINT, stop);
    signal(SIGTERM, stop);
    st = run(&targets, &w);
    targets_done(&targets);
    if (st != OK)
        return options_fail(st);
    return w.seen == 0 ? EXIT_NO_ANSWER : w.changed > 0 ? EXIT_YES : EXIT_NO;
}
