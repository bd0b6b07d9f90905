/* SPDX-License-Identifier: MIT */
#include "base/jsonread.h"

#include <stdlib.h>

/* What may stand next. */
enum {
    WANT_VALUE,
    WANT_FIRST_KEY,   /* a key, or the end of an empty object */
    WANT_KEY,         /* a key, after a comma */
    WANT_FIRST_VALUE, /* a value, or the end of an empty array */
    WANT_COMMA,       /* a comma, or the end of what is open */
    WANT_NOTHING,
    IS_BAD,
};

void
jsonread_start(struct jsonread *r, struct str text)
{
    r->text = text;
    r->at = r->depth = r->state = 0;
    r->used = 0;
    r->value = STR("");
}

void
jsonread_done(struct jsonread *r)
{
    free(r->undone);
    *r = (struct jsonread){ 0 };
}

static enum json_token
bad(struct jsonread *r)
{
    r->state = IS_BAD;
    return JSON_BAD;
}

/* The next byte that is no blank, or 0 at the end. */
static char
peek(struct jsonread *r)
{
    for (; r->at < r->text.n; r->at++) {
        char c = r->text.p[r->at];

        if (c != ' ' && c != '\t' && c != '\n' && c != '\r')
            return c;
    }
    return '\0';
}

/* An undone string is never longer than it was written: room for the whole text is enough
 * for all of its strings, and views into it stay. */
static bool
undone_room(struct jsonread *r)
{
    char *p;

    if (r->used > 0 || r->room >= r->text.n)
        return true;
    p = realloc(r->undone, r->text.n);
    if (p == NULL)
        return false;
    r->undone = p;
    r->room = r->text.n;
    return true;
}

static int
hex4(struct str digits)
{
    int value = 0;

    for (size_t i = 0; i < 4; i++) {
        char c = i < digits.n ? digits.p[i] : 'x';

        if (c >= '0' && c <= '9')
            value = value * 16 + (c - '0');
        else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
            value = value * 16 + ((c | 0x20) - 'a' + 10);
        else
            return -1;
    }
    return value;
}

static void
put(struct jsonread *r, unsigned byte)
{
    r->undone[r->used++] = (char)byte;
}

static void
put_point(struct jsonread *r, uint32_t point)
{
    if (point < 0x80) {
        put(r, point);
        return;
    }
    if (point < 0x800) {
        put(r, 0xc0 | point >> 6);
    } else if (point < 0x10000) {
        put(r, 0xe0 | point >> 12);
        put(r, 0x80 | (point >> 6 & 0x3f));
    } else {
        put(r, 0xf0 | point >> 18);
        put(r, 0x80 | (point >> 12 & 0x3f));
        put(r, 0x80 | (point >> 6 & 0x3f));
    }
    put(r, 0x80 | (point & 0x3f));
}

/* `rest` begins after "\u"; returns the bytes used. Half a surrogate pair is U+FFFD. */
static size_t
undo_unicode(struct jsonread *r, struct str rest)
{
    int high = hex4(rest), low;

    if (high < 0)
        return 0;
    if (high < 0xd800 || high > 0xdfff) {
        put_point(r, (uint32_t)high);
        return 4;
    }
    low = str_starts(str_skip(rest, 4), STR("\\u")) ? hex4(str_skip(rest, 6)) : -1;
    if (high > 0xdbff || low < 0xdc00 || low > 0xdfff) {
        put_point(r, 0xfffd);
        return 4;
    }
    put_point(r, 0x10000 + ((uint32_t)(high - 0xd800) << 10) + (uint32_t)(low - 0xdc00));
    return 10;
}

/* `rest` begins after a backslash; returns the bytes used, 0 if that is no escape. */
static size_t
undo(struct jsonread *r, struct str rest)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    const char *is = rest.n && rest.p[0] ? strchr(from, rest.p[0]) : NULL;
    size_t n;

    if (is) {
        put(r, (unsigned char)to[is - from]);
        return 1;
    }
    if (rest.n == 0 || rest.p[0] != 'u')
        return 0;
    n = undo_unicode(r, str_skip(rest, 1));
    return n ? n + 1 : 0;
}

/* The end of the string that begins at `at`: the index of its quote, or SIZE_MAX. */
static size_t
string_end(struct str text, size_t at, bool *ret_escapes)
{
    *ret_escapes = false;
    while (at < text.n && text.p[at] != '"') {
        if (text.p[at] == '\\') {
            *ret_escapes = true;
            at++;
        }
        at++;
    }
    return at < text.n ? at : SIZE_MAX;
}

