/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>

#include "logs/languages.h"
#include "logs/pg_escape.h"
#include "logs/postgres.h"

enum {
    TOKENS = 64,
    TEXT_MAX = 256,   /* bytes of one %a, %u, %d, ... */
    STRAY_MAX = 80,   /* bytes of something foreign before the prefix */
    STEPS_MAX = 4000, /* of one line; a prefix of nothing but text could ask for more */
};

struct token {
    const struct pg_escape *escape; /* NULL: a literal, or `quits` */
    bool quits;                     /* %q */
    int pad;                        /* as given: negative pads at the right */
    struct str literal;
};

struct pg_prefix {
    char *text;
    struct token tokens[TOKENS];
    size_t len;
    struct room {
        char client[TEXT_MAX + 16];
        char pid[16];
        const struct stamp_row *likely;
    } * room;
};

/* Compiling */

/* One "%-10u" at the start of `text`: how many bytes it takes; 0: not understood. */
static size_t
read_escape(struct str text, struct token *ret)
{
    size_t at = 1;
    bool left = at < text.n && text.p[at] == '-';
    int pad = 0;

    at += left;
    while (at < text.n && text.p[at] >= '0' && text.p[at] <= '9' && pad < 1000)
        pad = pad * 10 + (text.p[at++] - '0');
    if (at >= text.n)
        return 0;
    *ret = (struct token){ .pad = left ? -pad : pad };
    if (text.p[at] == 'q')
        ret->quits = true;
    else if (text.p[at] == '%')
        ret->literal = STR("%");
    else if (!(ret->escape = pg_escape_of(text.p[at])))
        return 0;
    return at + 1;
}

static enum status
compile(struct pg_prefix *p)
{
    struct str rest = str_of(p->text);

    while (rest.n) {
        size_t n = strcspn(rest.p, "%");
        if (p->len == TOKENS)
            return fail(ERR_PARSE, "log_line_prefix '%s' has more than %d parts", p->text,
                        TOKENS);
        if (n > 0)
            p->tokens[p->len] = (struct token){ .literal = str_head(rest, n) };
        else
            n = read_escape(rest, &p->tokens[p->len]);
        if (n == 0)
            return fail(ERR_PARSE, "log_line_prefix '%s': no escape '" STR_FMT "'", p->text,
                        STR_ARG(str_head(rest, 2)));
        p->len++;
        rest = str_skip(rest, n);
    }
    return OK;
}

enum status
pg_prefix_open(struct pg_prefix **ret, struct str prefix)
{
    struct pg_prefix *p = calloc(1, sizeof(*p));
    enum status st = OK;

    if (p) {
        p->text = strndup(prefix.n ? prefix.p : "", prefix.n);
        p->room = calloc(1, sizeof(*p->room));
    }
    if (!p || !p->text || !p->room)
        st = fail(ERR_SYSTEM, "out of memory");
    if (st == OK)
        st = compile(p);
    if (st != OK) {
        pg_prefix_close(p);
        return st;
    }
    *ret = p;
    return OK;
}

void
pg_prefix_close(struct pg_prefix *p)
{
    if (!p)
        return;
    free(p->text);
    free(p->room);
    free(p);
}

struct str
pg_prefix_text(const struct pg_prefix *p)
{
    return str_of(p->text);
}

/* Matching */

struct cursor {
    const struct pg_prefix *p;
    struct str line;
    struct str values[TOKENS];
    unsigned steps;
    struct str level, said;
    enum tag tag;
};

static bool match(struct cursor *c, size_t token, size_t at);

/* A severity or a tag stands at `at`: the prefix is over. */
static bool
is_over(struct cursor *c, size_t at)
{
    struct str rest = str_skip(c->line, at);

    c->level = severity_of(rest, &c->said);
    c->tag = c->level.n ? TAG_NONE : tag_of(rest, NULL);
    if (c->tag != TAG_NONE)
        c->said = rest;
    return c->level.n > 0 || c->tag != TAG_NONE;
}

/* At a %q: a process without a session ends its prefix here. */
static bool
quit(struct cursor *c, size_t token, size_t at)
{
    memset(&c->values[token], 0, (TOKENS - token) * sizeof(c->values[0]));
    return is_over(c, at);
}

static size_t
skip_blanks(struct str line, size_t at, size_t most)
{
    size_t n = 0;

    while (n < most && at + n < line.n && line.p[at + n] == ' ')
        n++;
    return n;
}

static bool
match_scanned(struct cursor *c, size_t token, size_t at)
{
    const struct token *t = &c->p->tokens[token];
    size_t from = at + (t->pad > 0 ? skip_blanks(c->line, at, (size_t)t->pad) : 0);
    size_t n = 0, width;

    if (!t->escape->scan(str_skip(c->line, from), &n))
        return false;
    c->values[token] = str_head(str_skip(c->line, from), n);
    width = from + n - at;
    if (t->pad < 0 && width < (size_t)-t->pad)
        n += skip_blanks(c->line, from + n, (size_t)-t->pad - width);
    return match(c, token + 1, from + n);
}

