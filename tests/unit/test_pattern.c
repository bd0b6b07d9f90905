/* SPDX-License-Identifier: MIT */
#include "lines.h"
#include "logs/languages.h"
#include "logs/pattern.h"
#include "tap.h"

static struct event
meant(struct meaning *m, struct str text, struct strbuf *why)
{
    struct event e = { .text = text };

    meaning_of(m, &e, why);
    return e;
}

static void
every_row_knows_its_sample_and_leaves_its_near_miss(struct meaning *m)
{
    for (size_t f = 0; f < pattern_families_len; f++) {
        for (size_t i = 0; i < *pattern_families[f].len; i++) {
            const struct pattern *row = &pattern_families[f].rows[i];
            bool well = pattern_check(row) == OK;
            struct event hit = meant(m, str_of(row->sample), NULL);
            struct event miss = meant(m, str_of(row->near_miss), NULL);
            ok(well, "%s is sound: %s", row->name, well ? "yes" : err_text());
            ok(hit.kind == row->kind && str_eq(hit.rule, str_of(row->name)),
               "%s decides its own sample (" STR_FMT ")", row->name, STR_ARG(hit.rule));
            ok(!str_eq(miss.rule, str_of(row->name)), "%s leaves its near miss", row->name);
        }
    }
}

static void
every_message_of_the_catalogues_is_understood(struct meaning *m)
{
    struct pattern *rows = phrases_rows();
    size_t bad = 0;

    for (size_t i = 0; rows && i < phrases_len(); i++) {
        if (pattern_check(&rows[i]) == OK &&
            meant(m, str_of(rows[i].sample), NULL).kind == rows[i].kind)
            continue;
        bad++;
        printf("# %s: %s\n", rows[i].name, err_text());
    }
    ok(rows && bad == 0, "%zu messages in twelve languages", phrases_len());
    phrases_free(rows);
}

/* fixtures/lines/drivers.tsv: class (or not_auth), and a line as somebody writes it. */
static void
what_drivers_and_others_write_is_told_apart(struct meaning *m)
{
    AUTO(strbuf) table = { 0 };
    struct str rest;
    size_t rows = 0;

    lines_load(&table, ".", "drivers.tsv");
    for (rest = strbuf_str(&table); rest.n; rows++) {
        struct str line = str_cut(&rest, '\n'), class = str_cut(&line, '\t');
        enum kind kind = meant(m, line, NULL).kind;
        bool refused = event_kinds[kind].refused;
        ok(refused ? kind == kind_named(class) : str_eq(class, STR("not_auth")),
           STR_FMT " in: " STR_FMT, STR_ARG(class), STR_ARG(line));
    }
    ok(rows > 150, "%zu lines", rows);
}

static void
a_users_row_comes_first_and_is_checked(void)
{
    const struct pattern mine = { .name = "mine",
                                  .kind = KIND_NETWORK,
                                  .needle = "FATAL",
                                  .regex = "FATAL: (?<role>\\w+)",
                                  .sample = "FATAL: app" };
    struct pattern wrong = mine;
    struct meaning *m = NULL;

    ok(meaning_open(&m, &mine, 1) == OK, "a sound row is taken");
    ok(str_eq(meant(m, STR("FATAL: app"), NULL).rule, STR("mine")), "and asked first");
    meaning_close(m);
    m = NULL;
    wrong.sample = "FATAL no colon";
    ok(meaning_open(&m, &wrong, 1) == ERR_PARSE && m == NULL, "%s", err_text());
    wrong.sample = mine.sample;
    wrong.regex = "(";
    ok(meaning_open(&m, &wrong, 1) == ERR_PARSE && m == NULL, "%s", err_text());
}

int
main(void)
{
    struct meaning *m = NULL;

    ok(meaning_open(&m, NULL, 0) == OK, "the built-in table opens: %s", err_text());
    if (m) {
        every_row_knows_its_sample_and_leaves_its_near_miss(m);
        every_message_of_the_catalogues_is_understood(m);
        what_drivers_and_others_write_is_told_apart(m);
        a_users_row_comes_first_and_is_checked();
    }
    meaning_close(m);
    return done_testing();
}
