/* SPDX-License-Identifier: MIT */
#include "observe/census.h"

#include "args.h"
#include "ask.h"
#include "base/json.h"
#include "base/utf8.h"
#include "cli/output.h"
#include "record.h"
#include "report/words.h"
#include "time/civil.h"
#include "time/now.h"

static const char *const verdicts[] = {
    [PREDATES_NO] = "newer",
    [PREDATES_YES] = "older: fails when it reconnects",
    [PREDATES_UNKNOWN] = "not known",
};

static void
add_json(struct strbuf *out, const char *role, const struct census_session *s)
{
    struct json *w = &(struct json){ .out = out };
    AUTO(strbuf) started = { .max = 64 };

    json_object(w, NULL);
    json_int(w, "pid", s->pid);
    json_text(w, "role", role);
    json_str(w, "application", s->application);
    json_maybe(w, "client", s->client);
    json_maybe(w, "database", s->database);
    json_maybe(w, "state", s->state);
    civil_print(&started, span_mid(s->started), 6);
    json_maybe(w, "started", s->seen ? strbuf_str(&started) : STR(""));
    if (s->predates == PREDATES_UNKNOWN)
        json_null(w, "predates");
    else
        json_bool(w, "predates", s->predates == PREDATES_YES);
    json_bool(w, "seen", s->seen);
    json_object_end(w);
    strbuf_addc(out, '\n');
}

/* A column of foreign text. */
static void
add_cell(struct strbuf *out, struct str text, size_t width)
{
    size_t start = out->n;

    utf8_show(out, text.n ? text : STR("-"), false);
    strbuf_fill(out, ' ', out->n - start < width ? width - (out->n - start) : 1);
}

static void
add_line(struct strbuf *out, const struct census_session *s)
{
    AUTO(strbuf) cell = { .max = STRBUF_LINE };

    strbuf_addf(&cell, "%d", s->pid);
    add_cell(out, strbuf_str(&cell), 9);
    add_cell(out, s->application, 20);
    add_cell(out, s->client, 23);
    strbuf_clear(&cell);
    if (s->seen)
        words_duration(&cell, now_real() - span_mid(s->started));
    add_cell(out, strbuf_str(&cell), 14);
    output_styled(out, s->predates == PREDATES_YES ? STYLE_BAD : STYLE_PLAIN,
                  str_of(s->seen ? verdicts[s->predates] : "cannot be seen"));
    strbuf_addc(out, '\n');
}

static void
add_sum(struct strbuf *out, const struct census *c, const char *role,
        const struct changed *when)
{
    strbuf_addc(out, '\n');
    if (!when->known) {
        strbuf_addf(
            out,
            "%zu sessions of %s. When its secret changed is not known (--rotated T says "
            "it): which of them are older cannot be told.\n",
            c->len, role);
    } else {
        strbuf_addf(out, "%zu of %zu sessions of %s are older than the rotation (",
                    c->predating, c->len, role);
        words_instant(out, when->when, WORDS_TIME);
        strbuf_addf(out, ", %s). They work until they reconnect.\n", when->how);
    }
    if (c->unsure > 0 && when->known)
        strbuf_addf(out, "%zu began so close to it that their order cannot be told.\n",
                    c->unsure);
    if (c->unseen > 0)
        strbuf_addf(out,
                    "%zu cannot be seen by this role: ask as %s itself, or as a member of "
                    "pg_read_all_stats.\n",
                    c->unseen, role);
}

static enum status
show(const struct census *c, const char *role, const struct changed *when)
{
    AUTO(strbuf) out = { 0 };

    if (!common_options.json && c->len > 0)
        strbuf_adds(&out, "pid      application         client                 "
                          "for           against the rotation\n");
    for (size_t i = 0; i < c->len; i++) {
        if (common_options.json)
            add_json(&out, role, &c->sessions[i]);
        else
            add_line(&out, &c->sessions[i]);
    }
    if (!common_options.json)
        add_sum(&out, c, role, when);
    return output_write(&out);
}

static enum exit_code
answer(const struct census *c, const struct changed *when)
{
    if (c->predating > 0)
        return EXIT_NO;
    return !when->known || c->unseen > 0 || c->unsure > 0 ? EXIT_PARTIAL : EXIT_YES;
}

static enum status
take(const struct targets *targets, struct store *timeline, enum exit_code *ret)
{
    struct census c;
    struct changed when;
    struct pg *pg;
    enum status st = ask_open(&pg, targets);

    if (st != OK)
        return st;
    st = ask_changed(&when, targets, timeline, pg);
    if (st == OK)
        st = census_take(&c, pg, ask_role(targets), when.known ? &when.when : NULL);
    pg_close(pg);
    if (st != OK)
        return st;
    st = show(&c, ask_role(targets), &when);
    *ret = answer(&c, &when);
    census_done(&c);
    return st;
}

enum exit_code
census_verb(int argc, char **argv)
{
    struct targets targets;
    struct store *timeline = NULL;
    enum exit_code code = EXIT_YES;
    enum status st = targets_read(&targets, argc, argv);

    if (st != OK)
        return options_fail(st);
    st = record_open(&timeline);
    if (st == OK)
        st = take(&targets, timeline, &code);
    store_close(timeline);
    targets_done(&targets);
    return st == OK ? code : options_fail(st);
}
