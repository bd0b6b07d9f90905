/* SPDX-License-Identifier: MIT */
#include <strings.h>

#include "time/stamp_parts.h"

/* The names of months, English and other. */

/* The letters of a month as one number; 0 for all others. */
#define LETTERS(a, b, c) ((unsigned)(a) << 16 | (unsigned)(b) << 8 | (unsigned)(c))

int
month_of3(const char *p)
{
    switch (LETTERS(p[0] | 0x20, p[1] | 0x20, p[2] | 0x20)) {
    case LETTERS('j', 'a', 'n'):
        return 1;
    case LETTERS('f', 'e', 'b'):
        return 2;
    case LETTERS('m', 'a', 'r'):
        return 3;
    case LETTERS('a', 'p', 'r'):
        return 4;
    case LETTERS('m', 'a', 'y'):
        return 5;
    case LETTERS('j', 'u', 'n'):
        return 6;
    case LETTERS('j', 'u', 'l'):
        return 7;
    case LETTERS('a', 'u', 'g'):
        return 8;
    case LETTERS('s', 'e', 'p'):
        return 9;
    case LETTERS('o', 'c', 't'):
        return 10;
    case LETTERS('n', 'o', 'v'):
        return 11;
    case LETTERS('d', 'e', 'c'):
        return 12;
    default:
        return 0;
    }
}

/* As other languages begin the months that they write unlike English; case is not looked at
 * in ASCII. Longer ones before those they begin with. */
static const struct {
    const char *begins;
    int month;
} foreign_months[] = {
    { "januar", 1 }, { "janv", 1 }, { "gen", 1 },  { "ene", 1 },  { "янв", 1 },  { "févr", 2 },
    { "fév", 2 },    { "фев", 2 },  { "mär", 3 },  { "mrz", 3 },  { "mars", 3 }, { "мар", 3 },
    { "avr", 4 },    { "abr", 4 },  { "апр", 4 },  { "mai", 5 },  { "mag", 5 },  { "maj", 5 },
    { "май", 5 },    { "мая", 5 },  { "juin", 6 }, { "giu", 6 },  { "июн", 6 },  { "juil", 7 },
    { "lug", 7 },    { "июл", 7 },  { "août", 8 }, { "aoû", 8 },  { "ago", 8 },  { "авг", 8 },
    { "set", 9 },    { "сен", 9 },  { "okt", 10 }, { "ott", 10 }, { "out", 10 }, { "окт", 10 },
    { "ноя", 11 },   { "dez", 12 }, { "déc", 12 }, { "dic", 12 }, { "дек", 12 },
};

static bool
foreign_month(struct cursor *c)
{
    size_t left = (size_t)(c->end - c->p);

    for (size_t i = 0; i < LEN(foreign_months); i++) {
        size_t n = strlen(foreign_months[i].begins);
        if (left > n && strncasecmp(c->p, foreign_months[i].begins, n) == 0) {
            c->s->civil.month = foreign_months[i].month;
            c->p += n;
            return true;
        }
    }
    return false;
}

/* "11月", as Chinese and Japanese write it. */
static bool
cjk_month(struct cursor *c)
{
    static const char sign[] = "月";

    if (!take_int(c, 1, 2, &c->s->civil.month) || c->end - c->p < (long)sizeof(sign) - 1 ||
        memcmp(c->p, sign, sizeof(sign) - 1) != 0)
        return false;
    c->p += sizeof(sign) - 1;
    return true;
}

bool
part_month_name(struct cursor *c)
{
    if (c->end - c->p < 3)
        return false;
    if (is_digit(c->p[0]))
        return cjk_month(c);
    c->s->civil.month = month_of3(c->p);
    if (c->s->civil.month)
        c->p += 3;
    else if (!foreign_month(c))
        return false;
    while (is_letter(peek(c, 0)) || (peek(c, 0) & 0x80))
        c->p++; /* the rest of a name in full */
    if (peek(c, 0) == '.' && one_of(peek(c, 1), " /-,"))
        c->p++;
    return true;
}
