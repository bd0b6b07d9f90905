/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/err.h"

/* Bytes that grow up to a ceiling. Zeroed but for `max`, it is empty and usable; a zero
 * `max` means STRBUF_MAX. `p` is owned, terminated, and NULL until the first byte.
 * Appending never fails at once: a buffer that met its ceiling or ran out of memory stays
 * as it was and remembers it, and strbuf_check() says so at the end. */
struct strbuf {
    char *p;
    size_t n;
    size_t room;
    size_t max;
    bool over;
};

enum {
    STRBUF_LINE = 1 << 20,    /* a line, a record, a message */
    STRBUF_MAX = 64 << 20,    /* an answer, a report */
};

void strbuf_add(struct strbuf *b, struct str text);
void strbuf_addc(struct strbuf *b, char c);
void strbuf_adds(struct strbuf *b, const char *text);
void strbuf_addf(struct strbuf *b, const char *fmt, ...) printf_like(2, 3);

/* The same byte `n` times. */
void strbuf_fill(struct strbuf *b, char c, size_t n);

/* What it holds; valid until the next call that appends. */
struct str strbuf_str(const struct strbuf *b);

/* The same, terminated; "" when empty. */
const char *strbuf_text(const struct strbuf *b);

/* OK, or ERR_LIMIT if anything was left out. */
must_check enum status strbuf_check(const struct strbuf *b);

/* Gives the bytes away (the caller frees) and leaves `b` empty. NULL if nothing was added. */
char *strbuf_take(struct strbuf *b);

void strbuf_clear(struct strbuf *b); /* empty again, memory kept */
void strbuf_done(struct strbuf *b);  /* memory freed */
