/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "logs/languages.h"
#include "logs/pg_guess.h"
#include "logs/postgres.h"

/* log_line_prefix is guessed from what stands before the severity: each such piece of text is
 * turned back into escapes, and the guess that reads most of the sample wins. Prefixes that
 * are in wide use are among the guesses. */

enum { GUESSES = 48, LINES_MAX = 400, PREFIX_MAX = 400 };

/* PostgreSQL's, Debian's, RDS's, Azure's, Cloud SQL's, Heroku's, pgBadger's advice, Crunchy's,
 * Percona's defaults. */
static const char *const usual[] = {
    "%m [%p] ",
    "%m [%p] %q%u@%d ",
    "%t [%p] ",
    "%t [%p] %q%u@%d ",
    "%t:%r:%u@%d:[%p]:",
    "%t-%c-",
    "%m [%p]: [%l-1] db=%d,user=%u ",
    "%t [%p]: [%l-1] user=%u,db=%d,app=%a,client=%h ",
    "%t [%p]: user=%u,db=%d,app=%a,client=%h ",
    "%m [%p] %q[user=%u,db=%d,app=%a] ",
    "%m [%p] %quser=%u,db=%d,app=%a,client=%h ",
    "[%p]: [%l-1] user=%u,db=%d,app=%a,client=%h ",
    "< %m >",
    "< %m %p %u %d %h >",
    "%t ",
    "%m ",
    "[%p] ",
    "%n %e %c %l ",
};

struct guess {
    struct strbuf text;
    unsigned seen; /* lines it was made from */
    unsigned read; /* lines it reads, without those whose message says otherwise */
    unsigned told; /* stamps, roles, databases, clients it finds in them */
};

struct guesses {
    struct guess items[GUESSES];
    size_t len;
};

/* Where the prefix of `line` ends: before "FATAL:  " or "DETAIL:  "; SIZE_MAX if there is no
 * such word. */
static size_t
prefix_length(struct str line)
{
    struct str head = str_head(line, PREFIX_MAX);
    size_t from = 0, at;

    while ((at = str_find(str_skip(head, from), STR(":  "))) != SIZE_MAX) {
        size_t colon = from + at;
        for (size_t start = colon > 40 ? colon - 40 : 0; start < colon; start++) {
            struct str rest = str_skip(line, start);
            bool begins =
                start == 0 || !pg_is_name_byte(line.p[start - 1]) || line.p[start - 1] == '-';
            if (begins && (severity_of(rest, NULL).n || tag_of(rest, NULL)))
                return start;
        }
        from = colon + 1;
    }
    return SIZE_MAX;
}

static void
add_guess(struct guesses *g, struct str text)
{
    for (size_t i = 0; i < g->len; i++)
        if (str_eq(strbuf_str(&g->items[i].text), text)) {
            g->items[i].seen++;
            return;
        }
    if (g->len == GUESSES)
        return;
    strbuf_add(&g->items[g->len].text, text);
    g->items[g->len++].seen = 1;
}

static void
guess_from_lines(struct guesses *g, struct str sample)
{
    struct str rest = sample;

    for (int lines = 0; rest.n && lines < LINES_MAX; lines++) {
        struct str line = str_cut(&rest, '\n');
        size_t n = prefix_length(line);
        if (n == SIZE_MAX)
            continue;
        for (int names = 0; names < 2; names++) {
            AUTO(strbuf) text = { 0 };
            pg_guess(str_head(line, n), names, &text);
            add_guess(g, strbuf_str(&text));
        }
    }
}

/* "%m [%p] " and "%m [%p] %u@%d " both seen: "%m [%p] %q%u@%d ". */
static void
guess_with_quit(struct guesses *g)
{
    size_t n = g->len;

    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            struct str less = strbuf_str(&g->items[i].text);
            struct str more = strbuf_str(&g->items[j].text);
            AUTO(strbuf) both = { 0 };
            if (i == j || less.n == 0 || less.n >= more.n || !str_starts(more, less))
                continue;
            strbuf_add(&both, less);
            strbuf_adds(&both, "%q");
            strbuf_add(&both, str_skip(more, less.n));
            add_guess(g, strbuf_str(&both));
        }
}

struct tally {
    unsigned lines, worded, server; /* with a severity; with one that only servers use */
};

