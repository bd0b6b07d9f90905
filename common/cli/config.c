/* SPDX-License-Identifier: MIT */
#include "cli/config.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/file.h"

enum { CONFIG_MAX = 1 << 20 };

struct reading {
    struct config *c;
    struct config_entry *entries;
    size_t len, room;
    const char *section;
    unsigned line;
};

static enum status
fail_at(const char *path, unsigned line, unsigned column, const char *what)
{
    return fail(ERR_USAGE, "%s:%u:%u: %s", path, line, column, what);
}

enum status
config_fail(const struct config *c, const struct config_entry *e, const char *fmt, ...)
{
    char what[512];
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(what, sizeof(what), fmt, ap);
    va_end(ap);
    return fail_at(c->path, e->line, e->column, what);
}

/* Room for one more; entries that were outgrown stay in the arena until the end. */
static struct config_entry *
add_entry(struct reading *r)
{
    if (r->len == r->room) {
        size_t room = r->room ? 2 * r->room : 64;
        struct config_entry *more = arena_alloc(&r->c->memory, room * sizeof(*more));

        if (more == NULL)
            return NULL;
        if (r->len)
            memcpy(more, r->entries, r->len * sizeof(*more));
        r->entries = more;
        r->room = room;
    }
    return &r->entries[r->len++];
}

static const char *
keep(struct reading *r, struct str text)
{
    struct str kept = arena_str(&r->c->memory, text);

    return kept.n ? kept.p : "";
}

static struct str
unquote(struct str value)
{
    bool quoted = value.n >= 2 && value.p[0] == '"' && value.p[value.n - 1] == '"';

    return quoted ? (struct str){ value.p + 1, value.n - 2 } : value;
}

static enum status
read_section(struct reading *r, struct str line)
{
    struct str name = str_trim(line);

    if (name.p[name.n - 1] != ']')
        return fail_at(r->c->path, r->line, (unsigned)line.n, "a section ends in ]");
    r->section = keep(r, str_trim((struct str){ name.p + 1, name.n - 2 }));
    return OK;
}

static enum status
read_entry(struct reading *r, struct str line)
{
    struct str value = line;
    struct str name = str_trim(str_cut(&value, '='));
    struct config_entry *e;

    if (str_find_byte(line, '=') == SIZE_MAX || name.n == 0)
        return fail_at(r->c->path, r->line, 1, "neither [section] nor name = value");
    e = add_entry(r);
    if (e == NULL)
        return fail(ERR_SYSTEM, "%s: no memory left", r->c->path);
    *e = (struct config_entry){ r->section, keep(r, name), keep(r, unquote(str_trim(value))),
                                r->line, (unsigned)(name.p - line.p) + 1 };
    return OK;
}

static enum status
continue_value(struct reading *r, struct str line)
{
    struct config_entry *last = r->len ? &r->entries[r->len - 1] : NULL;
    struct str more = unquote(str_trim(line)), joined;

    if (last == NULL)
        return fail_at(r->c->path, r->line, 1, "continues nothing");
    joined = arena_strf(&r->c->memory, "%s\n" STR_FMT, last->value, STR_ARG(more));
    if (joined.n)
        last->value = joined.p;
    return OK;
}

static enum status
read_line(struct reading *r, struct str line)
{
    struct str trimmed = str_trim(line);

    if (trimmed.n == 0 || trimmed.p[0] == '#' || trimmed.p[0] == ';')
        return OK;
    if (line.p[0] == ' ' || line.p[0] == '\t')
        return continue_value(r, line);
    return line.p[0] == '[' ? read_section(r, line) : read_entry(r, line);
}

enum status
config_read(struct config *ret, const char *path)
{
    AUTO(strbuf) bytes = { .max = CONFIG_MAX };
    struct config c = { .path = path };
    struct reading r = { .c = &c, .section = "" };
    enum status st = file_read(path, &bytes);
    struct str rest = strbuf_str(&bytes);

    while (st == OK && rest.n > 0) {
        r.line++;
        st = read_line(&r, str_cut(&rest, '\n'));
    }
    if (st != OK) {
        config_done(&c);
        return st;
    }
    c.entries = r.entries;
    c.len = r.len;
    *ret = c;
    return OK;
}

void
config_done(struct config *c)
{
    arena_done(&c->memory);
    *c = (struct config){ 0 };
}
