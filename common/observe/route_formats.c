/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stdio.h>

#include "base/file.h"
#include "base/jsonread.h"
#include "observe/route_builder.h"

struct place {
    const char *path;
    unsigned line;
    size_t column; /* from 0 */
};

static enum status
fail_here(const struct place *p, const char *what)
{
    char kept[512];

    snprintf(kept, sizeof(kept), "%s", what);
    return fail(ERR_USAGE, "%s:%u:%zu: %s", p->path, p->line, p->column + 1, kept);
}

/* "headers": {"Accept": "text/html"}, or "secret-headers": {"Authorization": "file:PATH"} */
static enum status
read_header_object(struct builder *b, struct jsonread *j, char between)
{
    enum json_token t;

    while ((t = jsonread_next(j)) == JSON_KEY) {
        AUTO(strbuf) header = { .max = STRBUF_LINE };
        enum status st;

        strbuf_add(&header, j->value);
        strbuf_addc(&header, between);
        if (jsonread_next(j) != JSON_STRING)
            return fail(ERR_USAGE, "a header's value is a string");
        strbuf_add(&header, j->value);
        if ((st = builder_header(b, strbuf_str(&header))) != OK)
            return st;
    }
    return t == JSON_OBJECT_END ? OK : fail(ERR_USAGE, "not JSON");
}

/* "expect": [200, 204] */
static enum status
read_list(struct builder *b, struct jsonread *j, struct str name)
{
    AUTO(strbuf) all = { .max = STRBUF_LINE };
    enum json_token t;

    while ((t = jsonread_next(j)) == JSON_STRING || t == JSON_NUMBER) {
        if (all.n)
            strbuf_addc(&all, ',');
        strbuf_add(&all, j->value);
    }
    if (t != JSON_ARRAY_END)
        return fail(ERR_USAGE, "a list of numbers or strings is expected");
    return builder_set(b, name, strbuf_str(&all));
}

static enum status
read_member(struct builder *b, struct jsonread *j, struct str name)
{
    switch (jsonread_next(j)) {
    case JSON_STRING:
    case JSON_NUMBER:
        return builder_set(b, name, j->value);
    case JSON_TRUE:
        return builder_set(b, name, STR("yes"));
    case JSON_FALSE:
        return builder_set(b, name, STR("no"));
    case JSON_NULL:
        return OK;
    case JSON_ARRAY:
        return read_list(b, j, name);
    case JSON_OBJECT:
        if (str_eq(name, STR("headers")))
            return read_header_object(b, j, ':');
        if (str_eq(name, STR("secret-headers")))
            return read_header_object(b, j, '=');
        return fail(ERR_USAGE, "'" STR_FMT "' is not an object", STR_ARG(name));
    default:
        return fail(ERR_USAGE, "not JSON");
    }
}

static enum status
read_object(struct builder *b, struct jsonread *j)
{
    enum json_token t = jsonread_next(j);
    enum status st;

    if (t != JSON_OBJECT)
        return fail(ERR_USAGE, "a JSON object is expected");
    builder_begin(b);
    while ((t = jsonread_next(j)) == JSON_KEY) {
        char name[64];
        int n = snprintf(name, sizeof(name), STR_FMT, STR_ARG(j->value));

        st = read_member(b, j, (struct str){ name, MIN((size_t)n, sizeof(name) - 1) });
        if (st != OK)
            return st;
    }
    if (t != JSON_OBJECT_END || jsonread_next(j) != JSON_END)
        return fail(ERR_USAGE, "not one JSON object");
    return builder_end(b);
}

enum status
routes_read_json(struct builder *b, const char *path, struct str text)
{
    AUTO(jsonread) j = { 0 };
    struct place at = { .path = path };

    while (text.n) {
        struct str line = str_trim(str_cut(&text, '\n'));

        at.line++;
        if (line.n == 0 || line.p[0] == '#')
            continue;
        jsonread_start(&j, line);
        switch (read_object(b, &j)) {
        case OK:
            break;
        case ERR_SYSTEM:
            return ERR_SYSTEM;
        default:
            at.column = j.at;
            return fail_here(&at, err_text());
        }
    }
    return OK;
}

static bool
is_method(struct str word)
{
    for (size_t i = 0; i < word.n; i++)
        if (word.p[i] < 'A' || word.p[i] > 'Z')
            return false;
    return word.n > 0;
}

/* "HTTP 200" of hurl: what is expected; "HTTP *" is anything. */
static enum status
read_expected(struct builder *b, struct str line)
{
    struct str word;

    (void)str_cut(&line, ' ');
    line = str_trim(line);
    word = str_cut(&line, ' ');
    if (str_eq(word, STR("*")))
        return builder_set(b, STR("expect"), STR("100-599"));
    return builder_set(b, STR("expect"), word);
}

/* "@body.json" of vegeta. */
static enum status
read_body_file(struct builder *b, struct str line)
{
    AUTO(strbuf) body = { .max = STRBUF_LINE };
    struct str path = arena_str(&b->routes->memory, str_skip(line, 1));
    enum status st = file_read(path.n ? path.p : "", &body);

    return st == OK ? builder_set(b, STR("body"), strbuf_str(&body)) : st;
}

static enum status
read_target_line(struct builder *b, struct str line)
{
    struct str rest = line, word = str_cut(&rest, ' ');
    enum status st;

    if (str_starts(line, STR("HTTP")) && b->begun)
        return read_expected(b, line);
    if (is_method(word) && str_find(rest, STR("://")) != SIZE_MAX) {
        st = builder_end(b);
        builder_begin(b);
        if (st == OK)
            st = builder_set(b, STR("method"), word);
        return st == OK ? builder_set(b, STR("url"), str_trim(rest)) : st;
    }
    if (!b->begun)
        return fail(ERR_USAGE, "'METHOD URL' is expected");
    if (line.p[0] == '@')
        return read_body_file(b, line);
    if (line.p[0] == '[' || line.p[0] == '{' || line.p[0] == '`')
        return fail(ERR_USAGE, "sections and bodies of hurl are not understood here");
    if (str_find_byte(line, ':') == SIZE_MAX)
        return fail(ERR_USAGE, "a header is 'Name: value'");
    return builder_header(b, line);
}

enum status
routes_read_targets(struct builder *b, const char *path, struct str text)
{
    struct place at = { .path = path };
    enum status st;

    while (text.n) {
        struct str line = str_trim(str_cut(&text, '\n'));

        at.line++;
        if (line.n == 0 || line.p[0] == '#')
            continue;
        if ((st = read_target_line(b, line)) != OK)
            return st == ERR_SYSTEM ? st : fail_here(&at, err_text());
    }
    return builder_end(b) == OK ? OK : fail_here(&at, err_text());
}
