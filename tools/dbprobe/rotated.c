/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "args.h"
#include "ask.h"
#include "base/json.h"
#include "cli/output.h"
#include "net/pgclock.h"
#include "observe/rotation.h"
#include "observe/salts.h"
#include "record.h"
#include "report/words.h"
#include "time/civil.h"

/* One way of knowing when. */
struct answer {
    bool known, sure;
    struct span when; /* our clock */
    char how[200];
    char note[400];
};

enum { WAYS = 3, CLOCK_ROUNDS = 20 };

static void
add_stamp(struct json *w, const char *key, bool known, int64_t ns)
{
    AUTO(strbuf) text = { .max = 64 };

    civil_print(&text, ns, 6);
    if (known)
        json_str(w, key, strbuf_str(&text));
    else
        json_null(w, key);
}

/* A write that may have been another ALTER ROLE: the rotation was then or earlier. */
static void
add_json(struct strbuf *out, const char *role, const struct answer *a)
{
    struct json *w = &(struct json){ .out = out };

    json_object(w, NULL);
    json_text(w, "role", role);
    add_stamp(w, "earliest", a->known && a->sure, a->when.low);
    add_stamp(w, "latest", a->known, a->when.high);
    json_text(w, "how", a->how);
    json_bool(w, "sure", a->sure);
    json_text(w, "note", a->note[0] ? a->note : NULL);
    json_object_end(w);
    strbuf_addc(out, '\n');
}

static void
add_text(struct strbuf *out, const char *role, const struct answer *a)
{
    if (!a->known) {
        strbuf_addf(out, "not known         %s: %s\n", a->how, a->note);
        return;
    }
    strbuf_adds(out, a->sure ? "" : "then or before ");
    words_instant(out, a->when, WORDS_DATE_TIME);
    strbuf_addf(out, "  role %s, by %s\n", role, a->how);
    if (a->note[0])
        strbuf_addf(out, "  %s\n", a->note);
}

static void
take_server(struct answer *a, const struct rotation *r, struct span clock)
{
    a->known = r->source != ROTATION_NONE;
    a->sure = a->known && r->sure;
    a->when = span_add(r->commit, span_negate(clock));
    snprintf(a->how, sizeof(a->how), "%s", rotation_source_names[r->source]);
    if (!a->known)
        snprintf(a->note, sizeof(a->note), "transaction %llu wrote the role's row; %s",
                 (unsigned long long)r->xid, r->why[0] ? r->why : "its time is gone");
    else if (!r->sure)
        snprintf(a->note, sizeof(a->note),
                 "the role's row was last written then; whether that "
                 "changed the secret is gone: any ALTER ROLE writes it%s%s",
                 r->why[0] ? "; " : "", r->why);
    else if (r->later)
        snprintf(a->note, sizeof(a->note), "the role was altered since, its secret was not");
}

/* What the server remembers; not being let see it is an answer too. */
static enum status
by_server(struct answer *a, const struct targets *t)
{
    struct rotation_wal wal = { args.waldump, args.wal };
    struct rotation r;
    struct span clock;
    struct pg *pg;
    enum status st = ask_open(&pg, t);

    if (st != OK)
        return st;
    snprintf(a->how, sizeof(a->how), "the server");
    st = rotation_ask(&r, pg, ask_role(t), &wal);
    if (st == ERR_CONFLICT)
        snprintf(a->note, sizeof(a->note), "%.200s (a superuser may see it)", err_text());
    if (st == OK) {
        st = pg_clock(pg, CLOCK_ROUNDS, &clock);
        if (st == OK)
            take_server(a, &r, clock);
    }
    pg_close(pg);
    return st == ERR_CONFLICT ? OK : st;
}

static enum status
by_salts(struct answer *a, struct store *timeline, const char *role)
{
    struct salt_change change;
    enum status st = salt_last_change(timeline, str_of(role), &change, &a->known);

    snprintf(a->how, sizeof(a->how), "salts recorded on the timeline");
    if (st != OK)
        return st;
    if (!a->known) {
        snprintf(a->note, sizeof(a->note), "no two of them differ");
        return OK;
    }
    a->sure = true;
    a->when = change.bracket;
    snprintf(a->note, sizeof(a->note), "salt %s was seen before, %s after", change.before,
             change.after);
    return OK;
}

static enum status
by_log(struct answer *a, struct store *timeline, const char *role)
{
    struct changed c = { 0 };
    enum status st = ask_log(&c, timeline, str_of(role));

    a->known = a->sure = c.known;
    a->when = c.when;
    snprintf(a->how, sizeof(a->how), "log lines on the timeline");
    if (!c.known)
        snprintf(a->note, sizeof(a->note), "none tells of it");
    return st;
}

/* Two ways of knowing that cannot both be right: said, not averaged. */
static bool
conflict(const struct answer *answers)
{
    struct span both;

    for (size_t i = 0; i < WAYS; i++)
        for (size_t j = i + 1; j < WAYS; j++)
            if (answers[i].sure && answers[j].sure &&
                !span_meet(answers[i].when, answers[j].when, &both))
                return true;
    return false;
}

/* The narrowest of those that are sure comes first. */
static size_t
best(const struct answer *answers)
{
    size_t first = 0;

    for (size_t i = 1; i < WAYS; i++) {
        const struct answer *a = &answers[i], *b = &answers[first];

        if ((a->known && !b->known) || (a->sure && !b->sure) ||
            (a->sure && b->sure && span_width(a->when) < span_width(b->when)))
            first = i;
    }
    return first;
}

static enum status
show(const struct answer *answers, const char *role, enum exit_code *ret)
{
    AUTO(strbuf) out = { .max = STRBUF_LINE };
    void (*const add)(struct strbuf *, const char *, const struct answer *) =
        common_options.json ? add_json : add_text;
    size_t first = best(answers);

    add(&out, role, &answers[first]);
    for (size_t i = 0; i < WAYS; i++)
        if (i != first && answers[i].how[0] && !(common_options.json && !answers[i].known))
            add(&out, role, &answers[i]);
    if (conflict(answers))
        options_say(
            "these do not agree: the secret may have changed more than once, or a clock "
            "is wrong");
    *ret = !answers[first].known                       ? EXIT_NO
           : !answers[first].sure || conflict(answers) ? EXIT_PARTIAL
                                                       : EXIT_YES;
    return output_write(&out);
}

enum exit_code
rotated_verb(int argc, char **argv)
{
    struct answer answers[WAYS] = { 0 };
    struct store *timeline = NULL;
    struct targets targets;
    enum exit_code code = EXIT_YES;
    enum status st = targets_read(&targets, argc, argv);

    if (st != OK)
        return options_fail(st);
    st = record_open(&timeline);
    if (st == OK && timeline)
        st = by_salts(&answers[1], timeline, ask_role(&targets));
    if (st == OK && timeline)
        st = by_log(&answers[2], timeline, ask_role(&targets));
    if (st == OK)
        st = by_server(&answers[0], &targets);
    /* A server that cannot be asked does not take away what was recorded. */
    if (st == ERR_NETWORK && (answers[1].known || answers[2].known)) {
        options_say("%s", err_text());
        st = OK;
    }
    if (st == OK)
        st = show(answers, ask_role(&targets), &code);
    store_close(timeline);
    targets_done(&targets);
    return st == OK ? code : options_fail(st);
}
