/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/strbuf.h"
#include "timeline/event.h"

/* Who else writes the words of a pattern, and so what it takes to believe them. */
enum words {
    WORDS_OWN,    /* only Postgres, its drivers and its poolers say so */
    WORDS_SHARED, /* others say so too: not where the record names one of those */
    WORDS_ANYONE, /* everybody says so: only where the record names Postgres */
};

/* What a record means. One row = one failure as somebody words it: a literal that must be
 * there (the only thing most lines are asked), then a regex. Earlier rows win. */
struct pattern {
    const char *name;
    enum kind kind;
    enum words words;
    bool echo;            /* repeats what another record of the same attempt says */
    bool fatal;           /* a statement fails with these words too: not at level ERROR */
    const char *sqlstate; /* decides alone where the record carries one; else what it implies */
    const char *needle;   /* required literal, as rare as possible, 4 bytes or more;
                           * alternatives are parted by "|" */
    const char *regex;    /* PCRE2 with named groups role, database, client, route */
    const char *only;     /* beginning of a format's name, if only that one says it; or NULL */
    const char *sample;   /* must match */
    const char *near_miss; /* must not */
};

/* The built-in rows, in order; a family is one file. */
struct pattern_family {
    const struct pattern *rows;
    const size_t *len;
    bool late; /* asked after the server's message catalogues (languages.h) */
};

extern const struct pattern_family pattern_families[];
extern const size_t pattern_families_len;

/* What stands in a row that its user may have got wrong: the needle, the regex, the samples.
 * ERR_PARSE says which. */
must_check enum status pattern_check(const struct pattern *row);

/* The compiled table, the user's rows before it. One per thread; `more` is borrowed. */
struct meaning;
must_check enum status meaning_open(struct meaning **ret, const struct pattern *more,
                                    size_t more_len);
void meaning_close(struct meaning *m);

/* Fills kind, echo, sqlstate, role, database, client, route, rule of `e` from its text, its
 * SQLSTATE, status and level, as far as they are not filled yet. `e->text` is the whole record
 * (all its lines). `why` (or NULL) gets which rows matched, which were rejected and why. */
void meaning_of(struct meaning *m, struct event *e, struct strbuf *why);

/* The literals that a record of one of `kinds` (a bit each) must hold one of, for the scan
 * that looks only at candidates; views live as long as `m`. A record that carries its own
 * SQLSTATE or HTTP status needs none of them: meaning_of_state(), e->status. */
size_t meaning_needles(struct meaning *m, uint64_t kinds, const struct str **ret);

/* What an SQLSTATE says without any text, at level FATAL; KIND_NONE if it decides nothing. */
enum kind meaning_of_state(struct str sqlstate);
