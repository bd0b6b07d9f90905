/* SPDX-License-Identifier: MIT */
#include "logs/pg_escape.h"

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool
is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool
is_hex(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'f');
}

static size_t
run(struct str text, size_t at, bool (*is)(char))
{
    size_t n = 0;

    while (at + n < text.n && is(text.p[at + n]))
        n++;
    return n;
}

/* Does `text` have the shape of `mask`, where 0 stands for a digit? */
static bool
has_shape(struct str text, const char *mask)
{
    for (size_t i = 0; mask[i]; i++)
        if (i >= text.n || (mask[i] == '0' ? !is_digit(text.p[i]) : text.p[i] != mask[i]))
            return false;
    return true;
}

/* "CET", "-03", "+0545", "+05:45": pg_tz abbreviations. */
static size_t
scan_zone(struct str text, size_t at)
{
    size_t n;

    if (at >= text.n)
        return 0;
    if (text.p[at] != '+' && text.p[at] != '-')
        return run(text, at, is_letter);
    n = run(text, at + 1, is_digit);
    if (n >= 2 && at + 1 + n < text.n && text.p[at + 1 + n] == ':' &&
        run(text, at + 2 + n, is_digit) == 2)
        n += 3;
    return n >= 2 ? n + 1 : 0;
}

bool
pg_scan_stamp(struct str text, size_t *ret)
{
    size_t n = 19, fraction, zone;

    if (!has_shape(text, "0000-00-00 00:00:00"))
        return false;
    if (n < text.n && text.p[n] == '.') {
        fraction = run(text, n + 1, is_digit);
        n += fraction ? fraction + 1 : 0;
    }
    if (n >= text.n || text.p[n] != ' ')
        return false;
    zone = scan_zone(text, n + 1);
    *ret = n + 1 + zone;
    return zone > 0;
}

bool
pg_scan_epoch(struct str text, size_t *ret)
{
    *ret = 14;
    return has_shape(text, "0000000000.000");
}

bool
pg_scan_session(struct str text, size_t *ret)
{
    size_t start = run(text, 0, is_hex), pid = 0;

    if (start < 6 || start > 9 || start >= text.n || text.p[start] != '.')
        return false;
    pid = run(text, start + 1, is_hex);
    *ret = start + 1 + pid;
    return pid > 0 && pid <= 8;
}

bool
pg_scan_state(struct str text, size_t *ret)
{
    unsigned digits = 0;

    if (text.n < 5)
        return false;
    for (size_t i = 0; i < 5; i++) {
        if (!is_digit(text.p[i]) && !(text.p[i] >= 'A' && text.p[i] <= 'Z'))
            return false;
        digits += is_digit(text.p[i]);
    }
    *ret = 5;
    return digits >= 2;
}

bool
pg_scan_digits(struct str text, size_t *ret)
{
    *ret = run(text, 0, is_digit);
    return *ret > 0;
}

/* %P, %Q: nothing, or a number that may be negative. */
static bool
scan_maybe_digits(struct str text, size_t *ret)
{
    size_t sign = text.n > 1 && text.p[0] == '-' && is_digit(text.p[1]);

    *ret = sign + run(text, sign, is_digit);
    return true;
}

bool
pg_scan_vxid(struct str text, size_t *ret)
{
    size_t backend = 0;

    scan_maybe_digits(text, &backend);
    *ret = 0;
    if (backend && backend < text.n && text.p[backend] == '/')
        *ret = backend + 1 + run(text, backend + 1, is_digit);
    return true;
}

/* clang-format off */
static const struct pg_escape escapes[] = {
    { 'a', NULL, 0 },
    { 'b', NULL, 0 },
    { 'c', pg_scan_session, offsetof(struct parts, session) },
    { 'd', NULL, offsetof(struct parts, database) },
    { 'e', pg_scan_state, offsetof(struct parts, sqlstate) },
    { 'h', NULL, offsetof(struct parts, client) },
    { 'i', NULL, 0 },
    { 'l', pg_scan_digits, 0 },
    { 'L', NULL, 0 },
    { 'm', pg_scan_stamp, 0 },
    { 'n', pg_scan_epoch, 0 },
    { 'p', pg_scan_digits, offsetof(struct parts, pid) },
    { 'P', scan_maybe_digits, 0 },
    { 'Q', scan_maybe_digits, 0 },
    { 'r', NULL, offsetof(struct parts, client) },
    { 's', pg_scan_stamp, offsetof(struct parts, started) },
    { 't', pg_scan_stamp, 0 },
    { 'u', NULL, offsetof(struct parts, role) },
    { 'v', pg_scan_vxid, 0 },
    { 'x', pg_scan_digits, 0 },
};
/* clang-format on */

const struct pg_escape *
pg_escape_of(char letter)
{
    for (size_t i = 0; i < LEN(escapes); i++)
        if (escapes[i].letter == letter)
            return &escapes[i];
    return NULL;
}

void
pg_take_state(struct parts *parts)
{
    size_t n;

    if (!pg_scan_state(parts->text, &n) || !str_starts(str_skip(parts->text, n), STR(": ")))
        return;
    if (parts->sqlstate.n == 0)
        parts->sqlstate = str_head(parts->text, n);
    parts->text = str_skip(parts->text, n + 2);
}
