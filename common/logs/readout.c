/* SPDX-License-Identifier: MIT */
#include <stddef.h>

#include "logs/format.h"

/* Every view of the parts, by its place in the struct. */
static const size_t views[] = {
    offsetof(struct parts, level),
    offsetof(struct parts, pid),
    offsetof(struct parts, role),
    offsetof(struct parts, database),
    offsetof(struct parts, client),
    offsetof(struct parts, sqlstate),
    offsetof(struct parts, route),
    offsetof(struct parts, request),
    offsetof(struct parts, host),
    offsetof(struct parts, session),
    offsetof(struct parts, started),
    offsetof(struct parts, stream),
    offsetof(struct parts, stamp) + offsetof(struct stamp, zone),
};

static struct str *
view_of(struct readout *rd, size_t i)
{
    return (struct str *)(void *)((char *)&rd->parts + views[i]);
}

static void
move(struct str *view, struct strbuf *memory)
{
    size_t at = memory->n;

    strbuf_add(memory, *view);
    *view = memory->n > at ? (struct str){ memory->p + at, view->n } : STR("");
}

void
readout_keep(struct readout *ret, const struct readout *rd, struct strbuf *memory)
{
    size_t total = rd->outer.zone.n + 1;

    *ret = *rd;
    for (size_t i = 0; i < LEN(views); i++)
        total += view_of(ret, i)->n;
    /* Room for all at once: views into it must not move. */
    strbuf_clear(memory);
    strbuf_fill(memory, ' ', total);
    strbuf_clear(memory);
    for (size_t i = 0; i < LEN(views); i++)
        move(view_of(ret, i), memory);
    move(&ret->outer.zone, memory);
    ret->parts.text = ret->parts.inner = ret->inner = STR("");
}
