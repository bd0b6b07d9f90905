/* SPDX-License-Identifier: MIT */
#include "base/base.h"

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct str
str_trim(struct str text)
{
    while (text.n > 0 && is_blank(text.p[0]))
        text = str_skip(text, 1);
    while (text.n > 0 && is_blank(text.p[text.n - 1]))
        text.n--;
    return text;
}

struct str
str_cut(struct str *rest, char byte)
{
    size_t at = str_find_byte(*rest, byte);
    struct str before = str_head(*rest, at);

    *rest = at == SIZE_MAX ? (struct str){ NULL, 0 } : str_skip(*rest, at + 1);
    return before;
}

bool
str_to_u64(struct str text, uint64_t *ret)
{
    uint64_t value = 0;

    if (text.n == 0)
        return false;
    for (size_t i = 0; i < text.n; i++) {
        unsigned digit = (unsigned)(unsigned char)text.p[i] - '0';
        if (digit > 9 || value > (UINT64_MAX - digit) / 10)
            return false;
        value = value * 10 + digit;
    }
    *ret = value;
    return true;
}
