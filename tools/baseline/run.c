/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>

#include "args.h"
#include "base/file.h"
#include "hooks.h"
#include "live.h"
#include "probes.h"
#include "report/words.h"
#include "session.h"
#include "tally.h"
#include "time/now.h"

/* Everything a run needs beside its session. */
struct running {
    struct session session;
    struct hooks hooks;
    struct tally *tallies;
    struct live live;
    int64_t published; /* monotonic: when the metrics were */
};

static enum status
say(struct session *s, const struct probe *p, bool live)
{
    AUTO(strbuf) line = { 0 };

    if (common_options.json)
        probes_json(p, record_body(&s->record, p), &line);
    else if (!common_options.quiet && !live)
        probes_line(p, &line);
    return session_keep(s, p, strbuf_str(&line));
}

static enum status
publish(struct running *r, bool at_the_end)
{
    AUTO(strbuf) text = { 0 };
    AUTO(strbuf) junit = { 0 };
    enum status st = OK;

    if (args.metrics && (at_the_end || now_monotonic() - r->published > SECONDS(1))) {
        r->published = now_monotonic();
        tally_metrics(r->tallies, &r->session.routes, &text);
        st = file_publish(args.metrics, strbuf_str(&text), 0644);
    }
    if (st == OK && at_the_end && args.junit) {
        tally_junit(r->tallies, &r->session.routes, &junit);
        st = file_publish(args.junit, strbuf_str(&junit), 0644);
    }
    return st;
}

static void
say_change(const struct route *route, const char *what, struct span when)
{
    AUTO(strbuf) text = { 0 };

    words_instant(&text, when, WORDS_TIME);
    options_say(STR_FMT " %s %s", STR_ARG(route->name), what, strbuf_text(&text));
}

static enum exit_code
sum_up(const struct running *r)
{
    const struct session *s = &r->session;
    uint64_t failed = 0;

    for (size_t i = 0; i < s->routes.len; i++) {
        const struct tally *t = &r->tallies[i];
        const struct route *route = s->routes.items[i];

        failed += t->failed;
        options_say(STR_FMT ": %" PRIu64 " of %" PRIu64 " failed%s%s", STR_ARG(route->name),
                    t->failed, t->probes, t->error ? ", the last with " : "",
                    t->error ? t->error : "");
        if (t->onset.high)
            say_change(route, "began to fail", t->onset);
        if (t->recovery.high)
            say_change(route, "was well again", t->recovery);
    }
    if (s->answered == 0) {
        options_say("no answer could be had");
        return EXIT_NO_ANSWER;
    }
    return failed ? EXIT_NO : EXIT_YES;
}

/* A route that changes its mind is looked at more closely for a while. */
static enum status
heed(struct running *r, const struct probe *p)
{
    struct tally *t = &r->tallies[p->index];
    enum status st;

    if (tally_see(t, p))
        prober_hurry(r->session.prober, p->index, SECONDS(10));
    st = say(&r->session, p, r->live.on);
    if (st == OK)
        st = hooks_tell(&r->hooks, p->route, t);
    return st == OK ? publish(r, false) : st;
}

/* A row a route: its last status, the last latencies, failures, its server's clock. */
static void
route_row(const struct route *route, const struct tally *t, struct strbuf *out)
{
    strbuf_addf(out, "%-14.*s %3d ", STR_ARG(route->name), t->status);
    live_bars(t, 30, out);
    strbuf_addf(out, " %7.1f ms  %" PRIu64 "/%" PRIu64 " failed", (double)t->latency / 1e6,
                t->failed, t->probes);
    if (t->failing)
        strbuf_adds(out, "  FAILING");
    if (t->clock.sightings) {
        strbuf_adds(out, "  clock ");
        words_offset(out, t->clock.ahead);
    }
    strbuf_addc(out, '\n');
}

static enum status
draw(struct running *r)
{
    AUTO(strbuf) text = { 0 };

    if (!live_is_due(&r->live))
        return OK;
    for (size_t i = 0; i < r->session.routes.len; i++)
        route_row(r->session.routes.items[i], &r->tallies[i], &text);
    return live_draw(&r->live, strbuf_str(&text));
}

static enum status
probe_all(struct running *r)
{
    enum status st = OK;

    while (st == OK && !session_over(&r->session)) {
        struct probe p;

        if (!session_next(&r->session, MS(100), &p)) {
            st = session_flush(&r->session);
            if (st == OK)
                st = draw(r);
            continue;
        }
        st = heed(r, &p);
        probe_done(&p);
        if (st == OK)
            st = draw(r);
    }
    r->live.drawn = 0;
    if (st == OK)
        st = draw(r);
    if (st == OK)
        st = session_flush(&r->session);
    return st == OK ? publish(r, true) : st;
}

enum exit_code
run_verb(int argc, char **argv)
{
    struct prober_plan plan = { .every = args.every, .count = args.length ? 0 : args.count };
    struct running r = { 0 };
    enum exit_code code;
    enum status st = hooks_open(&r.hooks, args.program, args.webhook);

    if (st == OK)
        st = session_open(&r.session, argc, argv, &plan);
    if (st != OK) {
        hooks_done(&r.hooks);
        return options_fail(st);
    }
    if (args.length)
        r.session.until = now_monotonic() + args.length;
    live_begin(&r.live);
    r.tallies = calloc(r.session.routes.len, sizeof(*r.tallies));
    if (!r.tallies)
        st = fail(ERR_SYSTEM, "no memory for %zu routes", r.session.routes.len);
    if (st == OK)
        st = probe_all(&r);
    code = st == OK ? sum_up(&r) : options_fail(st);
    hooks_done(&r.hooks);
    free(r.tallies);
    session_close(&r.session);
    return code;
}
