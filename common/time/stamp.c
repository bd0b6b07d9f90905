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
    if (text.n < 8 || (!is_digit(text.p[0]) && !is_letter(text.p[0]) && text.p[0] != '@'))
        return false;
    if (likely && read_row(likely, text, ret))
        return true;
    for (size_t i = 0; i < stamp_shapes_len; i++)
        if (&stamp_shapes[i] != likely && read_row(&stamp_shapes[i], text, ret))
            return true;
    return false;
}
