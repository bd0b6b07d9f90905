/* SPDX-License-Identifier: MIT */
#include "logs/postgres.h"

#include "logs/languages.h"

struct str
pg_severity(struct str word)
{
    return severity_named(word);
}

/* What catalogues put around a value. */
static const char *const quotes[] = { "\"", "»", "«", "“", "”", "„", "'" };

static size_t
quote_length(struct str text)
{
    for (size_t i = 0; i < LEN(quotes); i++)
        if (str_starts(text, str_of(quotes[i])))
            return strlen(quotes[i]);
    return 0;
}

/* Behind the next quote of `text`; false if there is none. */
static bool
pass_quote(struct str *text)
{
    while (text->n) {
        size_t n = quote_length(*text);
        *text = str_skip(*text, n ? n : 1);
        if (n)
            return true;
    }
    return false;
}

/* Up to the last quote: the value may hold some itself. */
static struct str
up_to_last_quote(struct str text)
{
    for (size_t at = text.n; at-- > 0;)
        if (quote_length(str_skip(text, at)))
            return str_head(text, at);
    return text;
}

bool
pg_changed(struct str text, struct str name, struct str *ret)
{
    struct str line = str_head(text, str_find_byte(text, '\n'));
    size_t at = str_find(str_head(line, 120), name);
    struct str rest = str_skip(line, at == SIZE_MAX ? line.n : at + name.n);
    struct str value;
    bool spaced;

    if (at == SIZE_MAX || at == 0)
        return false;
    spaced = str_starts(rest, STR(" ")); /* French puts blanks inside its quotes */
    rest = str_skip(rest, spaced);
    if (quote_length(rest) == 0 || !pass_quote(&rest) || !pass_quote(&rest))
        return false;
    value = up_to_last_quote(rest);
    *ret = spaced && value.n >= 2 ? str_head(str_skip(value, 1), value.n - 2) : value;
    return true;
}
