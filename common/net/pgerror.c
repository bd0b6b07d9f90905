/* SPDX-License-Identifier: MIT */
#include "net/pgerror.h"

static bool
is_sqlstate(struct str text)
{
    if (text.n != 5)
        return false;
    for (size_t i = 0; i < text.n; i++)
        if (!((text.p[i] >= '0' && text.p[i] <= '9') || (text.p[i] >= 'A' && text.p[i] <= 'Z')))
            return false;
    return true;
}

/* "FATAL:  28P01: text" into its parts; anything else is the message alone. */
static void
read_message(struct str text, struct pg_refusal *ret)
{
    size_t colon = str_find(text, STR(":  "));
    struct str rest = str_skip(text, colon == SIZE_MAX ? text.n : colon + 3);

    ret->message = text;
    if (!is_sqlstate(str_head(rest, 5)) || !str_starts(str_skip(rest, 5), STR(": ")))
        return;
    ret->severity = str_head(text, colon);
    ret->sqlstate = str_head(rest, 5);
    ret->message = str_skip(rest, 7);
}

/* The line that begins a block: what stands before " failed: " is the place. */
static void
read_first_line(struct str line, struct pg_refusal *ret)
{
    static const struct str lead = { "connection to ", 14 }, mark = { " failed: ", 9 };
    size_t at = str_starts(line, lead) ? str_find(line, mark) : SIZE_MAX;

    *ret = (struct pg_refusal){ 0 };
    if (at == SIZE_MAX) {
        read_message(line, ret);
        return;
    }
    ret->place = str_skip(str_head(line, at), lead.n);
    read_message(str_skip(line, at + mark.n), ret);
}

/* Up to the last of `text`'s lines that `more` belongs to. */
static struct str
stretch(struct str from, struct str line)
{
    return (struct str){ from.p, (size_t)(line.p + line.n - from.p) };
}

static void
read_next_line(struct str line, struct pg_refusal *r, struct str **open)
{
    static const struct str location = { "LOCATION:  ", 11 }, detail = { "DETAIL:  ", 9 },
                            hint = { "HINT:  ", 7 },
                            passfile = { "password retrieved from file \"", 30 };
    struct str rest;

    if (str_starts(line, location)) {
        rest = str_skip(line, location.n);
        r->routine = str_cut(&rest, ',');
    } else if (str_starts(line, detail)) {
        r->detail = str_skip(line, detail.n);
        *open = &r->detail;
    } else if (str_starts(line, hint)) {
        r->hint = str_skip(line, hint.n);
        *open = &r->hint;
    } else if (str_starts(line, passfile)) {
        rest = str_skip(line, passfile.n);
        r->passfile = str_cut(&rest, '"');
    } else if (*open && line.n > 0) {
        **open = stretch(**open, line);
    }
}

size_t
pg_refusals_read(struct str text, struct pg_refusal *ret, size_t max)
{
    struct str *open = NULL;
    size_t n = 0;

    while (text.n > 0) {
        struct str line = str_cut(&text, '\n');
        bool begins = n == 0 || str_starts(line, STR("connection to "));

        if (line.n == 0 || n > max)
            continue;
        if (begins && n == max)
            break;
        if (begins) {
            read_first_line(line, &ret[n]);
            open = &ret[n++].message;
        } else {
            read_next_line(line, &ret[n - 1], &open);
        }
    }
    return n;
}
