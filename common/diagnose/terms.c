/* SPDX-License-Identifier: MIT */
#include "diagnose/terms.h"

#include "base/arena.h"

#include <stdlib.h>

struct terms {
    struct arena memory;
    struct str *texts; /* by number - 1 */
    uint32_t len;
    size_t room;
    uint32_t *slots; /* numbers, by hash; 0: free */
    size_t slots_len;
};

uint64_t
terms_hash(struct str text)
{
    uint64_t h = UINT64_C(0x9e3779b97f4a7c15) ^ text.n;

    while (text.n >= 8) {
        uint64_t eight;

        memcpy(&eight, text.p, 8);
        h = (h ^ eight) * UINT64_C(0xff51afd7ed558ccd);
        h ^= h >> 32;
        text = str_skip(text, 8);
    }
    for (size_t i = 0; i < text.n; i++)
        h = (h ^ (uint8_t)text.p[i]) * UINT64_C(0x100000001b3);
    return h ^ h >> 29;
}

struct terms *
terms_open(void)
{
    struct terms *w = calloc(1, sizeof(*w));

    if (!w)
        return NULL;
    w->slots_len = 256;
    w->slots = calloc(w->slots_len, sizeof(*w->slots));
    if (w->slots)
        return w;
    free(w);
    return NULL;
}

void
terms_close(struct terms *w)
{
    if (!w)
        return;
    arena_done(&w->memory);
    free(w->texts);
    free(w->slots);
    free(w);
}

static uint32_t *
slot(const struct terms *w, struct str text)
{
    size_t i = terms_hash(text) & (w->slots_len - 1);

    while (w->slots[i] && !str_eq(w->texts[w->slots[i] - 1], text))
        i = (i + 1) & (w->slots_len - 1);
    return &w->slots[i];
}

static bool
grow(struct terms *w)
{
    uint32_t *old = w->slots;
    size_t room = w->room ? w->room * 2 : 128;
    struct str *texts = realloc(w->texts, room * sizeof(*texts));

    if (!texts)
        return false;
    w->texts = texts;
    w->room = room;
    w->slots = calloc(room * 2, sizeof(*w->slots));
    if (!w->slots) {
        w->slots = old;
        w->room = w->len;
        return false;
    }
    free(old);
    w->slots_len = room * 2;
    for (uint32_t i = 0; i < w->len; i++)
        *slot(w, w->texts[i]) = i + 1;
    return true;
}

uint32_t
terms_number(struct terms *w, struct str text)
{
    uint32_t *at;

    if (!text.n)
        return 0;
    at = slot(w, text);
    if (*at)
        return *at;
    if (w->len == w->room && !grow(w))
        return 0;
    w->texts[w->len] = arena_str(&w->memory, text);
    if (!w->texts[w->len].n)
        return 0;
    *slot(w, text) = ++w->len;
    return w->len;
}

struct str
terms_text(const struct terms *w, uint32_t number)
{
    return number > 0 && number <= w->len ? w->texts[number - 1] : (struct str){ 0 };
}
