/* SPDX-License-Identifier: MIT */
#include "observe/shelf.h"

#include <stddef.h>
#include <stdlib.h>

struct held {
    struct event event;
    uint64_t number; /* in the order they came */
    size_t size;
    char bytes[];
};

static const size_t views[] = {
    offsetof(struct event, format),
    offsetof(struct event, level),
    offsetof(struct event, sqlstate),
    offsetof(struct event, role),
    offsetof(struct event, database),
    offsetof(struct event, client),
    offsetof(struct event, route),
    offsetof(struct event, pid),
    offsetof(struct event, request),
    offsetof(struct event, text),
    offsetof(struct event, rule),
    offsetof(struct event, host),
    offsetof(struct event, when) + offsetof(struct when, zone),
};

static struct str *
view_at(struct event *e, size_t i)
{
    return (struct str *)(void *)((char *)e + views[i]);
}

static struct held *
copy(const struct event *e)
{
    struct event from = *e;
    size_t size = sizeof(struct held), at = 0;
    struct held *h;

    for (size_t i = 0; i < LEN(views); i++)
        size += view_at(&from, i)->n;
    h = malloc(size);
    if (h == NULL)
        return NULL;
    h->event = from;
    h->size = size;
    for (size_t i = 0; i < LEN(views); i++) {
        struct str *view = view_at(&h->event, i);

        if (view->n)
            memcpy(h->bytes + at, view->p, view->n);
        view->p = h->bytes + at;
        at += view->n;
    }
    return h;
}

static bool
before(const struct held *a, const struct held *b)
{
    int64_t x = a->event.when.span.low, y = b->event.when.span.low;

    return x < y || (x == y && a->number < b->number);
}

static void
swap(struct held **a, struct held **b)
{
    struct held *kept = *a;

    *a = *b;
    *b = kept;
}

enum status
shelf_add(struct shelf *s, const struct event *e)
{
    struct held *h = copy(e);
    size_t at = s->len;

    if (s->len == s->room) {
        size_t room = s->room ? 2 * s->room : 64;
        struct held **heap = realloc(s->heap, room * sizeof(struct held *));

        if (heap) {
            s->heap = heap;
            s->room = room;
        }
    }
    if (h == NULL || s->len == s->room) {
        free(h);
        return fail(ERR_SYSTEM, "no memory left");
    }
    h->number = s->added++;
    s->bytes += h->size;
    s->heap[s->len++] = h;
    for (; at > 0 && before(s->heap[at], s->heap[(at - 1) / 2]); at = (at - 1) / 2)
        swap(&s->heap[at], &s->heap[(at - 1) / 2]);
    return OK;
}

const struct event *
shelf_first(const struct shelf *s)
{
    return s->len ? &s->heap[0]->event : NULL;
}

void
shelf_drop(struct shelf *s)
{
    size_t at = 0;

    s->bytes -= s->heap[0]->size;
    free(s->heap[0]);
    s->heap[0] = s->heap[--s->len];
    for (;;) {
        size_t least = at, left = 2 * at + 1;

        if (left < s->len && before(s->heap[left], s->heap[least]))
            least = left;
        if (left + 1 < s->len && before(s->heap[left + 1], s->heap[least]))
            least = left + 1;
        if (least == at)
            return;
        swap(&s->heap[at], &s->heap[least]);
        at = least;
    }
}

bool
shelf_full(const struct shelf *s)
{
    return s->bytes > s->max;
}

void
shelf_done(struct shelf *s)
{
    for (size_t i = 0; i < s->len; i++)
        free(s->heap[i]);
    free(s->heap);
    *s = (struct shelf){ 0 };
}
