/* SPDX-License-Identifier: MIT */
#include "logs/redact.h"

#include <stdlib.h>

#include "base/digest.h"
#include "logs/spots.h"

enum {
    TRIGGERS_MAX = 160,
    BRIEF_MAX = 4,
    SLOTS = 4096,
    SLOT_BITS = 12,
    REPEAT_MIN = 6, /* shorter secrets are not looked for a second time */
};

struct trigger {
    struct str word;
    const struct spot_rule *rule;
    uint32_t key;
    uint16_t next; /* the next trigger of the slot, plus one */
};

struct redactor {
    struct strbuf key;
    struct trigger triggers[TRIGGERS_MAX];
    size_t triggers_len;
    struct trigger brief[BRIEF_MAX];
    size_t brief_len;
    uint16_t slots[SLOTS]; /* the first trigger, plus one */
    struct spots found;
    struct strbuf undone;
};

/* Upper case becomes lower; what else becomes alike is told apart by is_word_at(). */
static uint32_t
key_at(const char *p)
{
    uint32_t key;

    memcpy(&key, p, sizeof(key));
    return key | UINT32_C(0x20202020);
}

static unsigned
slot_of(uint32_t key)
{
    return key * UINT32_C(2654435761) >> (32 - SLOT_BITS);
}

static void
add_trigger(struct redactor *r, struct str word, const struct spot_rule *rule)
{
    struct trigger *t;

    if (word.n < sizeof(uint32_t)) {
        if (r->brief_len < BRIEF_MAX)
            r->brief[r->brief_len++] = (struct trigger){ .word = word, .rule = rule };
        return;
    }
    t = &r->triggers[r->triggers_len++];
    *t = (struct trigger){ .word = word, .rule = rule, .key = key_at(word.p) };
    t->next = r->slots[slot_of(t->key)];
    r->slots[slot_of(t->key)] = (uint16_t)r->triggers_len;
}

enum status
redactor_open(struct redactor **ret, struct str key)
{
    struct redactor *r = calloc(1, sizeof(*r));

    if (!r)
        return fail(ERR_SYSTEM, "out of memory");
    strbuf_add(&r->key, key);
    for (size_t i = 0; i < spot_rules_len; i++) {
        struct str rest = str_of(spot_rules[i].triggers);
        while (rest.n && r->triggers_len < TRIGGERS_MAX)
            add_trigger(r, str_cut(&rest, '|'), &spot_rules[i]);
    }
    *ret = r;
    return OK;
}

void
redactor_close(struct redactor *r)
{
    if (!r)
        return;
    strbuf_done(&r->key);
    strbuf_done(&r->undone);
    spots_done(&r->found);
    free(r);
}

/* Finding */

void
spots_add(struct spots *s, const struct spot *found)
{
    if (s->len == s->room) {
        size_t room = s->room ? 2 * s->room : 16;
        struct spot *items =
            room <= SPOTS_MAX ? realloc(s->items, room * sizeof(*items)) : NULL;
        if (!items)
            return;
        s->items = items;
        s->room = room;
    }
    s->items[s->len++] = *found;
}

void
spots_done(struct spots *s)
{
    free(s->items);
    *s = (struct spots){ 0 };
}

static bool
is_word_at(struct str text, size_t at, struct str word)
{
    if (text.n - at < word.n)
        return false;
    for (size_t i = 0; i < word.n; i++) {
        char c = text.p[at + i];
        if ((c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c) != word.p[i])
            return false;
    }
    return true;
}

static void
pull_triggers(struct redactor *r, struct str text, size_t at)
{
    uint32_t key = key_at(text.p + at);

    for (unsigned i = r->slots[slot_of(key)]; i; i = r->triggers[i - 1].next) {
        const struct trigger *t = &r->triggers[i - 1];
        if (t->key == key && is_word_at(text, at, t->word))
            t->rule->find(text, at, t->word.n, t->rule->name, &r->found);
    }
}

/* Triggers too short for the slots. */
static void
find_short(struct redactor *r, struct str text)
{
    for (size_t i = 0; i < r->brief_len; i++) {
        const struct trigger *t = &r->brief[i];
        size_t at = 0, next;
        while ((next = str_find(str_skip(text, at), t->word)) != SIZE_MAX) {
            t->rule->find(text, at + next, t->word.n, t->rule->name, &r->found);
            at += next + t->word.n;
        }
    }
}

static int
by_place(const void *a, const void *b)
{
    const struct spot *x = a, *y = b;

    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return (x->to < y->to) - (x->to > y->to);
}

/* In order of place; what overlaps becomes one, told by the rule that began first. */
static void
put_in_order(struct spots *s)
{
    size_t n = 0;

    if (s->len > 1)
        qsort(s->items, s->len, sizeof(*s->items), by_place);
    for (size_t i = 0; i < s->len; i++) {
        if (n > 0 && s->items[i].from < s->items[n - 1].to)
            s->items[n - 1].to = MAX(s->items[n - 1].to, s->items[i].to);
        else
            s->items[n++] = s->items[i];
    }
    s->len = n;
}

