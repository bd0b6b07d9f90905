/* SPDX-License-Identifier: MIT */
#include "base/utf8.h"

static bool
is_tail(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

size_t
utf8_length(struct str text)
{
    unsigned char first = text.n ? (unsigned char)text.p[0] : 0xff;
    size_t n = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    unsigned char second;

    if (n < 2)
        return n;
    if (first > 0xf4 || text.n < n)
        return 0;
    for (size_t i = 1; i < n; i++)
        if (!is_tail(text.p[i]))
            return 0;
    second = (unsigned char)text.p[1];
    if ((first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f) ||
        (first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f))
        return 0;
    return n;
}

uint32_t
utf8_point(struct str text)
{
    static const unsigned char first_bits[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
    size_t n = utf8_length(text);
    uint32_t point = (unsigned char)text.p[0] & first_bits[n];

    for (size_t i = 1; i < n; i++)
        point = point << 6 | ((unsigned char)text.p[i] & 0x3f);
    return point;
}

/* Characters that take no place or change the direction of what follows: a log line could
 * use them to say one thing and show another. C1 controls steer some terminals. */
bool
utf8_treacherous(uint32_t point)
{
    static const struct {
        uint32_t from, to;
    } ranges[] = {
        { 0x80, 0x9f },     { 0x61c, 0x61c },   { 0x200b, 0x200f }, { 0x2028, 0x202e },
        { 0x2060, 0x206f }, { 0xfeff, 0xfeff }, { 0xfff9, 0xfffb }, { 0xe0000, 0xe007f },
    };

    for (size_t i = 0; i < LEN(ranges); i++)
        if (point >= ranges[i].from && point <= ranges[i].to)
            return true;
    return false;
}

static size_t
show_one(struct strbuf *out, struct str text, bool lines)
{
    unsigned char first = (unsigned char)text.p[0];
    size_t n = utf8_length(text);

    if (first == '\t')
        strbuf_addc(out, ' ');
    else if (first == '\n' && lines)
        strbuf_addc(out, '\n');
    else if (n == 0 || first < ' ' || first == 0x7f)
        strbuf_addf(out, "\\x%02x", first);
    else if (n > 1 && utf8_treacherous(utf8_point(text)))
        strbuf_addf(out, "\\u%04x", utf8_point(text));
    else
        strbuf_add(out, (struct str){ text.p, n });
    return MAX(n, (size_t)1);
}

void
utf8_show(struct strbuf *out, struct str text, bool lines)
{
    while (text.n > 0)
        text = str_skip(text, show_one(out, text, lines));
}
