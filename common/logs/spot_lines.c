/* SPDX-License-Identifier: MIT */
#include "logs/spots.h"

static bool
has_letter(struct str text)
{
    for (size_t i = 0; i < text.n; i++)
        if ((text.p[i] | 0x20) >= 'a' && (text.p[i] | 0x20) <= 'z')
            return true;
    return str_eq(text, STR("*"));
}

/* A field of .pgpass up to its colon, behind which `*rest` goes on. */
static bool
take_field(struct str *rest, struct str *ret)
{
    size_t n = 0;

    while (n < rest->n && rest->p[n] != ':') {
        if (strchr(" \t\"'=", rest->p[n]))
            return false;
        n += rest->p[n] == '\\' && n + 1 < rest->n ? 2 : 1;
    }
    if (n >= rest->n)
        return false;
    *ret = str_head(*rest, n);
    *rest = str_skip(*rest, n + 1);
    return n > 0;
}

static bool
is_port(struct str text)
{
    if (str_eq(text, STR("*")))
        return true;
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] < '0' || text.p[i] > '9')
            return false;
    return text.n >= 2 && text.n <= 5;
}

static void
add_rest(const char *rule, struct str text, struct str value, struct spots *s)
{
    size_t from = (size_t)(value.p - text.p);
    struct spot found = { .rule = rule,
                          .from = from,
                          .to = from + value.n,
                          .inner = value,
                          .spelling = SPELLED_ESCAPED };

    if (!spot_is_blank(value))
        spots_add(s, &found);
}

/* "host:port:database:role:secret" and nothing else in the line */
static void
find_pgpass(struct str text, struct str line, struct spots *s)
{
    struct str host, port, database, role;

    if (!take_field(&line, &host) || !take_field(&line, &port) || !is_port(port) ||
        !take_field(&line, &database) || !take_field(&line, &role))
        return;
    if (has_letter(database) && has_letter(role) && str_find_byte(line, ' ') == SIZE_MAX)
        add_rest("pgpass", text, line, s);
}

/* `"role" "secret"`: pgbouncer's userlist.txt */
static void
find_userlist(struct str text, struct str line, struct spots *s)
{
    size_t gap = str_find(line, STR("\" \""));

    if (line.n < 7 || line.p[0] != '"' || line.p[line.n - 1] != '"' || gap == SIZE_MAX ||
        str_find_byte(str_head(str_skip(line, 1), gap - 1), '"') != SIZE_MAX ||
        gap + 3 >= line.n)
        return;
    add_rest("userlist", text, str_head(str_skip(line, gap + 3), line.n - gap - 4), s);
}

void
spots_in_line(struct str text, struct str line, struct spots *s)
{
    line = str_trim(line);
    if (line.n == 0)
        return;
    if (line.p[0] == '"')
        find_userlist(text, line, s);
    else
        find_pgpass(text, line, s);
}

/* Secret objects */

static size_t
base64_length(struct str text)
{
    size_t n = 0;

    while (n < text.n &&
           (has_letter(str_head(str_skip(text, n), 1)) || strchr("0123456789+/=", text.p[n])) &&
           text.p[n] && text.p[n] != '*')
        n++;
    return n;
}

static void
add_base64(const char *rule, struct str text, struct str value, struct spots *s)
{
    size_t from = (size_t)(value.p - text.p), n = base64_length(value);
    struct spot found = { .rule = rule,
                          .from = from,
                          .to = from + n,
                          .inner = str_head(value, n),
                          .spelling = SPELLED_BASE64 };

    if (n >= 4 && n == value.n)
        spots_add(s, &found);
}

static size_t
indent_of(struct str line)
{
    size_t n = 0;

    while (n < line.n && line.p[n] == ' ')
        n++;
    return n;
}

/* The "key: value" lines that are indented deeper than the "data:" before them. */
static void
find_yaml_data(const char *rule, struct str text, struct spots *s)
{
    size_t deeper = SIZE_MAX;

    for (struct str rest = text; rest.n;) {
        struct str line = str_cut(&rest, '\n'), value = line;
        size_t indent = indent_of(line);
        if (str_eq(str_trim(line), STR("data:"))) {
            deeper = indent;
            continue;
        }
        if (deeper == SIZE_MAX || indent <= deeper) {
            deeper = SIZE_MAX;
            continue;
        }
        str_cut(&value, ':');
        add_base64(rule, text, str_trim(value), s);
    }
}

/* "data":{"key":"value",...} */
static void
find_json_data(const char *rule, struct str text, struct spots *s)
{
    size_t at = str_find(text, STR("\"data\""));
    struct str rest = str_skip(text, at == SIZE_MAX ? text.n : at + 6), pairs;
    size_t open = str_find_byte(str_head(rest, 8), '{');

    if (open == SIZE_MAX)
        return;
    pairs = str_head(str_skip(rest, open + 1), str_find_byte(str_skip(rest, open + 1), '}'));
    while (pairs.n) {
        struct str value = str_cut(&pairs, ',');
        struct spot found;
        str_cut(&value, ':');
        value = str_trim(value);
        if (spot_quoted(value, 0, &found))
            add_base64(rule, text, found.inner, s);
    }
}

void
spots_in_object(struct str text, size_t at, size_t length, const char *rule, struct spots *s)
{
    size_t secret = str_find(str_head(str_skip(text, at + length), 12), STR("Secret"));
    struct str between = str_head(str_skip(text, at + length), secret);

    if (secret == SIZE_MAX || str_find_byte(between, ':') == SIZE_MAX)
        return;
    find_yaml_data(rule, text, s);
    find_json_data(rule, text, s);
}
