/* SPDX-License-Identifier: MIT */
#include "logs/scan.h"

#include <stdlib.h>

enum { GROUP = 4, HASH_BITS = 18, HASHES = 1 << HASH_BITS, NONE = 0 };

/* A literal under one of its groups; `next` is another one of the same hash. */
struct filed {
    uint32_t literal, at, next;
};

struct scan {
    uint64_t bits[HASHES / 64];
    uint32_t first[HASHES]; /* index into filed + 1; 0: none */
    struct filed *filed;
    size_t filed_len;
    const struct str *literals;
};

static inline uint32_t
hash_at(const char *p)
{
    uint32_t group;

    memcpy(&group, p, sizeof(group));
    return group * 0x9e3779b1u >> (32 - HASH_BITS);
}

static void
file(struct scan *s, size_t literal, size_t at)
{
    uint32_t hash = hash_at(s->literals[literal].p + at);

    s->filed[s->filed_len] = (struct filed){ (uint32_t)literal, (uint32_t)at, s->first[hash] };
    s->first[hash] = (uint32_t)++s->filed_len;
    s->bits[hash / 64] |= UINT64_C(1) << (hash % 64);
}

/* The literal's pair of groups that the sample has the least of. */
static size_t
rarest(struct str literal, const uint32_t *counts)
{
    size_t best = 0;
    uint64_t least = UINT64_MAX;

    for (size_t at = 0; at + GROUP < literal.n; at++) {
        uint64_t count =
            (uint64_t)counts[hash_at(literal.p + at)] + counts[hash_at(literal.p + at + 1)];

        if (count < least) {
            least = count;
            best = at;
        }
    }
    return best;
}

enum status
scan_open(struct scan **ret, const struct str *literals, size_t n, struct str sample)
{
    struct scan *s = calloc(1, sizeof(*s));
    uint32_t *counts = calloc(HASHES, sizeof(*counts));

    if (s)
        s->filed = calloc(2 * n + 1, sizeof(*s->filed));
    if (s == NULL || counts == NULL || s->filed == NULL) {
        scan_close(s);
        free(counts);
        return fail(ERR_SYSTEM, "no memory left");
    }
    s->literals = literals;
    for (size_t i = 0; i + GROUP <= sample.n; i++)
        counts[hash_at(sample.p + i)]++;
    for (size_t i = 0; i < n; i++) {
        size_t at;

        if (literals[i].n < SCAN_LITERAL_MIN || literals[i].n > SCAN_LITERAL_MAX) {
            scan_close(s);
            free(counts);
            return fail(ERR_USAGE, "a literal of %zu bytes cannot be scanned for",
                        literals[i].n);
        }
        at = rarest(literals[i], counts);
        file(s, i, at);
        file(s, i, at + 1);
    }
    free(counts);
    *ret = s;
    return OK;
}

void
scan_close(struct scan *s)
{
    if (s == NULL)
        return;
    free(s->filed);
    free(s);
}

/* Where a literal begins that has the group at `at`; SIZE_MAX if none does. */
static size_t
compare(const struct scan *s, struct str text, size_t at, uint32_t hash)
{
    for (uint32_t i = s->first[hash]; i != NONE; i = s->filed[i - 1].next) {
        const struct filed *f = &s->filed[i - 1];
        struct str literal = s->literals[f->literal];

        if (at >= f->at && literal.n <= text.n - (at - f->at) &&
            memcmp(text.p + (at - f->at), literal.p, literal.n) == 0)
            return at - f->at;
    }
    return SIZE_MAX;
}

static inline bool
may_be(const struct scan *s, uint32_t hash)
{
    return s->bits[hash / 64] >> (hash % 64) & 1;
}

size_t
scan_find(const struct scan *s, struct str text, size_t from)
{
    size_t i = from;

    /* Four positions without a branch between them: they do not wait for each other. */
    for (; i + 6 + GROUP <= text.n; i += 8) {
        const char *p = text.p + i;
        uint32_t hash[4] = { hash_at(p), hash_at(p + 2), hash_at(p + 4), hash_at(p + 6) };
        int any = (int)may_be(s, hash[0]) | (int)may_be(s, hash[1]) |
                  (int)may_be(s, hash[2]) | (int)may_be(s, hash[3]);

        for (size_t k = 0; any && k < 4; k++) {
            size_t at = may_be(s, hash[k]) ? compare(s, text, i + 2 * k, hash[k]) : SIZE_MAX;

            if (at != SIZE_MAX && at >= from)
                return at;
        }
    }
    for (; i + GROUP <= text.n; i += 2) {
        uint32_t hash = hash_at(text.p + i);
        size_t at = may_be(s, hash) ? compare(s, text, i, hash) : SIZE_MAX;

        if (at != SIZE_MAX && at >= from)
            return at;
    }
    return SIZE_MAX;
}

/* A one in each byte that is a newline, and nothing in the others. */
static inline uint64_t
newlines_in(const char *p)
{
    const uint64_t low = UINT64_C(0x7f7f7f7f7f7f7f7f);
    uint64_t word;

    memcpy(&word, p, sizeof(word));
    word ^= UINT64_C(0x0a0a0a0a0a0a0a0a);
    return ~(((word & low) + low) | word | low) >> 7;
}

uint64_t
scan_newlines(struct str text)
{
    const uint64_t even = UINT64_C(0x00ff00ff00ff00ff);
    uint64_t n = 0;
    size_t i = 0;

    while (i + 8 <= text.n) {
        size_t end = MIN(text.n - 7, i + 8 * 255);
        uint64_t sums = 0; /* eight counters of a byte, none of which can run over */

        for (; i < end; i += 8)
            sums += newlines_in(text.p + i);
        n += ((sums & even) + (sums >> 8 & even)) * UINT64_C(0x0001000100010001) >> 48;
    }
    for (; i < text.n; i++)
        n += text.p[i] == '\n';
    return n;
}
