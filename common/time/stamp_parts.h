/* SPDX-License-Identifier: MIT */
#pragma once
#include "time/stamp.h"

/* The parts stamps are made of; only the files of stamps use this. */

struct cursor {
    const char *p, *end;
    struct stamp *s;
    int half; /* 0: a 24-hour clock, 1 AM, 2 PM */
};

static inline bool
is_digit(char c)
{
    return (unsigned)(c - '0') < 10;
}

static inline bool
is_upper(char c)
{
    return (unsigned)(c - 'A') < 26;
}

static inline bool
is_letter(char c)
{
    return (unsigned)((c | 0x20) - 'a') < 26;
}

/* NUL is in no set. */
static inline bool
one_of(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

/* The byte `n` ahead, or NUL past the end. */
static inline char
peek(const struct cursor *c, size_t n)
{
    return n < (size_t)(c->end - c->p) ? c->p[n] : '\0';
}

/* Exactly two digits, or -1. */
static inline int
two(const char *p)
{
    unsigned a = (unsigned)(p[0] - '0'), b = (unsigned)(p[1] - '0');

    return a > 9 || b > 9 ? -1 : (int)(a * 10 + b);
}

/* `min` to `max` digits. */
bool take_int(struct cursor *c, int min, int max, int *ret);

/* Months 1-12 by their first three letters in any case, or 0. */
int month_of3(const char *p);
bool part_month_name(struct cursor *c);
bool part_weekday(struct cursor *c);

/* A fraction behind the second, if there is one. Cut at nine digits. */
void take_fraction(struct cursor *c);

/* A zone, if there is one: true in any case. */
bool take_zone(struct cursor *c);
bool part_zone_minutes(struct cursor *c);

bool part_epoch(struct cursor *c);
bool part_tai(struct cursor *c);

/* What a reader leaves when its text is used up: 12-hour clocks, second 60 and 24:00 are
 * resolved; false for dates and times that do not exist. */
bool stamp_finish(struct cursor *c);

/* Runs a template. */
bool stamp_interpret(const char *template, struct cursor *c);

bool stamp_fast_iso(struct str text, struct stamp *ret);
bool stamp_fast_clf(struct str text, struct stamp *ret);

/* ns since 1970 into a stamp that counts from there. */
void stamp_set_epoch(struct stamp *s, int64_t ns, int64_t grain);

/* The stamp of a JSON object by the best of its fields named as times. `at` is left to the
 * caller where the text stands in a line. */
bool stamp_find_json(struct str text, struct stamp *ret);
