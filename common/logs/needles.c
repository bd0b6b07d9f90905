/* SPDX-License-Identifier: MIT */
#include "logs/needles.h"

#include <stdlib.h>

enum { SLOTS = 8192, SLOT_BITS = 13 };

struct entry {
    uint32_t key;  /* the four bytes it is filed under */
    uint16_t at;   /* where they stand in the literal */
    uint16_t next; /* the next entry of the slot, plus one */
};

struct needles {
    const struct str *list;
    size_t n;
    struct entry *entries; /* one a literal */
    uint16_t slots[SLOTS]; /* the first entry, plus one */
};

static uint32_t
key_at(const char *p)
{
    uint32_t key;

    memcpy(&key, p, sizeof(key));
    return key;
}

static unsigned
slot_of(uint32_t key)
{
    return key * UINT32_C(2654435761) >> (32 - SLOT_BITS);
}

/* How usual a byte is in logs; small is rare. */
static unsigned
commonness(unsigned char c)
{
    static const char usual[] = " etaoinsrhlcdpu0123456789:";
    const char *at = c ? strchr(usual, c) : NULL;

    if (at)
        return 40 - (unsigned)(at - usual);
    return c >= 0x80 ? 1 : (c >= 'a' && c <= 'z') ? 8 : 4;
}

static uint16_t
rarest(struct str literal)
{
    unsigned best = UINT32_MAX;
    uint16_t at = 0;

    for (size_t i = 0; i + NEEDLE_MIN <= literal.n && i < 200; i++) {
        unsigned sum = 0;
        for (size_t j = 0; j < NEEDLE_MIN; j++)
            sum += commonness((unsigned char)literal.p[i + j]);
        if (sum < best) {
            best = sum;
            at = (uint16_t)i;
        }
    }
    return at;
}

static void
file_under(struct needles *s, size_t i)
{
    struct str literal = s->list[i];
    struct entry *e = &s->entries[i];
    unsigned slot;

    e->at = rarest(literal);
    e->key = key_at(literal.p + e->at);
    slot = slot_of(e->key);
    e->next = s->slots[slot];
    s->slots[slot] = (uint16_t)(i + 1);
}

enum status
needles_open(struct needles **ret, const struct str *list, size_t n)
{
    struct needles *s;

    if (n >= UINT16_MAX)
        return fail(ERR_LIMIT, "%zu literals are more than one scan takes", n);
    for (size_t i = 0; i < n; i++)
        if (list[i].n < NEEDLE_MIN)
            return fail(ERR_USAGE, "the literal '" STR_FMT "' is shorter than %d bytes",
                        STR_ARG(list[i]), NEEDLE_MIN);
    s = calloc(1, sizeof(*s));
    if (s)
        s->entries = calloc(n ? n : 1, sizeof(*s->entries));
    if (!s || !s->entries) {
        free(s);
        return fail(ERR_SYSTEM, "out of memory");
    }
    s->list = list;
    s->n = n;
    for (size_t i = 0; i < n; i++)
        file_under(s, i);
    *ret = s;
    return OK;
}

void
needles_close(struct needles *s)
{
    if (!s)
        return;
    free(s->entries);
    free(s);
}

/* The entries filed under the four bytes at `at` whose whole literal stands there. */
static bool
stand_here(const struct needles *s, struct str text, size_t at, uint64_t *bits)
{
    uint32_t key = key_at(text.p + at);
    bool any = false;

    for (unsigned i = s->slots[slot_of(key)]; i; i = s->entries[i - 1].next) {
        const struct entry *e = &s->entries[i - 1];
        struct str literal = s->list[i - 1];
        if (e->key != key || at < e->at || text.n - (at - e->at) < literal.n)
            continue;
        if (memcmp(text.p + at - e->at, literal.p, literal.n) == 0) {
            bits[(i - 1) / 64] |= UINT64_C(1) << ((i - 1) % 64);
            any = true;
        }
    }
    return any;
}

bool
needles_find(const struct needles *s, struct str text, uint64_t *bits)
{
    bool any = false;

    memset(bits, 0, (s->n + 63) / 64 * sizeof(*bits));
    for (size_t at = 0; at + NEEDLE_MIN <= text.n; at++)
        if (s->slots[slot_of(key_at(text.p + at))])
            any |= stand_here(s, text, at, bits);
    return any;
}
