/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <sys/stat.h>

#include "args.h"
#include "base/json.h"
#include "base/utf8.h"
#include "cli/output.h"
#include "healthy.h"
#include "report/words.h"
#include "session.h"

/* The folders that the path goes through; one that cannot be made is found out on opening. */
static void
make_folders(struct str path)
{
    for (size_t i = 1; i < path.n; i++)
        if (path.p[i] == '/') {
            AUTO(strbuf) folder = { 0 };

            strbuf_add(&folder, str_head(path, i));
            (void)mkdir(strbuf_text(&folder), 0700);
        }
}

/* Baselines live in the timeline of -t, else in a file of their own. */
static enum status
open_kept(struct store **ret, enum store_mode mode)
{
    AUTO(strbuf) path = { 0 };
    enum status st = OK;

    if (common_options.timeline)
        strbuf_adds(&path, common_options.timeline);
    else
        st = healthy_file(&path);
    if (st != OK)
        return st;
    if (!common_options.timeline && mode == STORE_WRITE)
        make_folders(strbuf_str(&path));
    return store_open(ret, strbuf_text(&path), mode);
}

static void
name_route(struct healthy *h, size_t i, const struct route *r)
{
    const char *method = r->request.method   ? r->request.method
                         : r->request.body.n ? "POST"
                                             : "GET";

    h->routes[i].url = arena_strf(&h->memory, "%s " STR_FMT, method, STR_ARG(r->shown));
}

/* Probes every route `count` times; what was seen is in `ret`. */
static enum status
take_sample(int argc, char **argv, struct healthy *ret, bool *ret_answered)
{
    struct prober_plan plan = { .every = args.every, .count = args.count };
    struct session s;
    enum status st = session_open(&s, argc, argv, &plan);

    if (st != OK)
        return st;
    st = healthy_begin(ret, s.routes.len);
    for (size_t i = 0; st == OK && i < s.routes.len; i++)
        name_route(ret, i, s.routes.items[i]);
    while (st == OK && !session_over(&s)) {
        struct probe p;

        if (!session_next(&s, MS(100), &p)) {
            st = session_flush(&s);
            continue;
        }
        healthy_see(&ret->routes[p.index], p.error == NULL, p.latency);
        st = session_keep(&s, &p, (struct str){ 0 });
        probe_done(&p);
    }
    if (st == OK)
        st = session_flush(&s);
    if (st == OK && s.interrupted)
        st = fail(ERR_PARTIAL, "interrupted after %llu probes", (unsigned long long)s.probes);
    *ret_answered = s.answered > 0;
    session_close(&s);
    return st;
}

static int64_t
median_of(const struct healthy_route *r)
{
    struct compare c;
    struct compare_sample one = healthy_sample(r);
    static int64_t unit[8] = { 1, 1, 1, 1, 1, 1, 1, 1 };
    struct compare_sample ones = { 8, 0, unit, 8 };
    static const struct compare_plan plan = { 0 };

    /* Against a constant the Hodges-Lehmann ratio is the sample's own pseudo-median. */
    return compare_samples(&c, &ones, &one, &plan) == OK && c.has_ratio ? (int64_t)c.ratio : 0;
}

static void
sample_line(const struct healthy_route *r, struct strbuf *out)
{
    utf8_show(out, r->url, false);
    strbuf_adds(out, "  ");
    words_counted(out, r->probes, "probe");
    strbuf_addf(out, ", %u failed, ", r->failed);
    words_duration(out, median_of(r));
    strbuf_adds(out, " as a rule\n");
}

enum exit_code
record_verb(int argc, char **argv)
{
    AUTO(healthy) h = { 0 };
    AUTO(strbuf) out = { 0 };
    struct store *store = NULL;
    bool answered = false;
    unsigned failed = 0;
    enum status st;

    if (argc < 1)
        return options_fail(fail(ERR_USAGE, "a name for the baseline, then URLs"));
    st = take_sample(argc - 1, argv + 1, &h, &answered);
    if (st == OK && !answered)
        st = fail(ERR_NETWORK, "no answer could be had: nothing is recorded");
    if (st == OK)
        st = open_kept(&store, STORE_WRITE);
    if (st == OK)
        st = healthy_save(&h, store, argv[0]);
    store_close(store);
    if (st != OK)
        return options_fail(st);
    for (size_t i = 0; i < h.len; i++) {
        failed += h.routes[i].failed;
        sample_line(&h.routes[i], &out);
    }
    if (!common_options.json && !common_options.quiet && (st = output_write(&out)) != OK)
        return options_fail(st);
    if (failed)
        options_say("%u probes failed: was it healthy? It is recorded as it was", failed);
    return failed ? EXIT_NO : EXIT_YES;
}

