/* SPDX-License-Identifier: MIT */
#include "logs/spots.h"

static bool
is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool
is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '_';
}

static char
at_of(struct str text, size_t at)
{
    return at < text.n ? text.p[at] : '\0';
}

static bool
is_same_word(struct str value, const char *word)
{
    size_t n = strlen(word);

    if (value.n != n)
        return false;
    for (size_t i = 0; i < n; i++)
        if ((value.p[i] | 0x20) != (word[i] | 0x20))
            return false;
    return true;
}

/* ${DB_PASSWORD}, $DB_PASSWORD, {{ password }}, <password>, [FILTERED], %(password)s */
static bool
is_placeholder(struct str value)
{
    char first = value.p[0], last = value.p[value.n - 1];

    if (str_starts(value, STR("${")) || str_starts(value, STR("{{")) ||
        str_starts(value, STR("%(")))
        return true;
    if ((first == '<' && last == '>') || (first == '[' && last == ']') ||
        str_eq(value, STR("%s")))
        return true;
    for (size_t i = 1; i < value.n; i++)
        if (!(value.p[i] == '_' || (value.p[i] >= 'A' && value.p[i] <= 'Z')))
            return false;
    return first == '$' && value.n > 1;
}

bool
spot_is_blank(struct str value)
{
    static const char *const words[] = { "null",     "none",     "nil",   "true",
                                         "false",    "yes",      "no",    "undefined",
                                         "redacted", "filtered", "masked" };
    size_t mask = 0;

    if (value.n == 0 || str_starts(value, STR("‹secret")) || is_placeholder(value))
        return true;
    while (mask < value.n && (strchr("*xX.#", value.p[mask]) || (value.p[mask] & 0x80)))
        mask++;
    if (mask == value.n && value.n >= 3)
        return true;
    for (size_t i = 0; i < LEN(words); i++)
        if (is_same_word(value, words[i]))
            return true;
    return false;
}

bool
spot_goes_on(struct str text, size_t newline)
{
    char next = at_of(text, newline + 1);

    return next == ' ' || next == '\t' || next == '\n' || next == '\r';
}

/* Where a string in `quote` that began before `at` ends: at its quote, at the end of its line
 * if it has none. A doubled quote and (where `escapes`) one behind a backslash are content. */
static size_t
closing(struct str text, size_t at, char quote, bool escapes)
{
    for (; at < text.n; at++) {
        if (escapes && text.p[at] == '\\' && at + 1 < text.n)
            at++;
        else if (text.p[at] == quote && at_of(text, at + 1) == quote && quote == '\'')
            at++;
        else if (text.p[at] == quote || (text.p[at] == '\n' && !spot_goes_on(text, at)))
            return at;
    }
    return text.n;
}

/* An unterminated string is over with its line, but for the blanks before. */
static size_t
end_of_line(struct str text, size_t at)
{
    size_t n = str_find_byte(str_skip(text, at), '\n');

    return n == SIZE_MAX ? text.n : at + n;
}

/* $tag$...$tag$ */
static bool
dollar_quoted(struct str text, size_t at, struct spot *ret)
{
    size_t end = at + 1, close;
    struct str tag;

    while (is_word(at_of(text, end)))
        end++;
    if (at_of(text, end) != '$')
        return false;
    tag = str_head(str_skip(text, at), end + 1 - at);
    close = str_find(str_skip(text, end + 1), tag);
    ret->from = at;
    ret->inner = str_head(str_skip(text, end + 1), close == SIZE_MAX ? text.n : close);
    ret->to = close == SIZE_MAX ? text.n : end + 1 + close + tag.n;
    ret->spelling = SPELLED_PLAIN;
    return ret->inner.n > 0;
}

static bool
quoted(struct str text, size_t at, bool escapes, struct spot *ret)
{
    size_t open = at, end;
    char quote;

    if (at_of(text, open) == '$')
        return dollar_quoted(text, at, ret);
    if (strchr("eExXbBnN", at_of(text, open)) && at_of(text, open) &&
        at_of(text, open + 1) == '\'')
        escapes = at_of(text, open++) != 'x';
    else if ((at_of(text, open) | 0x20) == 'u' && at_of(text, open + 1) == '&' &&
             at_of(text, open + 2) == '\'')
        open += 2;
    /* A quote that was escaped on its way into the log ends at one so escaped. */
    if (at_of(text, open) == '\\' && strchr("\"'", at_of(text, open + 1)) &&
        at_of(text, open + 1))
        open++;
    quote = at_of(text, open);
    if (quote != '\'' && quote != '"' && quote != '`')
        return false;
    end = closing(text, open + 1, quote, escapes || quote == '"');
    if (open > at && text.p[open - 1] == '\\' && quote == '"')
        end =
            open + 1 + MIN(str_find(str_skip(text, open + 1), STR("\\\"")), text.n - open - 1);
    if (end == text.n)
        end = end_of_line(text, open + 1);
    ret->from = at;
    ret->inner = str_head(str_skip(text, open + 1), end - open - 1);
    ret->to = MIN(text.n, at_of(text, end) == quote  ? end + 1
                          : at_of(text, end) == '\\' ? end + 2
                                                     : end);
    ret->spelling = escapes || quote == '"' ? SPELLED_ESCAPED : SPELLED_SQL;
    return ret->inner.n > 0;
}