/* Any text: as little of it as lets the rest match. */
static bool
match_text(struct cursor *c, size_t token, size_t at)
{
    const struct token *t = &c->p->tokens[token];
    size_t least = (size_t)abs(t->pad), most = MIN(c->line.n, at + TEXT_MAX);
    struct str literal = { 0 };

    if (token + 1 < c->p->len)
        literal = c->p->tokens[token + 1].literal;
    for (size_t end = at + least; end <= most; end++) {
        if (literal.n && !str_starts(str_skip(c->line, end), literal))
            continue;
        c->values[token] = str_trim(str_head(str_skip(c->line, at), end - at));
        if (match(c, token + 1, end))
            return true;
    }
    return false;
}

static bool
match(struct cursor *c, size_t token, size_t at)
{
    const struct token *t = &c->p->tokens[token];

    if (++c->steps > STEPS_MAX)
        return false;
    if (token == c->p->len)
        return is_over(c, at);
    if (t->quits)
        return match(c, token + 1, at) || quit(c, token, at);
    if (!t->escape)
        return str_starts(str_skip(c->line, at), t->literal) &&
               match(c, token + 1, at + t->literal.n);
    return t->escape->scan ? match_scanned(c, token, at) : match_text(c, token, at);
}

/* Where the prefix may begin behind something foreign: at a digit for a stamp, else at the
 * first byte of its literal. */
static bool
may_begin(const struct pg_prefix *p, struct str line, size_t at)
{
    const struct token *t = &p->tokens[0];
    bool digit = line.p[at] >= '0' && line.p[at] <= '9';

    if (t->literal.n)
        return line.p[at] == t->literal.p[0];
    return t->escape && t->escape->scan && digit &&
           !(line.p[at - 1] >= '0' && line.p[at - 1] <= '9');
}

static bool
find_prefix(struct cursor *c)
{
    if (match(c, 0, 0))
        return true;
    for (size_t at = 1; c->p->len && at < MIN(c->line.n, (size_t)STRAY_MAX); at++)
        if (may_begin(c->p, c->line, at) && match(c, 0, at))
            return true;
    return false;
}

/* Taking */

/* "[unknown]" in any language is nothing known. */
static struct str
known(struct str value)
{
    bool unknown = value.n > 1 && value.p[0] == '[' && value.p[value.n - 1] == ']';

    return unknown ? (struct str){ 0 } : value;
}

/* "10.0.0.7(5432)" as csvlog has it: "10.0.0.7:5432". */
static struct str
client_of(struct room *room, struct str remote)
{
    size_t open = str_find_byte(remote, '(');
    int n;

    if (open == SIZE_MAX || !str_ends(remote, STR(")")) || remote.n >= sizeof(room->client))
        return remote;
    n = snprintf(room->client, sizeof(room->client), STR_FMT ":" STR_FMT,
                 STR_ARG(str_head(remote, open)),
                 STR_ARG(str_head(str_skip(remote, open + 1), remote.n - open - 2)));
    return (struct str){ room->client, (size_t)n };
}

/* %c holds the pid in hex. */
static struct str
pid_of(struct room *room, struct str session)
{
    size_t dot = str_find_byte(session, '.');
    unsigned long pid = 0;
    int n;

    for (size_t i = dot + 1; i < session.n; i++) {
        char digit = session.p[i];
        pid = pid * 16 + (unsigned long)(digit <= '9' ? digit - '0' : digit - 'a' + 10);
    }
    n = snprintf(room->pid, sizeof(room->pid), "%lu", pid);
    return (struct str){ room->pid, (size_t)n };
}

static void
take_stamp(const struct cursor *c, char letter, struct str value, struct parts *ret)
{
    struct room *room = c->p->room;
    struct stamp stamp;

    /* Of several, the one that counts seconds since 1970 needs no zone; then %m. */
    if (ret->has_stamp && (ret->stamp.kind == STAMP_EPOCH || letter == 't'))
        return;
    if (value.n == 0 || !stamp_read(value, room->likely, &stamp))
        return;
    room->likely = stamp.row;
    stamp.at = (size_t)(value.p - c->line.p);
    ret->stamp = stamp;
    ret->has_stamp = true;
}

static void
take(const struct cursor *c, struct parts *ret)
{
    for (size_t i = 0; i < c->p->len; i++) {
        const struct pg_escape *escape = c->p->tokens[i].escape;
        struct str value = c->values[i];
        if (!escape)
            continue;
        if (strchr("tmn", escape->letter))
            take_stamp(c, escape->letter, value, ret);
        if (escape->into && !(escape->letter == 'h' && ret->client.n))
            *(struct str *)((char *)ret + escape->into) = value;
    }
    ret->role = known(ret->role);
    ret->database = known(ret->database);
    ret->client = client_of(c->p->room, known(ret->client));
    if (str_eq(ret->sqlstate, STR("00000")))
        ret->sqlstate = (struct str){ 0 };
    if (ret->pid.n == 0 && ret->session.n)
        ret->pid = pid_of(c->p->room, ret->session);
}

bool
pg_prefix_read(const struct pg_prefix *p, struct str line, struct parts *ret)
{
    struct cursor c = { .p = p, .line = line };

    while (c.line.n && strchr("\r\n", c.line.p[c.line.n - 1]))
        c.line.n--;
    if (!find_prefix(&c))
        return false;
    *ret = (struct parts){ .level = c.level, .text = c.said, .joins = c.tag != TAG_NONE };
    take(&c, ret);
    if (!ret->joins)
        pg_take_state(ret);
    if (str_eq(ret->sqlstate, STR("00000")))
        ret->sqlstate = (struct str){ 0 };
    return true;
}
