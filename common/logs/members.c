/* SPDX-License-Identifier: MIT */
#include "logs/members.h"

#include <stdlib.h>

enum { PATH_MAX_LEN = 256, NAMES_MAX = 160 };

const char *const piece_names[PIECE_LEN] = {
    [PIECE_TIME] = "time",         [PIECE_LEVEL] = "level",       [PIECE_PID] = "pid",
    [PIECE_ROLE] = "role",         [PIECE_DATABASE] = "database", [PIECE_CLIENT] = "client",
    [PIECE_SQLSTATE] = "sqlstate", [PIECE_STATUS] = "status",     [PIECE_PATH] = "path",
    [PIECE_ASKED] = "asked",       [PIECE_REQUEST] = "request",   [PIECE_HOST] = "host",
    [PIECE_STREAM] = "stream",     [PIECE_TEXT] = "text",         [PIECE_INNER] = "inner",
    [PIECE_CUT] = "cut",           [PIECE_EPOCH] = "epoch",       [PIECE_NANO] = "nano",
    [PIECE_MORE] = "more",
};

struct member {
    struct str name;
    enum piece piece;
    unsigned rank;
};

struct members {
    size_t len;
    struct member list[NAMES_MAX];
};

/* One line being taken apart. */
struct taking {
    const struct members *m;
    struct pieces_memory *memory;
    struct str *ret;
    unsigned ranks[PIECE_LEN]; /* of what was taken; 0: nothing yet */
    bool any;
};

static enum piece
piece_named(struct str name)
{
    size_t i = 0;

    while (i < PIECE_LEN && !str_eq(name, str_of(piece_names[i])))
        i++;
    return (enum piece)i;
}

enum status
members_open(struct members **ret, const char *spec)
{
    struct members *m = calloc(1, sizeof(*m));
    struct str rest = str_of(spec);

    if (m == NULL)
        return fail(ERR_SYSTEM, "no memory left");
    while (rest.n) {
        struct str names = str_cut(&rest, ' ');
        struct str part = str_cut(&names, '=');
        enum piece piece = piece_named(part);

        for (unsigned rank = 1; piece < PIECE_LEN && names.n && m->len < NAMES_MAX; rank++)
            m->list[m->len++] = (struct member){ str_cut(&names, ','), piece, rank };
        if (names.n || (part.n && piece == PIECE_LEN)) {
            free(m);
            return fail(ERR_USAGE, "'" STR_FMT "' is no part of a line, or has too many names",
                        STR_ARG(part));
        }
    }
    *ret = m;
    return OK;
}

void
members_close(struct members *m)
{
    free(m);
}

void
pieces_memory_done(struct pieces_memory *memory)
{
    jsonread_done(&memory->json);
    strbuf_done(&memory->text);
    strbuf_done(&memory->bytes);
    strbuf_done(&memory->time);
}

/* Grown at once to all it can become, so that views into it stay where they are. */
static void
reserve(struct strbuf *b, size_t n)
{
    strbuf_clear(b);
    strbuf_fill(b, ' ', n);
    strbuf_clear(b);
}

static struct taking
begin(const struct members *m, struct pieces_memory *memory, struct str line, struct str *ret)
{
    memset(ret, 0, PIECE_LEN * sizeof(*ret));
    reserve(&memory->text, 2 * line.n + 1);
    reserve(&memory->bytes, line.n + 1);
    return (struct taking){ .m = m, .memory = memory, .ret = ret };
}

static void
take(struct taking *t, const struct member *is, struct str value)
{
    unsigned *had = &t->ranks[is->piece];

    if (value.n == 0) {
        /* An envelope around an empty line holds a line all the same. */
        if (is->piece == PIECE_INNER && !t->ret[PIECE_INNER].p)
            t->ret[PIECE_INNER] = STR("");
        return;
    }
    t->any = true;
    if (is->piece == PIECE_MORE) {
        strbuf_addc(&t->memory->text, '\n');
        strbuf_add(&t->memory->text, value);
    } else if (*had == 0 || is->rank < *had) {
        *had = is->rank;
        t->ret[is->piece] = value;
    }
}

static const struct member *
find(const struct members *m, struct str name)
{
    for (size_t i = 0; i < m->len; i++)
        if (str_eq(m->list[i].name, name))
            return &m->list[i];
    return NULL;
}

/* One name may be several pieces ("msg" is text and, in some logs, holds the error). */
static void
offer(struct taking *t, struct str name, struct str value)
{
    for (size_t i = 0; i < t->m->len; i++)
        if (str_eq(t->m->list[i].name, name))
            take(t, &t->m->list[i], value);
}

/* The text with all that belongs to it, and the time that came in two numbers. */
static bool
finish(struct taking *t)
{
    struct strbuf *text = &t->memory->text, *time = &t->memory->time;
    struct str *ret = t->ret;

    if (text->n && ret[PIECE_TEXT].n) {
        AUTO(strbuf) more = *text;

        *text = (struct strbuf){ 0 };
        strbuf_add(text, ret[PIECE_TEXT]);
        strbuf_add(text, strbuf_str(&more));
        ret[PIECE_TEXT] = strbuf_str(text);
    } else if (text->n) {
        ret[PIECE_TEXT] = str_skip(strbuf_str(text), 1);
    }
    if (ret[PIECE_EPOCH].n && ret[PIECE_TIME].n == 0) {
        uint64_t nano = 0;

        strbuf_clear(time);
        if (!str_to_u64(ret[PIECE_NANO], &nano))
            nano = 0;
        strbuf_addf(time, STR_FMT ".%09llu", STR_ARG(ret[PIECE_EPOCH]),
                    (unsigned long long)(nano % 1000000000));
        ret[PIECE_TIME] = strbuf_str(time);
    }
    return t->any;
}

