/* SPDX-License-Identifier: MIT */
#include "time/stamp.h"

#include "time/span.h"
#include "time/stamp_parts.h"

const char *
stamp_name(const struct stamp_row *row)
{
    return row ? row->name : "none";
}

/* Digits that go on are some other, longer number; a minute that goes on has a second that
 * cannot be. */
static bool
ends(struct str text, const struct stamp *s)
{
    size_t n = s->length;

    if (n >= text.n)
        return true;
    if (text.p[n] == ':' && s->grain == SECONDS(60) && n + 1 < text.n)
        return !is_digit(text.p[n + 1]);
    return !is_digit(text.p[n]) || !is_digit(text.p[n - 1]);
}

bool
stamp_read_as(const struct stamp_row *row, struct str text, struct stamp *ret)
{
    struct stamp s = { .weekday = -1, .row = row };
    struct cursor c = { text.p, text.p + text.n, &s, 0 };

    if (!stamp_interpret(row->template, &c) || !stamp_finish(&c))
        return false;
    s.length = (size_t)(c.p - text.p);
    if (!ends(text, &s))
        return false;
    *ret = s;
    return true;
}

/* How a text begins: most rows are turned down by that alone. */
struct lead {
    size_t digits;
    char next; /* behind them */
    bool month, weekday, level;
};

/* A word, and a number behind it: "Nov 22", "avr. 16", "Nov-22". */
static bool
is_word_and_number(struct str text)
{
    size_t n = 0;

    while (n < text.n && n < 14 && (is_letter(text.p[n]) || (text.p[n] & 0x80)))
        n++;
    n += n < text.n && text.p[n] == '.';
    if (n < 3 || n + 2 >= text.n || (text.p[n] != ' ' && text.p[n] != '-'))
        return false;
    n += 1 + (text.p[n + 1] == ' ');
    return n < text.n && is_digit(text.p[n]);
}

static struct lead
lead_of(struct str text)
{
    struct lead l = { 0 };
    struct stamp s = { .weekday = -1 };
    struct cursor c = { text.p, text.p + text.n, &s, 0 };

    while (l.digits < text.n && l.digits < 20 && is_digit(text.p[l.digits]))
        l.digits++;
    l.next = l.digits < text.n ? text.p[l.digits] : '\0';
    l.month = l.digits ? l.digits <= 2 && (l.next & 0x80) : is_word_and_number(text);
    l.weekday =
        l.digits == 0 && part_weekday(&c) && peek(&c, 0) != '\0' && one_of(peek(&c, 0), " ,");
    l.level = l.digits == 0 && text.n > 1 && is_digit(text.p[1]);
    return l;
}

/* Whether a text that begins so may have this shape. */
static bool
may_have(const char *template, const struct lead *l)
{
    bool glued = is_letter(template[1]) && template[1] != 'T';

    switch (template[0]) {
    case 'Y':
        return template[1] == 'm' ? l->digits == 8 || l->digits == 14
                                  : l->digits == 4 && l->next == template[1];
    case 'y':
        return template[1] == 'm' ? l->digits == 6 : l->digits == 2 && l->next == '-';
    case 'a':
        return l->weekday;
    case 'b':
        return l->month;
    case 'L':
        return l->level;
    case 'O':
        return l->digits <= 2 && l->next == '/';
    case 'x':
        return l->digits >= 10;
    case '@':
        return l->digits == 0 && l->next == '@';
    default: /* a number of two digits, or one */
        return l->digits >= 1 && l->digits <= 2 &&
               (glued ? is_letter(l->next) : l->next == template[1]);
    }
}

static bool
read_row(const struct stamp_row *row, struct str text, struct stamp *ret)
{
    if (row->fast && row->fast(text, ret)) {
        ret->row = row;
        return true;
    }
    return stamp_read_as(row, text, ret);
}

bool
stamp_read(struct str text, const struct stamp_row *likely, struct stamp *ret)
{
    struct lead l;

    if (text.n < 8 || (!is_digit(text.p[0]) && !is_letter(text.p[0]) && text.p[0] != '@'))
        return false;
    if (likely && likely->fast && likely->fast(text, ret)) {
        ret->row = likely;
        return true;
    }
    l = lead_of(text);
    if (l.digits == 0 && !l.month && !l.weekday && !l.level && l.next != '@')
        return false;
    if (likely && may_have(likely->template, &l) && read_row(likely, text, ret))
        return true;
    for (size_t i = 0; i < stamp_shapes_len; i++)
        if (&stamp_shapes[i] != likely && may_have(stamp_shapes[i].template, &l) &&
            read_row(&stamp_shapes[i], text, ret))
            return true;
    return false;
}
