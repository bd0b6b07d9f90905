/* SPDX-License-Identifier: MIT */
#include "logs/pg_guess.h"

#include "logs/pg_escape.h"

/* Which escape a key stands for: "user=" is %u. */
static const struct {
    const char *key;
    char letter;
} keyed[] = {
    { "user", 'u' },
    { "usr", 'u' },
    { "u", 'u' },
    { "role", 'u' },
    { "db", 'd' },
    { "database", 'd' },
    { "dbname", 'd' },
    { "d", 'd' },
    { "app", 'a' },
    { "application", 'a' },
    { "application_name", 'a' },
    { "a", 'a' },
    { "client", 'h' },
    { "host", 'h' },
    { "h", 'h' },
    { "remote", 'r' },
    { "r", 'r' },
    { "pid", 'p' },
    { "p", 'p' },
    { "line", 'l' },
    { "l", 'l' },
    { "state", 'e' },
    { "sqlstate", 'e' },
    { "code", 'e' },
    { "e", 'e' },
    { "session", 'c' },
    { "sid", 'c' },
    { "c", 'c' },
    { "xid", 'x' },
    { "tx", 'x' },
    { "txid", 'x' },
    { "x", 'x' },
    { "vxid", 'v' },
    { "v", 'v' },
    { "cmd", 'i' },
    { "tag", 'i' },
    { "i", 'i' },
    { "backend", 'b' },
    { "b", 'b' },
    { "start", 's' },
    { "s", 's' },
    { "n", 'n' },
    { "m", 'm' },
    { "t", 't' },
};

/* Values that %b takes. */
static const char *const backends[] = {
    "not initialized",
    "client backend",
    "autovacuum launcher",
    "autovacuum worker",
    "background worker",
    "background writer",
    "checkpointer",
    "logger",
    "postmaster",
    "startup",
    "walreceiver",
    "walsender",
    "walwriter",
    "archiver",
    "parallel worker",
    "logical replication launcher",
    "logical replication worker",
};

bool
pg_is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           strchr("_-.$+", c) || (c & 0x80);
}

/* A name or "[unknown]". */
static size_t
name_length(struct str text)
{
    size_t n = 0;

    if (text.n && text.p[0] == '[') {
        n = str_find_byte(str_head(text, 40), ']');
        return n == SIZE_MAX || n < 2 || strchr("0123456789", text.p[1]) ? 0 : n + 1;
    }
    if (text.n && strchr("-.+0123456789", text.p[0]))
        return 0;
    while (n < text.n && text.p[n] && pg_is_name_byte(text.p[n]))
        n++;
    return n;
}

/* "127.0.0.1(5432)", "db.internal(5432)", "[local]". */
static size_t
remote_length(struct str text, bool *ret_port)
{
    size_t n = 0, digits = 0;

    *ret_port = false;
    if (str_starts(text, STR("[local]")))
        return 7;
    while (n < text.n && text.p[n] && (pg_is_name_byte(text.p[n]) || text.p[n] == ':'))
        n++;
    if (n == 0 || n >= text.n || text.p[n] != '(')
        return 0;
    if (!pg_scan_digits(str_skip(text, n + 1), &digits) || n + 1 + digits >= text.n ||
        text.p[n + 1 + digits] != ')')
        return 0;
    *ret_port = true;
    return n + digits + 2;
}

/* "10.0.0.7", "fd00::7" */
static size_t
address_length(struct str text)
{
    size_t n = 0;
    unsigned dots = 0, colons = 0;

    while (n < text.n && text.p[n] && strchr("0123456789abcdef.:", text.p[n])) {
        dots += text.p[n] == '.';
        colons += text.p[n] == ':';
        n++;
    }
    return dots == 3 || colons >= 2 ? n : 0;
}

/* What the guess under construction has used already. */
struct making {
    struct strbuf *out;
    bool used[128];
    struct str host; /* the one %r showed */
};

static void
put(struct making *m, char letter)
{
    strbuf_addf(m->out, "%%%c", letter);
    m->used[(unsigned char)letter] = true;
}

static size_t
take_instant(struct making *m, struct str text)
{
    size_t n;

    if (pg_scan_stamp(text, &n)) {
        bool fraction = text.p[19] == '.';
        bool first = !m->used['m'] && !m->used['t'];
        put(m, !first ? 's' : fraction ? 'm' : 't');
        return n;
    }
    if (pg_scan_epoch(text, &n)) {
        put(m, 'n');
        return n;
    }
    if (pg_scan_session(text, &n)) {
        put(m, 'c');
        return n;
    }
    return 0;
}

