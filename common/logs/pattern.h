/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/strbuf.h"
#include "timeline/event.h"

/* What a record means. One row of patterns[] = one failure as somebody words it: a literal
 * that must be there (the only thing most lines are asked), then a regex. */
struct pattern {
    const char *name;
    enum kind kind;
    bool echo;            /* repeats what another record of the same attempt says */
    const char *sqlstate; /* decides alone where the record carries one; else what it implies */
    const char *needle;   /* required literal, as rare as possible; never NULL */
    const char *regex;    /* PCRE2 with named groups role, database, client, route, status */
    const char *only;     /* a format's name, if it is said in this one alone; or NULL */
    const char *sample;   /* must match */
    const char *near_miss; /* must not */
};

extern const struct pattern patterns[];
extern const size_t patterns_len;

/* The compiled table, the user's rows added. One per thread. */
struct meaning;
must_check enum status meaning_open(struct meaning **ret, const struct pattern *more,
                                    size_t more_len);
void meaning_close(struct meaning *m);

/* Fills kind, echo, sqlstate, role, database, client, route, rule of `e` from its text, its
 * SQLSTATE, status and level, as far as they are not filled yet. `e->text` is the whole record
 * (all its lines). `why` (or NULL) gets which rows matched, which were rejected and why. */
void meaning_of(struct meaning *m, struct event *e, struct strbuf *why);

/* The literals that a record of one of `kinds` (a bit each) must hold one of, for the scan
 * that looks only at candidates; views live as long as `m`. */
size_t meaning_needles(const struct meaning *m, uint64_t kinds, const struct str **ret);
