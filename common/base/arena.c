/* SPDX-License-Identifier: MIT */
#include "base/arena.h"

#include <stdarg.h>
#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>

enum { BLOCK = 64 << 10 };

struct arena_block {
    struct arena_block *next;
    size_t used, room;
    alignas(max_align_t) char bytes[];
};

static struct arena_block *
add_block(struct arena *a, size_t n)
{
    size_t room = MAX(n, (size_t)BLOCK);
    struct arena_block *block = calloc(1, sizeof(*block) + room);

    if (block == NULL)
        return NULL;
    block->room = room;
    block->next = a->blocks;
    a->blocks = block;
    return block;
}

void *
arena_alloc(struct arena *a, size_t n)
{
    struct arena_block *block = a->blocks;
    void *at;

    if (n > SIZE_MAX / 2)
        return NULL;
    n = (n + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
    if (block == NULL || block->room - block->used < n)
        block = add_block(a, n);
    if (block == NULL)
        return NULL;
    at = block->bytes + block->used;
    block->used += n;
    return at;
}

struct str
arena_str(struct arena *a, struct str text)
{
    char *copy = text.n ? arena_alloc(a, text.n + 1) : NULL;

    if (copy == NULL)
        return (struct str){ NULL, 0 };
    memcpy(copy, text.p, text.n);
    return (struct str){ copy, text.n };
}

struct str
arena_strf(struct arena *a, const char *fmt, ...)
{
    va_list ap;
    char *text;
    int n;

    va_start(ap, fmt);
    n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    text = n > 0 ? arena_alloc(a, (size_t)n + 1) : NULL;
    if (text == NULL)
        return (struct str){ NULL, 0 };
    va_start(ap, fmt);
    vsnprintf(text, (size_t)n + 1, fmt, ap);
    va_end(ap);
    return (struct str){ text, (size_t)n };
}

void
arena_done(struct arena *a)
{
    for (struct arena_block *block = a->blocks, *next; block; block = next) {
        next = block->next;
        free(block);
    }
    a->blocks = NULL;
}
