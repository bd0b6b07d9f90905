/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>

#include "args.h"
#include "base/json.h"
#include "cli/output.h"
#include "diagnose/recovery.h"
#include "live.h"
#include "probes.h"
#include "session.h"
#include "tally.h"
#include "time/now.h"

/* The question, and what is known of each route so far. */
struct waiting {
    struct session session;
    struct recovery_plan plan;
    struct recovery *routes;
    struct tally *tallies;
    struct live live;
    bool shallow; /* nothing but health checks was given */
};

static enum status
read_plan(struct recovery_plan *ret)
{
    *ret = (struct recovery_plan){ .looks = args.looks, .spread = args.spread };
    if (share_read("exclude", args.exclude, &ret->exclude) != OK ||
        share_read("alpha", args.alpha, &ret->alpha) != OK ||
        share_read("normal", args.normal, &ret->normal) != OK)
        return ERR_USAGE;
    return OK;
}

static enum status
begin(struct waiting *w)
{
    struct recovery first;
    enum status st = recovery_begin(&first, &w->plan);

    if (st != OK)
        return st;
    w->routes = calloc(w->session.routes.len, sizeof(*w->routes));
    w->tallies = calloc(w->session.routes.len, sizeof(*w->tallies));
    if (!w->routes || !w->tallies)
        return fail(ERR_SYSTEM, "no memory for %zu routes", w->session.routes.len);
    w->shallow = true;
    for (size_t i = 0; i < w->session.routes.len; i++) {
        w->routes[i] = first;
        w->shallow &= recovery_is_shallow(w->session.routes.items[i]->path);
    }
    return OK;
}

static void
look(struct waiting *w, const struct probe *p)
{
    struct recovery *r = &w->routes[p->index];
    struct recovery_look l = {
        .good = p->error == NULL,
        .failure = recovery_failure_of(p->answer.status, p->error),
        .at = p->answer.at,
        .peer = str_of(p->answer.remote),
        .fresh = !p->answer.reused,
    };
    bool was_broken = r->broken;

    (void)tally_see(&w->tallies[p->index], p);
    if (r->verdict == RECOVERY_RECOVERED)
        return;
    (void)recovery_see(r, &l);
    if (r->broken && !was_broken && !w->live.on)
        options_say(STR_FMT " is still broken: %u of %u probes failed", STR_ARG(p->route->name),
                    r->failed, r->total);
}

/* Recovered is what all routes agree on. One that failed cannot have been mended by luck in
 * another, so alpha holds for all of them together. */
static enum recovery_verdict
verdict_of(const struct waiting *w)
{
    enum recovery_verdict all = RECOVERY_RECOVERED;

    for (size_t i = 0; i < w->session.routes.len; i++) {
        enum recovery_verdict one = recovery_so_far(&w->routes[i]);

        if (one == RECOVERY_FAILING)
            return RECOVERY_FAILING;
        if (one == RECOVERY_UNDECIDED)
            all = RECOVERY_UNDECIDED;
    }
    return all;
}

/* Whether more looks can still change the verdict. */
static bool
is_settled(const struct waiting *w)
{
    bool all_recovered = true;

    for (size_t i = 0; i < w->session.routes.len; i++) {
        const struct recovery *r = &w->routes[i];

        if (r->over || (args.fail_fast && r->broken))
            return true;
        all_recovered &= r->verdict == RECOVERY_RECOVERED;
    }
    return all_recovered;
}

static const char *
warning_of(const struct waiting *w)
{
    return w->shallow ? "only health checks were probed: they need not touch the database"
                      : NULL;
}

static void
route_json(struct json *j, const struct route *route, const struct recovery *r)
{
    json_object(j, NULL);
    json_str(j, "route", route->name);
    json_text(j, "verdict", recovery_verdict_names[recovery_so_far(r)]);
    json_int(j, "needed", r->needed);
    json_int(j, "seen", r->row);
    json_int(j, "probes", r->total);
    json_int(j, "failed", r->failed);
    json_object(j, "failures");
    for (int i = 0; i < FAILURE_LEN; i++)
        json_int(j, recovery_failure_names[i], r->failures[i]);
    json_object_end(j);
    json_number(j, "residue", recovery_residue(r), 4);
    json_int(j, "peers", r->peers_len);
    json_int(j, "connections", r->fresh);
    json_seconds(j, "span", recovery_spread(r));
    json_object_end(j);
}

/* The route that is furthest from being recovered speaks for all. */
static const struct recovery *
worst_of(const struct waiting *w)
{
    const struct recovery *worst = &w->routes[0];

    for (size_t i = 1; i < w->session.routes.len; i++)
        if (w->routes[i].row < worst->row)
            worst = &w->routes[i];
    return worst;
}

static void
verdict_json(const struct waiting *w, struct strbuf *out)
{
    const struct recovery *worst = worst_of(w);
    struct json j = { .out = out };

    json_object(&j, NULL);
    json_text(&j, "verdict", recovery_verdict_names[verdict_of(w)]);
    json_int(&j, "needed", worst->needed);
    json_int(&j, "seen", worst->row);
    json_number(&j, "excluded", w->plan.exclude, 6);
    json_number(&j, "alpha", w->plan.alpha, 6);
    json_int(&j, "peers", worst->peers_len);
    json_seconds(&j, "span", recovery_spread(worst));
    json_int(&j, "connections", worst->fresh);
    json_number(&j, "residue", recovery_residue(worst), 4);
    json_text(&j, "rule", worst->height > 0 ? "cusum" : "strict");
    json_bool(&j, "interrupted", w->session.interrupted);
    json_text(&j, "warning", warning_of(w));
    json_array(&j, "routes");
    for (size_t i = 0; i < w->session.routes.len; i++)
        route_json(&j, w->session.routes.items[i], &w->routes[i]);
    json_array_end(&j);
    json_object_end(&j);
    strbuf_addc(out, '\n');
}

