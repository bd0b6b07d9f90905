/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "args.h"
#include "cli/output.h"
#include "probes.h"
#include "session.h"
#include "time/now.h"

/* What became of one route. */
struct tally {
    uint64_t probes, failed;
    int last_status;
    const char *last_error;
    bool was_good;
};

/* A route that changes its mind is looked at more closely for a while. */
static void
heed_change(struct session *s, struct tally *t, const struct probe *p)
{
    bool good = p->error == NULL;

    if (t->probes > 1 ? good != t->was_good : !good)
        prober_hurry(s->prober, p->index, SECONDS(10));
    t->was_good = good;
}

static void
count(struct tally *t, const struct probe *p)
{
    t->probes++;
    t->failed += p->error != NULL;
    t->last_status = p->answer.status;
    if (p->error)
        t->last_error = p->error;
}

static enum status
say(struct session *s, const struct probe *p)
{
    AUTO(strbuf) line = { 0 };

    if (common_options.json)
        probes_json(p, record_body(&s->record, p), &line);
    else if (!common_options.quiet)
        probes_line(p, &line);
    return session_keep(s, p, strbuf_str(&line));
}

static enum exit_code
sum_up(const struct session *s, const struct tally *tallies)
{
    uint64_t failed = 0;

    for (size_t i = 0; i < s->routes.len; i++) {
        const struct tally *t = &tallies[i];

        failed += t->failed;
        options_say(STR_FMT ": %llu of %llu failed%s%s", STR_ARG(s->routes.items[i]->name),
                    (unsigned long long)t->failed, (unsigned long long)t->probes,
                    t->last_error ? ", the last with " : "",
                    t->last_error ? t->last_error : "");
    }
    if (s->answered == 0) {
        options_say("no answer could be had");
        return EXIT_NO_ANSWER;
    }
    return failed ? EXIT_NO : EXIT_YES;
}

enum exit_code
run_verb(int argc, char **argv)
{
    struct prober_plan plan = { .every = args.every, .count = args.count };
    struct session s;
    struct tally *tallies;
    enum exit_code code;
    enum status st;

    if (args.length)
        plan.count = 0;
    st = session_open(&s, argc, argv, &plan);
    if (st != OK)
        return options_fail(st);
    if (args.length)
        s.until = now_monotonic() + args.length;
    tallies = calloc(s.routes.len, sizeof(*tallies));
    if (!tallies)
        st = fail(ERR_SYSTEM, "no memory for %zu routes", s.routes.len);
    while (st == OK && !session_over(&s)) {
        struct probe p;

        if (!session_next(&s, MS(100), &p)) {
            st = session_flush(&s);
            continue;
        }
        count(&tallies[p.index], &p);
        heed_change(&s, &tallies[p.index], &p);
        st = say(&s, &p);
        probe_done(&p);
    }
    if (st == OK)
        st = session_flush(&s);
    code = st == OK ? sum_up(&s, tallies) : options_fail(st);
    free(tallies);
    session_close(&s);
    return code;
}
