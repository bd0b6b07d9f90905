/* SPDX-License-Identifier: MIT */
#include "observe/route_builder.h"

#include <stddef.h>
#include <stdlib.h>

#include "base/file.h"
#include "cli/config.h"
#include "cli/options.h"

enum key_type {
    KEY_TEXT,
    KEY_BODY,
    KEY_TIME,
    KEY_COUNT,
    KEY_NUMBER,
    KEY_FLAG,
    KEY_NOT,
    KEY_HTTP
};

/* clang-format off */
#define AT(field) offsetof(struct route_draft, field)
static const struct key {
    const char *name;
    enum key_type type;
    size_t into;
} keys[] = {
    { "url",             KEY_TEXT,   AT(url) },
    { "name",            KEY_TEXT,   AT(name) },
    { "method",          KEY_TEXT,   AT(request.method) },
    { "data",            KEY_BODY,   AT(request.body) },
    { "body",            KEY_BODY,   AT(request.body) },
    { "expect",          KEY_TEXT,   AT(expect) },
    { "contains",        KEY_TEXT,   AT(contains) },
    { "matches",         KEY_TEXT,   AT(matches) },
    { "value",           KEY_TEXT,   AT(json) },
    { "answer-header",   KEY_TEXT,   AT(header) },
    { "max-latency",     KEY_TIME,   AT(most_latency) },
    { "weight",          KEY_NUMBER, AT(weight) },
    { "timeout",         KEY_TIME,   AT(request.timeout) },
    { "connect-timeout", KEY_TIME,   AT(request.connect_timeout) },
    { "follow",          KEY_COUNT,  AT(request.redirects) },
    { "http",            KEY_HTTP,   AT(request.version) },
    { "keep",            KEY_NOT,    AT(request.fresh) },
    { "insecure",        KEY_FLAG,   AT(request.unverified) },
    { "unix-socket",     KEY_TEXT,   AT(request.unix_socket) },
    { "proxy",           KEY_TEXT,   AT(request.proxy) },
    { "connect-to",      KEY_TEXT,   AT(request.connect_to) },
    { "cert",            KEY_TEXT,   AT(request.certificate) },
    { "key",             KEY_TEXT,   AT(request.key) },
    { "cacert",          KEY_TEXT,   AT(request.authorities) },
};
/* clang-format on */

void
builder_begin(struct builder *b)
{
    b->draft = *b->defaults;
    b->draft.from_file = true;
    b->headers_len = 0;
    for (size_t i = 0; i < b->defaults->headers_len && i < BUILDER_HEADERS; i++)
        b->headers[b->headers_len++] = b->defaults->headers[i];
    b->begun = true;
}

static const struct key *
key_named(struct str name)
{
    for (size_t i = 0; i < LEN(keys); i++)
        if (str_eq(str_of(keys[i].name), name))
            return &keys[i];
    return NULL;
}

static bool
read_yes(struct str value, bool *ret)
{
    bool yes = str_eq(value, STR("yes")) || str_eq(value, STR("true")) || value.n == 0;

    *ret = yes;
    return yes || str_eq(value, STR("no")) || str_eq(value, STR("false"));
}

static bool
read_weight(const char *text, double *ret)
{
    char *end;

    *ret = strtod(text, &end);
    return end != text && *end == '\0' && *ret > 0 && *ret <= 1000;
}

static bool
read_version(struct str value, enum http_version *ret)
{
    if (str_eq(value, STR("1.1")))
        *ret = HTTP_1_1;
    else if (str_eq(value, STR("2")))
        *ret = HTTP_2;
    else if (str_eq(value, STR("any")))
        *ret = HTTP_ANY_VERSION;
    else
        return false;
    return true;
}

/* Whether `value` is one that the key can have; then it is there. */
static bool
set_value(const struct key *key, void *into, struct str value)
{
    uint64_t count;
    bool yes;

    switch (key->type) {
    case KEY_TEXT:
        *(const char **)into = value.n ? value.p : "";
        return true;
    case KEY_BODY:
        *(struct str *)into = value;
        return true;
    case KEY_TIME:
        return option_duration(value.n ? value.p : "", into) == OK;
    case KEY_COUNT:
        if (!str_to_u64(value, &count) || count > 1000)
            return false;
        *(unsigned *)into = (unsigned)count;
        return true;
    case KEY_NUMBER:
        return read_weight(value.n ? value.p : "", into);
    case KEY_FLAG:
    case KEY_NOT:
        if (!read_yes(value, &yes))
            return false;
        *(bool *)into = yes == (key->type == KEY_FLAG);
        return true;
    case KEY_HTTP:
        return read_version(value, into);
    }
    return false;
}

