/* SPDX-License-Identifier: MIT */
#include "base/strbuf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static bool
make_room(struct strbuf *b, size_t more)
{
    size_t max = b->max ? b->max : STRBUF_MAX;
    size_t room = b->room ? b->room : 64;
    char *p;

    if (b->over || more > max || b->n > max - more) {
        b->over = true;
        return false;
    }
    if (b->n + more < b->room)
        return true;
    while (room <= b->n + more)
        room *= 2;
    p = realloc(b->p, room);
    if (p == NULL) {
        b->over = true;
        return false;
    }
    b->p = p;
    b->room = room;
    return true;
}

void
strbuf_add(struct strbuf *b, struct str text)
{
    if (text.n == 0 || !make_room(b, text.n))
        return;
    memcpy(b->p + b->n, text.p, text.n);
    b->n += text.n;
    b->p[b->n] = '\0';
}

void
strbuf_addc(struct strbuf *b, char c)
{
    strbuf_add(b, (struct str){ &c, 1 });
}

void
strbuf_adds(struct strbuf *b, const char *text)
{
    strbuf_add(b, str_of(text));
}

void
strbuf_addf(struct strbuf *b, const char *fmt, ...)
{
    va_list ap;
    int n;

    va_start(ap, fmt);
    n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    if (n <= 0 || !make_room(b, (size_t)n))
        return;
    va_start(ap, fmt);
    vsnprintf(b->p + b->n, (size_t)n + 1, fmt, ap);
    va_end(ap);
    b->n += (size_t)n;
}

void
strbuf_fill(struct strbuf *b, char c, size_t n)
{
    if (n == 0 || !make_room(b, n))
        return;
    memset(b->p + b->n, c, n);
    b->n += n;
    b->p[b->n] = '\0';
}

struct str
strbuf_str(const struct strbuf *b)
{
    return (struct str){ b->p, b->n };
}

const char *
strbuf_text(const struct strbuf *b)
{
    return b->p ? b->p : "";
}

enum status
strbuf_check(const struct strbuf *b)
{
    return b->over ? fail(ERR_LIMIT, "more than %zu bytes, or no memory left for them",
                          b->max ? b->max : (size_t)STRBUF_MAX)
                   : OK;
}

char *
strbuf_take(struct strbuf *b)
{
    char *p = b->p;

    *b = (struct strbuf){ .max = b->max };
    return p;
}

void
strbuf_clear(struct strbuf *b)
{
    b->n = 0;
    b->over = false;
    if (b->p)
        b->p[0] = '\0';
}

void
strbuf_done(struct strbuf *b)
{
    free(strbuf_take(b));
}