bool
spot_quoted(struct str text, size_t at, struct spot *ret)
{
    return quoted(text, at, false, ret);
}

/* Does a separator end an unquoted value here? Only if the value cannot go on behind it. */
static bool
ends_here(struct str text, size_t at, bool url)
{
    char c = at_of(text, at), next = at_of(text, at + 1);
    size_t key = at + 1;

    if (at >= text.n || is_space(c) || c == '"' || c == '\'' || c == '<' || c == '`')
        return true;
    if (url && (c == '&' || c == '#'))
        return true;
    if (c == '\\' && (next == 'n' || next == '"' || next == '\''))
        return true;
    if (!strchr(",;)]}&|", c))
        return false;
    if (next == '\0' || is_space(next) || strchr("\"'`,;)]}", next))
        return true;
    while (is_word(at_of(text, key)) || at_of(text, key) == ' ' || at_of(text, key) == '-')
        key++;
    return c != ')' && c != ']' && c != '}' && key > at + 1 && strchr("=:", at_of(text, key)) &&
           at_of(text, key);
}

static size_t
unquoted_end(struct str text, size_t at, bool url)
{
    while (!ends_here(text, at, url)) {
        if (text.p[at] == '\\' && at + 1 < text.n)
            at++;
        at++;
    }
    return MIN(at, text.n);
}

static size_t
skip_blanks(struct str text, size_t at)
{
    while (at_of(text, at) == ' ' || at_of(text, at) == '\t')
        at++;
    return at;
}

/* Behind the `=`, `:`, `=>`, `:=` that follows a key; SIZE_MAX if nothing such does.
 * `*ret_colon`: it was a colon. */
static size_t
separator_end(struct str text, size_t at, bool *ret_colon)
{
    if (at_of(text, at) == '\\')
        at++;
    if (strchr("\"'`])", at_of(text, at)) && at_of(text, at))
        at++;
    at = skip_blanks(text, at);
    *ret_colon = at_of(text, at) == ':';
    if (at_of(text, at) != '=' && !*ret_colon)
        return SIZE_MAX;
    at++;
    if (at_of(text, at) == '>' || at_of(text, at) == '=')
        at++;
    return skip_blanks(text, at);
}

/* Prose goes on behind the word after a colon; a setting is over, or the next one follows. */
static bool
is_prose(struct str text, size_t end)
{
    size_t next = skip_blanks(text, end), word = next;

    if (next == end || next >= text.n || strchr("\r\n,;}])#|\"'", text.p[next]))
        return false;
    while (is_word(at_of(text, word)) || at_of(text, word) == '-')
        word++;
    return at_of(text, word) != '=' && at_of(text, word) != ':';
}

bool
spot_value(struct str text, size_t at, struct spot *ret)
{
    bool colon, url;
    size_t key = at, from = separator_end(text, at, &colon), end;

    if (from == SIZE_MAX || from >= text.n || text.p[from] == '\n')
        return false;
    if (str_starts(str_skip(text, from), STR("Some(")))
        from += 5;
    if (quoted(text, from, true, ret)) {
        /* The quotes stay: what was a string remains one. */
        ret->from = (size_t)(ret->inner.p - text.p);
        ret->to = ret->from + ret->inner.n;
        return !spot_is_blank(ret->inner);
    }
    while (key > 0 && (is_word(text.p[key - 1]) || text.p[key - 1] == '-'))
        key--;
    url = key > 0 && (text.p[key - 1] == '?' || text.p[key - 1] == '&');
    end = unquoted_end(text, from, url);
    *ret = (struct spot){
        .from = from,
        .to = end,
        .inner = str_head(str_skip(text, from), end - from),
        .spelling = url ? SPELLED_PERCENT : SPELLED_ESCAPED,
    };
    return end > from && !spot_is_blank(ret->inner) && !(colon && is_prose(text, end));
}