/* `password=password` is a program's source, as tracebacks quote it: what stands there is the
 * word that messages are made of, and no secret that one of them repeats. */
static bool
is_vocabulary(const struct redactor *r, struct str word)
{
    for (size_t i = 0; i < r->triggers_len; i++)
        if (word.n == r->triggers[i].word.n && is_word_at(word, 0, r->triggers[i].word))
            return true;
    return false;
}

/* A server repeats what it stumbled over: at or near "hunter2". */
static void
find_repeats(struct redactor *r, struct str text)
{
    size_t n = r->found.len;

    for (size_t i = 0; i < n && i < 64; i++) {
        struct spot again = r->found.items[i];
        size_t at = 0, next;
        if (again.inner.n < REPEAT_MIN || is_vocabulary(r, again.inner))
            continue;
        while ((next = str_find(str_skip(text, at), again.inner)) != SIZE_MAX) {
            again.from = at + next;
            again.to = at = again.from + again.inner.n;
            spots_add(&r->found, &again);
        }
    }
}

static void
find_all(struct redactor *r, struct str text)
{
    r->found.len = 0;
    for (struct str rest = text; rest.n;)
        spots_in_line(text, str_cut(&rest, '\n'), &r->found);
    find_short(r, text);
    for (size_t at = 0; at + sizeof(uint32_t) <= text.n; at++)
        if (r->slots[slot_of(key_at(text.p + at))])
            pull_triggers(r, text, at);
    if (r->found.len == 0)
        return;
    put_in_order(&r->found);
    find_repeats(r, text);
    put_in_order(&r->found);
}

/* Tagging */

static int
hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void
undo_base64(struct str text, struct strbuf *out)
{
    static const char set[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    uint32_t bits = 0;
    unsigned n = 0;

    for (size_t i = 0; i < text.n && text.p[i] != '='; i++) {
        const char *at = text.p[i] ? strchr(set, text.p[i]) : NULL;
        if (!at)
            return;
        bits = bits << 6 | (uint32_t)(at - set);
        n += 6;
        if (n >= 8) {
            n -= 8;
            strbuf_addc(out, (char)(bits >> n & 0xff));
        }
    }
}

/* One character of a secret as it was spelled; how many bytes it took. */
static size_t
undo_one(struct str rest, enum spelling spelling, struct strbuf *out)
{
    char c = rest.p[0], next = rest.n > 1 ? rest.p[1] : '\0';

    if (spelling == SPELLED_SQL && c == '\'' && next == '\'') {
        strbuf_addc(out, c);
        return 2;
    }
    if (spelling == SPELLED_ESCAPED && c == '\\' && next && strchr("\\'\" :", next)) {
        strbuf_addc(out, next);
        return 2;
    }
    if (spelling == SPELLED_PERCENT && c == '%' && rest.n > 2 && hex_value(next) >= 0 &&
        hex_value(rest.p[2]) >= 0) {
        strbuf_addc(out, (char)(hex_value(next) * 16 + hex_value(rest.p[2])));
        return 3;
    }
    strbuf_addc(out, c);
    return 1;
}

/* A newline at the end of what base64 hides is `echo`'s, not the secret's. */
static struct str
undo(struct redactor *r, const struct spot *spot)
{
    struct str rest = spot->inner;

    strbuf_clear(&r->undone);
    if (spot->spelling == SPELLED_BASE64) {
        undo_base64(rest, &r->undone);
        rest = str_trim(strbuf_str(&r->undone));
        return rest.n ? rest : spot->inner;
    }
    while (rest.n)
        rest = str_skip(rest, undo_one(rest, spot->spelling, &r->undone));
    return strbuf_str(&r->undone);
}

static void
tag_of_spot(struct redactor *r, const struct spot *spot, char tag[5])
{
    struct sha256 mac = hmac_sha256(strbuf_str(&r->key), undo(r, spot));

    hex_print(tag, mac.bytes, 2);
}

size_t
redactor_apply(struct redactor *r, struct str text, struct strbuf *out)
{
    size_t at = 0;
    char tag[5];

    find_all(r, text);
    for (size_t i = 0; i < r->found.len; i++) {
        const struct spot *spot = &r->found.items[i];
        tag_of_spot(r, spot, tag);
        strbuf_add(out, str_head(str_skip(text, at), spot->from - at));
        strbuf_addf(out, "‹secret %s›", tag);
        at = spot->to;
    }
    strbuf_add(out, str_skip(text, at));
    return r->found.len;
}

size_t
redactor_find(struct redactor *r, struct str text, struct leak *ret, size_t max)
{
    find_all(r, text);
    for (size_t i = 0; i < r->found.len && i < max; i++) {
        const struct spot *spot = &r->found.items[i];
        ret[i] = (struct leak){ .rule = spot->rule,
                                .at = spot->from,
                                .length = spot->to - spot->from };
        tag_of_spot(r, spot, ret[i].tag);
    }
    return r->found.len;
}