enum status
builder_set(struct builder *b, struct str name, struct str value)
{
    const struct key *key = key_named(name);
    struct str kept = arena_str(&b->routes->memory, value);

    if (str_eq(name, STR("header")))
        return builder_header(b, value);
    if (!key)
        return fail(ERR_USAGE, "a route has no '" STR_FMT "'", STR_ARG(name));
    if (!set_value(key, (char *)&b->draft + key->into, kept))
        return fail(ERR_USAGE, "%s: '" STR_FMT "' is not a value it can have", key->name,
                    STR_ARG(value));
    return OK;
}

enum status
builder_header(struct builder *b, struct str header)
{
    if (header.n == 0)
        return fail(ERR_USAGE, "an empty header");
    if (b->headers_len == BUILDER_HEADERS)
        return fail(ERR_LIMIT, "more than %d headers", BUILDER_HEADERS);
    b->headers[b->headers_len++] = arena_strf(&b->routes->memory, STR_FMT, STR_ARG(header)).p;
    return OK;
}

enum status
builder_end(struct builder *b)
{
    if (!b->begun)
        return OK;
    b->begun = false;
    b->draft.headers = b->headers;
    b->draft.headers_len = b->headers_len;
    return routes_add(b->routes, &b->draft);
}

/* [NAME] sections, or lines before the first one that hold for all that follow. */
static enum status
read_sections(struct builder *b, struct config *c)
{
    struct route_draft all = *b->defaults;
    const char *section = NULL;
    enum status st = OK;
    size_t first = 0;

    for (size_t i = 0; i < c->len && st == OK; i++) {
        const struct config_entry *e = &c->entries[i];

        if (!section || e->section != section) {
            if ((st = builder_end(b)) != OK)
                break;
            builder_begin(b);
            b->begun = e->section[0] != '\0';
            b->draft.name = b->begun ? e->section : NULL;
            section = e->section;
            first = i;
        }
        st = builder_set(b, str_of(e->name), str_of(e->value));
        if (st != OK)
            return config_fail(c, e, "%s", err_text());
        if (!b->begun) {
            all = b->draft;
            b->defaults = &all;
        }
    }
    if (st == OK)
        st = builder_end(b);
    return st == ERR_USAGE ? config_fail(c, &c->entries[first], "%s", err_text()) : st;
}

static enum status
read_ini(struct builder *b, const char *path)
{
    AUTO(config) c = { 0 };
    enum status st = config_read(&c, path);

    return st == OK ? read_sections(b, &c) : st;
}

/* Which of the forms it is, by its first line that says something. */
static char
first_of(struct str text)
{
    while (text.n) {
        struct str line = str_trim(str_cut(&text, '\n'));

        if (line.n && line.p[0] != '#' && line.p[0] != ';')
            return line.p[0];
    }
    return '\0';
}

static bool
is_target(struct str text)
{
    while (text.n) {
        struct str line = str_trim(str_cut(&text, '\n')), word;

        if (line.n == 0 || line.p[0] == '#')
            continue;
        word = str_cut(&line, ' ');
        for (size_t i = 0; i < word.n; i++)
            if (word.p[i] < 'A' || word.p[i] > 'Z')
                return false;
        return str_find(line, STR("://")) != SIZE_MAX;
    }
    return false;
}

enum status
routes_read(struct routes *r, const char *path, const struct route_draft *defaults)
{
    struct builder b = { .routes = r, .defaults = defaults };
    AUTO(strbuf) text = { .max = 16 << 20 };
    size_t before = r->len;
    enum status st = file_read(path, &text);

    if (st != OK)
        return st;
    if (first_of(strbuf_str(&text)) == '{')
        st = routes_read_json(&b, path, strbuf_str(&text));
    else if (is_target(strbuf_str(&text)))
        st = routes_read_targets(&b, path, strbuf_str(&text));
    else
        st = read_ini(&b, path);
    if (st == OK && r->len == before)
        st = fail(ERR_USAGE, "%s: no routes in it", path);
    return st;
}