static void
compare_json(const struct healthy_route *before, const struct healthy_route *now,
             const struct compare *c, struct strbuf *out)
{
    struct json w = { .out = out };

    json_object(&w, NULL);
    json_str(&w, "url", now->url);
    json_text(&w, "verdict", compare_verdict_names[c->verdict]);
    json_object(&w, "failed");
    json_int(&w, "before", before->failed);
    json_int(&w, "of", before->probes);
    json_int(&w, "now", now->failed);
    json_int(&w, "of_now", now->probes);
    json_number(&w, "p_worse", c->errors_worse, 6);
    json_number(&w, "p_better", c->errors_better, 6);
    json_object_end(&w);
    json_number(&w, "ratio", c->has_ratio ? c->ratio : 0.0 / 0.0, 4);
    json_number(&w, "ratio_low", c->has_ratio ? c->low : 0.0 / 0.0, 4);
    json_number(&w, "ratio_high", c->has_ratio ? c->high : 0.0 / 0.0, 4);
    json_number(&w, "p", c->p, 6);
    json_int(&w, "more", c->more);
    json_object_end(&w);
    strbuf_addc(out, '\n');
}

static void
compare_line(const struct healthy_route *before, const struct healthy_route *now,
             const struct compare *c, struct strbuf *out)
{
    static const enum style styles[] = { [COMPARE_SAME] = STYLE_GOOD,
                                         [COMPARE_BETTER] = STYLE_GOOD,
                                         [COMPARE_WORSE] = STYLE_BAD,
                                         [COMPARE_INCONCLUSIVE] = STYLE_STRONG };
    static const char *const words[] = { [COMPARE_SAME] = "SAME        ",
                                         [COMPARE_BETTER] = "BETTER      ",
                                         [COMPARE_WORSE] = "WORSE       ",
                                         [COMPARE_INCONCLUSIVE] = "INCONCLUSIVE" };

    output_styled(out, styles[c->verdict], str_of(words[c->verdict]));
    strbuf_adds(out, "  ");
    utf8_show(out, now->url, false);
    strbuf_addf(out, "  failed %u of %u, was %u of %u", now->failed, now->probes,
                before->failed, before->probes);
    if (c->has_ratio)
        strbuf_addf(out, "; latency x %.2f (%.2f to %.2f)", c->ratio, c->low, c->high);
    if (c->verdict == COMPARE_INCONCLUSIVE)
        strbuf_addf(out, "; about %u more probes needed", c->more);
    strbuf_addc(out, '\n');
}

/* The worst of all is the answer. */
static enum exit_code
exit_of(enum compare_verdict v)
{
    return v == COMPARE_WORSE ? EXIT_NO : v == COMPARE_INCONCLUSIVE ? EXIT_PARTIAL : EXIT_YES;
}

static enum status
compare_all(const struct healthy *before, const struct healthy *now, struct strbuf *out,
            enum exit_code *ret)
{
    static const struct compare_plan plan = { 0 };

    for (size_t i = 0; i < now->len; i++) {
        const struct healthy_route *n = &now->routes[i], *b = healthy_find(before, n->url);
        struct compare_sample x, y = healthy_sample(n);
        struct compare c;
        enum exit_code code;

        if (!b)
            return fail(ERR_USAGE, STR_FMT " is not in the baseline", STR_ARG(n->url));
        x = healthy_sample(b);
        if (compare_samples(&c, &x, &y, &plan) != OK)
            return note(ERR_PARTIAL, STR_FMT, STR_ARG(n->url));
        code = exit_of(c.verdict);
        *ret = code == EXIT_NO || *ret == EXIT_NO ? EXIT_NO : MAX(code, *ret);
        (common_options.json ? compare_json : compare_line)(b, n, &c, out);
    }
    return OK;
}

enum exit_code
compare_verb(int argc, char **argv)
{
    AUTO(healthy) before = { 0 };
    AUTO(healthy) now = { 0 };
    AUTO(strbuf) out = { 0 };
    struct store *store = NULL;
    enum exit_code code = EXIT_YES;
    bool answered = false;
    enum status st;

    if (argc < 1)
        return options_fail(fail(ERR_USAGE, "the name of a baseline, then URLs"));
    st = open_kept(&store, STORE_READ);
    if (st == OK)
        st = healthy_load(&before, store, argv[0]);
    store_close(store);
    if (st == OK)
        st = take_sample(argc - 1, argv + 1, &now, &answered);
    if (st == OK && !answered)
        st = fail(ERR_NETWORK, "no answer could be had");
    if (st == OK)
        st = compare_all(&before, &now, &out, &code);
    if (st == OK)
        st = output_write(&out);
    return st == OK ? code : options_fail(st);
}
