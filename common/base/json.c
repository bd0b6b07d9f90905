/* SPDX-License-Identifier: MIT */
#include "base/json.h"

#include <inttypes.h>
#include <math.h>

#include "base/utf8.h"

static void
begin(struct json *w, const char *key)
{
    if (w->comma)
        strbuf_addc(w->out, ',');
    w->comma = true;
    if (key)
        strbuf_addf(w->out, "\"%s\":", key);
}

static void
open_level(struct json *w, const char *key, char bracket)
{
    begin(w, key);
    strbuf_addc(w->out, bracket);
    w->comma = false;
}

static void
close_level(struct json *w, char bracket)
{
    strbuf_addc(w->out, bracket);
    w->comma = true;
}

void
json_object(struct json *w, const char *key)
{
    open_level(w, key, '{');
}

void
json_object_end(struct json *w)
{
    close_level(w, '}');
}

void
json_array(struct json *w, const char *key)
{
    open_level(w, key, '[');
}

void
json_array_end(struct json *w)
{
    close_level(w, ']');
}

/* How a byte below U+0020, a quote or a backslash is written. */
static void
add_escaped(struct strbuf *out, char c)
{
    static const char *const named[] = {
        ['\b'] = "\\b", ['\f'] = "\\f", ['\n'] = "\\n",  ['\r'] = "\\r",
        ['\t'] = "\\t", ['"'] = "\\\"", ['\\'] = "\\\\",
    };
    unsigned char byte = (unsigned char)c;

    if (byte < LEN(named) && named[byte])
        strbuf_adds(out, named[byte]);
    else
        strbuf_addf(out, "\\u%04x", byte);
}

/* Characters that would steer a terminal or turn the text around are written as escapes, in
 * UTF-16 as JSON wants them. */
static void
add_character(struct strbuf *out, struct str text)
{
    uint32_t point = utf8_point(text);

    if (!utf8_treacherous(point))
        strbuf_add(out, text);
    else if (point < 0x10000)
        strbuf_addf(out, "\\u%04x", point);
    else
        strbuf_addf(out, "\\u%04x\\u%04x", 0xd7c0 + (point >> 10), 0xdc00 + (point & 0x3ff));
}

static bool
is_plain(char c)
{
    unsigned char byte = (unsigned char)c;

    return byte >= ' ' && byte < 0x7f && c != '"' && c != '\\';
}

void
json_str(struct json *w, const char *key, struct str value)
{
    begin(w, key);
    strbuf_addc(w->out, '"');
    for (size_t i = 0; i < value.n;) {
        size_t plain = i, n;

        while (plain < value.n && is_plain(value.p[plain]))
            plain++;
        strbuf_add(w->out, (struct str){ value.p + i, plain - i });
        i = plain;
        if (i == value.n)
            break;
        n = utf8_length(str_skip(value, i));
        if (n == 0)
            strbuf_adds(w->out, "\xef\xbf\xbd");
        else if (n == 1)
            add_escaped(w->out, value.p[i]);
        else
            add_character(w->out, (struct str){ value.p + i, n });
        i += MAX(n, (size_t)1);
    }
    strbuf_addc(w->out, '"');
}

void
json_text(struct json *w, const char *key, const char *value)
{
    if (value == NULL)
        json_null(w, key);
    else
        json_str(w, key, str_of(value));
}

void
json_int(struct json *w, const char *key, int64_t value)
{
    begin(w, key);
    strbuf_addf(w->out, "%" PRId64, value);
}

void
json_bool(struct json *w, const char *key, bool value)
{
    begin(w, key);
    strbuf_adds(w->out, value ? "true" : "false");
}

void
json_null(struct json *w, const char *key)
{
    begin(w, key);
    strbuf_adds(w->out, "null");
}

void
json_number(struct json *w, const char *key, double value, int digits)
{
    if (!isfinite(value)) {
        json_null(w, key);
        return;
    }
    begin(w, key);
    strbuf_addf(w->out, "%.*f", digits, value);
}

void
json_seconds(struct json *w, const char *key, int64_t ns)
{
    uint64_t size = ns < 0 ? -(uint64_t)ns : (uint64_t)ns;

    begin(w, key);
    strbuf_addf(w->out, "%s%" PRIu64 ".%09" PRIu64, ns < 0 ? "-" : "", size / 1000000000,
                size % 1000000000);
}

void
json_maybe(struct json *w, const char *key, struct str value)
{
    if (value.n == 0)
        json_null(w, key);
    else
        json_str(w, key, value);
}