/* At a quote. */
static bool
read_string(struct jsonread *r)
{
    bool escapes;
    size_t from = r->at + 1, end = string_end(r->text, from, &escapes), begin;
    struct str raw;

    if (end == SIZE_MAX)
        return false;
    raw = (struct str){ r->text.p + from, end - from };
    r->at = end + 1;
    r->value = raw;
    if (!escapes)
        return true;
    if (!undone_room(r))
        return false;
    begin = r->used;
    for (size_t i = 0; i < raw.n;) {
        size_t used = 1;

        if (raw.p[i] != '\\')
            put(r, (unsigned char)raw.p[i]);
        else if ((used = undo(r, str_skip(raw, i + 1)) + 1) == 1)
            return false;
        i += used;
    }
    r->value = (struct str){ r->undone + begin, r->used - begin };
    return true;
}

static bool
is_digit(const struct jsonread *r, size_t at)
{
    return at < r->text.n && r->text.p[at] >= '0' && r->text.p[at] <= '9';
}

static size_t
digits(const struct jsonread *r, size_t at)
{
    while (is_digit(r, at))
        at++;
    return at;
}

static bool
read_number(struct jsonread *r)
{
    size_t at = r->at, end;

    at += r->text.p[at] == '-';
    end = digits(r, at);
    if (end == at || (r->text.p[at] == '0' && end > at + 1))
        return false;
    at = end;
    if (at < r->text.n && r->text.p[at] == '.') {
        end = digits(r, at + 1);
        if (end == at + 1)
            return false;
        at = end;
    }
    if (at < r->text.n && (r->text.p[at] | 0x20) == 'e') {
        at++;
        at += at < r->text.n && (r->text.p[at] == '+' || r->text.p[at] == '-');
        end = digits(r, at);
        if (end == at)
            return false;
        at = end;
    }
    r->value = (struct str){ r->text.p + r->at, at - r->at };
    r->at = at;
    return true;
}

static bool
read_word(struct jsonread *r, struct str word)
{
    if (!str_starts(str_skip(r->text, r->at), word))
        return false;
    r->value = word;
    r->at += word.n;
    return true;
}

static enum json_token
open_one(struct jsonread *r, bool object)
{
    if (r->depth == JSONREAD_DEPTH)
        return bad(r);
    r->objects &= ~(UINT64_C(1) << r->depth);
    r->objects |= (uint64_t)object << r->depth++;
    r->at++;
    r->state = object ? WANT_FIRST_KEY : WANT_FIRST_VALUE;
    return object ? JSON_OBJECT : JSON_ARRAY;
}

static bool
in_object(const struct jsonread *r)
{
    return r->depth > 0 && (r->objects >> (r->depth - 1) & 1);
}

static enum json_token
close_one(struct jsonread *r)
{
    bool object = in_object(r);

    r->depth--;
    r->at++;
    r->state = r->depth ? WANT_COMMA : WANT_NOTHING;
    return object ? JSON_OBJECT_END : JSON_ARRAY_END;
}

static enum json_token
read_value(struct jsonread *r, char c)
{
    enum json_token is = JSON_BAD;

    if (c == '{' || c == '[')
        return open_one(r, c == '{');
    if (c == '"' && read_string(r))
        is = JSON_STRING;
    else if ((c == '-' || (c >= '0' && c <= '9')) && read_number(r))
        is = JSON_NUMBER;
    else if (c == 't' && read_word(r, STR("true")))
        is = JSON_TRUE;
    else if (c == 'f' && read_word(r, STR("false")))
        is = JSON_FALSE;
    else if (c == 'n' && read_word(r, STR("null")))
        is = JSON_NULL;
    if (is == JSON_BAD)
        return bad(r);
    r->state = r->depth ? WANT_COMMA : WANT_NOTHING;
    return is;
}

static enum json_token
read_key(struct jsonread *r)
{
    if (!read_string(r) || peek(r) != ':')
        return bad(r);
    r->at++;
    r->state = WANT_VALUE;
    return JSON_KEY;
}

/* Between two values: a comma is passed over. */
static char
after_comma(struct jsonread *r, char c)
{
    if (r->state != WANT_COMMA || c != ',')
        return c;
    r->at++;
    r->state = in_object(r) ? WANT_KEY : WANT_VALUE;
    return peek(r);
}

enum json_token
jsonread_next(struct jsonread *r)
{
    char c = peek(r);

    if (r->state == WANT_NOTHING && r->at == r->text.n)
        return JSON_END;
    c = after_comma(r, c);
    switch (r->state) {
    case WANT_FIRST_KEY:
    case WANT_FIRST_VALUE:
    case WANT_COMMA:
        if (c == (in_object(r) ? '}' : ']'))
            return close_one(r);
        break;
    case WANT_VALUE:
        return read_value(r, c);
    default:
        break;
    }
    if ((r->state == WANT_FIRST_KEY || r->state == WANT_KEY) && c == '"')
        return read_key(r);
    return r->state == WANT_FIRST_VALUE ? read_value(r, c) : bad(r);
}

bool
jsonread_skip(struct jsonread *r)
{
    unsigned floor = r->state == WANT_VALUE ? r->depth : r->depth - 1;
    enum json_token is;

    do {
        is = jsonread_next(r);
        if (is == JSON_BAD || is == JSON_END)
            return false;
    } while (r->depth > floor);
    return true;
}