static size_t
take_backend(struct making *m, struct str text)
{
    for (size_t i = 0; i < LEN(backends); i++)
        if (str_starts(text, str_of(backends[i]))) {
            put(m, 'b');
            return strlen(backends[i]);
        }
    return 0;
}

static size_t
take_place(struct making *m, struct str text)
{
    bool port;
    size_t n = remote_length(text, &port);

    if (n > 0) {
        put(m, port || !m->used['r'] ? 'r' : 'h');
        m->host = str_head(text, port ? str_find_byte(text, '(') : n);
        return n;
    }
    n = m->host.n && str_starts(text, m->host) ? m->host.n : address_length(text);
    if (n > 0)
        put(m, 'h');
    return n;
}

static char
keyed_letter(struct str key)
{
    for (size_t i = 0; i < LEN(keyed); i++)
        if (str_eq(key, str_of(keyed[i].key)))
            return keyed[i].letter;
    return 0;
}

/* "user=app,": the key stays, the value up to the next separator becomes its escape. */
static size_t
take_keyed(struct making *m, struct str text)
{
    size_t key = 0, end;
    char letter;

    while (key < text.n && ((text.p[key] >= 'a' && text.p[key] <= 'z') || text.p[key] == '_'))
        key++;
    if (key == 0 || key >= text.n || (text.p[key] != '=' && text.p[key] != ':'))
        return 0;
    letter = keyed_letter(str_head(text, key));
    if (!letter)
        return 0;
    strbuf_add(m->out, str_head(text, key + 1));
    end = key + 1;
    if (letter == 'h' && remote_length(str_skip(text, end), &(bool){ false }) > 7)
        letter = 'r';
    put(m, letter);
    if (pg_scan_stamp(str_skip(text, end), &key))
        return end + key;
    while (end < text.n && !strchr(",;| )", text.p[end]) &&
           (text.p[end] != ']' || memchr(text.p, '[', end)))
        end++;
    return end;
}

/* "app@shop" */
static size_t
take_pair(struct making *m, struct str text)
{
    size_t user = name_length(text), base;

    if (user == 0 || user >= text.n || text.p[user] != '@')
        return 0;
    base = name_length(str_skip(text, user + 1));
    if (base == 0)
        return 0;
    put(m, 'u');
    strbuf_addc(m->out, '@');
    put(m, 'd');
    return user + 1 + base;
}

static size_t
take_number(struct making *m, struct str text)
{
    size_t n;

    if (pg_scan_state(text, &n) && (n >= text.n || !pg_is_name_byte(text.p[n])) &&
        !m->used['e'] && (m->used['p'] || m->used['c'] || m->used['n'])) {
        put(m, 'e');
        return n;
    }
    if (pg_scan_vxid(text, &n) && n > 0) {
        put(m, 'v');
        return n;
    }
    if (!pg_scan_digits(text, &n))
        return 0;
    put(m, !m->used['p'] && !m->used['c'] ? 'p' : !m->used['l'] ? 'l' : 'x');
    return n;
}

/* "user database ", each between blanks or bars, when nothing else fits: %u first. */
static size_t
take_name(struct making *m, struct str text)
{
    size_t n = name_length(text);
    bool ends = n < text.n && strchr(" |,;:]>", text.p[n]);

    if (n == 0 || !ends || (m->used['u'] && m->used['d'] && m->used['a']))
        return 0;
    put(m, !m->used['u'] ? 'u' : !m->used['d'] ? 'd' : 'a');
    return n;
}

static bool
ends_in_escape(const struct strbuf *out)
{
    return out->n >= 2 && out->p[out->n - 2] == '%';
}

void
pg_guess(struct str text, bool names, struct strbuf *out)
{
    struct making m = { .out = out };
    static size_t (*const takes[])(struct making *, struct str) = {
        take_instant, take_backend, take_keyed, take_pair, take_place, take_number, take_name,
    };

    while (text.n) {
        size_t n = 0;
        bool glued = out->n && pg_is_name_byte(out->p[out->n - 1]) && !ends_in_escape(out);
        for (size_t i = 0; n == 0 && !glued && i < LEN(takes) - !names; i++)
            n = takes[i](&m, text);
        if (n == 0) {
            strbuf_adds(out, text.p[0] == '%' ? "%%" : "");
            if (text.p[0] != '%')
                strbuf_addc(out, text.p[0]);
            n = 1;
        }
        text = str_skip(text, n);
    }
}