/* The name that a message gives behind `lead`: user "app". */
static bool
is_denied(struct str text, struct str lead, struct str name)
{
    size_t at = name.n ? str_find(text, lead) : SIZE_MAX;
    struct str rest = str_skip(text, at == SIZE_MAX ? text.n : at + lead.n);

    return rest.n && !str_eq(str_head(rest, str_find_byte(rest, '"')), name);
}

static void
count_read(struct guess *guess, const struct parts *parts, struct tally *tally)
{
    bool wrong = is_denied(parts->text, STR("for user \""), parts->role) ||
                 is_denied(parts->text, STR("database \""), parts->database);

    guess->read += !wrong;
    guess->told += (parts->role.n > 0) + (parts->database.n > 0) + (parts->client.n > 0) +
                   parts->has_stamp;
    tally->server += parts->joins || str_eq(parts->level, STR("LOG")) ||
                     str_eq(parts->level, STR("FATAL")) || str_eq(parts->level, STR("PANIC"));
}

/* How many lines of the sample the guess reads. */
static void
try_guess(struct guess *guess, struct str sample, struct tally *ret)
{
    struct pg_prefix *p = NULL;
    struct str rest = sample;

    if (pg_prefix_open(&p, strbuf_str(&guess->text)) != OK)
        return;
    *ret = (struct tally){ 0 };
    while (rest.n && ret->lines < LINES_MAX) {
        struct str line = str_cut(&rest, '\n');
        struct parts parts;
        ret->lines++;
        if (prefix_length(line) == SIZE_MAX)
            continue;
        ret->worded++;
        if (pg_prefix_read(p, line, &parts))
            count_read(guess, &parts, ret);
    }
    pg_prefix_close(p);
}

/* More lines, then more said in them, then the shorter. */
static bool
is_better(const struct guess *a, const struct guess *b)
{
    if (a->read != b->read)
        return a->read > b->read;
    if (a->told != b->told)
        return a->told > b->told;
    return a->text.n < b->text.n;
}

static void
guesses_done(struct guesses *g)
{
    for (size_t i = 0; i < GUESSES; i++)
        strbuf_done(&g->items[i].text);
}

/* A sample may hold no line of a background process, whose prefix ends before what only
 * sessions have: a %q is put there (unless there is one), which does no harm without need. */
static void
add_quit(struct str prefix, struct strbuf *out)
{
    size_t at = 0;

    while (at + 1 < prefix.n && !(prefix.p[at] == '%' && strchr("udarhq", prefix.p[at + 1])))
        at += prefix.p[at] == '%' ? 2 : 1;
    if (at + 1 >= prefix.n || prefix.p[at + 1] == 'q') {
        strbuf_add(out, prefix);
        return;
    }
    while (at > 0 && prefix.p[at - 1] != ' ' && !(at > 1 && prefix.p[at - 2] == '%'))
        at--;
    strbuf_add(out, str_head(prefix, at));
    strbuf_adds(out, "%q");
    strbuf_add(out, str_skip(prefix, at));
}

/* One line whose prefix does not tell when may be anybody's: a client that passes on what a
 * server said. */
static bool
is_told_by_a_server(const struct guess *best)
{
    struct str text = strbuf_str(&best->text);

    for (size_t at = 0; at + 1 < text.n; at++)
        if (text.p[at] == '%' && strchr("tmncs", text.p[at + 1]))
            return true;
    return text.n == 0 || best->read >= 3;
}

bool
pg_prefix_infer(struct str sample, struct pg_prefix **ret)
{
    AUTO(guesses) g = { 0 };
    AUTO(strbuf) text = { 0 };
    struct guess *best = NULL;
    struct tally tally = { 0 }, its = { 0 };

    guess_from_lines(&g, sample);
    if (g.len == 0)
        return false;
    guess_with_quit(&g);
    for (size_t i = 0; i < LEN(usual); i++)
        add_guess(&g, str_of(usual[i]));
    for (size_t i = 0; i < g.len; i++) {
        try_guess(&g.items[i], sample, &tally);
        if (best && !is_better(&g.items[i], best))
            continue;
        best = &g.items[i];
        its = tally;
    }
    if (best->read == 0 || best->read * 5 < its.worded * 3 || its.server == 0 ||
        !is_told_by_a_server(best))
        return false;
    add_quit(strbuf_str(&best->text), &text);
    return pg_prefix_open(ret, strbuf_str(&text)) == OK;
}