/* Names of members that are open, joined by dots. */
struct path {
    char text[PATH_MAX_LEN];
    size_t ends[JSONREAD_DEPTH + 1];
    size_t n;
};

static void
path_add(struct path *p, unsigned depth, struct str name)
{
    size_t at = p->ends[depth - 1];

    if (at && at < PATH_MAX_LEN)
        p->text[at++] = '.';
    name.n = MIN(name.n, PATH_MAX_LEN - at);
    if (name.n)
        memcpy(p->text + at, name.p, name.n);
    p->n = at + name.n;
    p->ends[depth] = p->n;
}

/* journald writes a message that is no plain text as an array of byte values. */
static void
take_byte(struct taking *t, struct str name, struct str digits)
{
    const struct member *is = find(t->m, name);
    uint64_t byte;

    if (is == NULL || (is->piece != PIECE_INNER && is->piece != PIECE_TEXT) ||
        !str_to_u64(digits, &byte) || byte > 255)
        return;
    strbuf_addc(&t->memory->bytes, (char)byte);
    t->any = true;
    t->ret[is->piece] = strbuf_str(&t->memory->bytes);
}

bool
members_json(const struct members *m, struct pieces_memory *memory, struct str line,
             struct str *ret)
{
    struct taking t = begin(m, memory, line, ret);
    struct jsonread *r = &memory->json;
    struct path path = { .n = 0 };
    uint64_t arrays = 0;
    enum json_token is;

    jsonread_start(r, line);
    if (jsonread_next(r) != JSON_OBJECT)
        return false;
    while ((is = jsonread_next(r)) != JSON_BAD && r->depth > 0) {
        struct str name = { path.text, path.n };

        if (is == JSON_KEY)
            path_add(&path, r->depth, r->value);
        else if (is == JSON_OBJECT || is == JSON_ARRAY)
            path.ends[r->depth] = path.ends[r->depth - 1];
        else if (is == JSON_NUMBER && (arrays >> r->depth & 1))
            take_byte(&t, name, r->value);
        else if (is == JSON_STRING || is == JSON_NUMBER)
            offer(&t, name, r->value);
        if (is == JSON_ARRAY)
            arrays |= UINT64_C(1) << (r->depth & 63);
        else if (is == JSON_OBJECT)
            arrays &= ~(UINT64_C(1) << (r->depth & 63));
        if (is == JSON_OBJECT_END || is == JSON_ARRAY_END)
            path.n = path.ends[r->depth];
    }
    return finish(&t);
}

/* A quoted value, its escapes undone as JSON has them; `*at` is moved past it. */
static struct str
quoted(struct pieces_memory *memory, struct str line, size_t *at)
{
    struct strbuf *out = &memory->bytes;
    size_t from = out->n, i = *at + 1;

    for (; i < line.n && line.p[i] != '"'; i++) {
        char c = line.p[i];

        if (c == '\\' && i + 1 < line.n) {
            c = line.p[++i];
            c = c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
        }
        strbuf_addc(out, c);
    }
    *at = MIN(i + 1, line.n);
    return str_skip(strbuf_str(out), from);
}

static bool
is_name_byte(char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_' ||
           c == '.' || c == '-' || c == '@' || c == '/';
}

bool
members_logfmt(const struct members *m, struct pieces_memory *memory, struct str line,
               struct str *ret)
{
    struct taking t = begin(m, memory, line, ret);
    unsigned pairs = 0;

    for (size_t at = 0; at < line.n;) {
        size_t from = at;
        struct str name, value;

        while (at < line.n && is_name_byte(line.p[at]))
            at++;
        name = (struct str){ line.p + from, at - from };
        if (name.n == 0 || at == line.n || line.p[at] != '=') {
            if (pairs == 0)
                return false;
            while (at < line.n && line.p[at] != ' ')
                at++;
            at++;
            continue;
        }
        from = ++at;
        if (at < line.n && line.p[at] == '"') {
            value = quoted(memory, line, &at);
        } else {
            while (at < line.n && line.p[at] != ' ')
                at++;
            value = (struct str){ line.p + from, at - from };
        }
        pairs++;
        offer(&t, name, value);
        while (at < line.n && line.p[at] == ' ')
            at++;
    }
    return pairs >= 2 && finish(&t);
}

static uint64_t
little_endian(const char *p)
{
    uint64_t n = 0;

    for (int i = 7; i >= 0; i--)
        n = n << 8 | (unsigned char)p[i];
    return n;
}

bool
members_export(const struct members *m, struct pieces_memory *memory, struct str block,
               struct str *ret)
{
    struct taking t = begin(m, memory, block, ret);

    while (block.n) {
        struct str line = str_cut(&block, '\n');
        size_t equals = str_find_byte(line, '=');
        uint64_t n;

        if (equals != SIZE_MAX) {
            offer(&t, str_head(line, equals), str_skip(line, equals + 1));
            continue;
        }
        if (block.n < 8)
            break;
        n = little_endian(block.p);
        block = str_skip(block, 8);
        n = MIN(n, (uint64_t)block.n);
        offer(&t, line, str_head(block, (size_t)n));
        block = str_skip(block, (size_t)n + 1);
    }
    return finish(&t);
}