static void
route_line(const struct route *route, const struct recovery *r, struct strbuf *out)
{
    strbuf_addf(out, "%-24.*s  %u of %u needed in a row   %u address%s, %u new connection%s",
                STR_ARG(route->name), r->row, r->needed, r->peers_len,
                r->peers_len == 1 ? "" : "es", r->fresh, r->fresh == 1 ? "" : "s");
    if (r->failed)
        strbuf_addf(out, "   %u of %u failed", r->failed, r->total);
    if (r->failures[FAILURE_APPLICATION])
        strbuf_addf(out, ", %u with 500", r->failures[FAILURE_APPLICATION]);
    if (r->failures[FAILURE_ABSENT])
        strbuf_addf(out, ", %u with nobody there", r->failures[FAILURE_ABSENT]);
    strbuf_addc(out, '\n');
}

static void
verdict_text(const struct waiting *w, struct strbuf *out)
{
    static const char *const words[] = { [RECOVERY_UNDECIDED] = "UNDECIDED",
                                         [RECOVERY_FAILING] = "FAILING",
                                         [RECOVERY_RECOVERED] = "RECOVERED" };
    static const enum style styles[] = { [RECOVERY_UNDECIDED] = STYLE_STRONG,
                                         [RECOVERY_FAILING] = STYLE_BAD,
                                         [RECOVERY_RECOVERED] = STYLE_GOOD };
    enum recovery_verdict v = verdict_of(w);
    const struct recovery *worst = worst_of(w);

    for (size_t i = 0; i < w->session.routes.len; i++)
        route_line(w->session.routes.items[i], &w->routes[i], out);
    output_styled(out, styles[v], str_of(words[v]));
    if (v == RECOVERY_RECOVERED)
        strbuf_addf(out, "  a share of %s or more that still fails is excluded (alpha %s)\n",
                    args.exclude, args.alpha);
    else if (v == RECOVERY_UNDECIDED)
        strbuf_addf(out, "  up to %.0f %% may still fail (alpha %s)\n",
                    ceil(100 * recovery_residue(worst)), args.alpha);
    else
        strbuf_addf(out, "  not over: %u successes in a row of %u needed\n", worst->row,
                    worst->needed);
    if (warning_of(w))
        strbuf_addf(out, "but %s\n", warning_of(w));
}

/* The screen while it waits: a row of marks a route, then what is still to come. */
static enum status
draw(struct waiting *w)
{
    const struct recovery *worst = worst_of(w);
    AUTO(strbuf) text = { 0 };

    if (!live_is_due(&w->live))
        return OK;
    for (size_t i = 0; i < w->session.routes.len; i++) {
        const struct recovery *r = &w->routes[i];

        strbuf_addf(&text, "%-14.*s ", STR_ARG(w->session.routes.items[i]->name));
        live_marks(&w->tallies[i], 30, &text);
        strbuf_addf(&text, "  %u of %u needed in a row  %u address%s, %u new connection%s\n",
                    r->row, r->needed, r->peers_len, r->peers_len == 1 ? "" : "es", r->fresh,
                    r->fresh == 1 ? "" : "s");
    }
    strbuf_addf(&text, "%s: %s may still hold the old secret (alpha %s)\n",
                worst->broken ? "STILL BROKEN" : "not yet", args.exclude, args.alpha);
    return live_draw(&w->live, strbuf_str(&text));
}

static enum status
watch(struct waiting *w)
{
    enum status st = OK;

    while (st == OK && !is_settled(w) && !session_over(&w->session)) {
        AUTO(strbuf) line = { 0 };
        struct probe p;

        if (!session_next(&w->session, MS(100), &p)) {
            st = session_flush(&w->session);
            if (st == OK)
                st = draw(w);
            continue;
        }
        look(w, &p);
        if (common_options.json)
            probes_json(&p, record_body(&w->session.record, &p), &line);
        st = session_keep(&w->session, &p, strbuf_str(&line));
        probe_done(&p);
        if (st == OK)
            st = draw(w);
    }
    if (st == OK)
        st = live_end(&w->live);
    return st == OK ? session_flush(&w->session) : st;
}

static enum exit_code
answer(const struct waiting *w)
{
    static const enum exit_code codes[] = { [RECOVERY_UNDECIDED] = EXIT_PARTIAL,
                                            [RECOVERY_FAILING] = EXIT_NO,
                                            [RECOVERY_RECOVERED] = EXIT_YES };
    AUTO(strbuf) out = { 0 };
    enum status st;

    if (common_options.json)
        verdict_json(w, &out);
    else if (!common_options.quiet)
        verdict_text(w, &out);
    st = output_write(&out);
    if (st != OK)
        return options_fail(st);
    if (w->session.answered == 0 && w->session.probes > 0)
        return EXIT_NO_ANSWER;
    return codes[verdict_of(w)];
}

enum exit_code
wait_verb(int argc, char **argv)
{
    struct prober_plan plan = { .burst = args.burst };
    struct waiting w = { 0 };
    enum exit_code code;
    enum status st = read_plan(&w.plan);

    if (st == OK)
        st = session_open(&w.session, argc, argv, &plan);
    if (st != OK)
        return options_fail(st);
    w.session.until = now_monotonic() + args.within;
    st = begin(&w);
    live_begin(&w.live);
    if (st == OK)
        st = watch(&w);
    code = st == OK ? answer(&w) : options_fail(st);
    free(w.routes);
    free(w.tallies);
    session_close(&w.session);
    return code;
}
