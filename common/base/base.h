/* SPDX-License-Identifier: MIT */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The words every file may use: attributes, views, and locals that free themselves. */

#define must_check      __attribute__((warn_unused_result))
#define printf_like(f, a) __attribute__((format(printf, f, a)))

#define LEN(array) (sizeof(array) / sizeof((array)[0]))
#define MIN(a, b)  ((a) < (b) ? (a) : (b))
#define MAX(a, b)  ((a) > (b) ? (a) : (b))

/* AUTO(strbuf) out = {0};  calls strbuf_done(&out) at the end of the block. */
#define AUTO(noun) __attribute__((cleanup(noun##_done))) struct noun

/* A view: someone else's bytes, never freed through it, not terminated.
 * An empty view may have a NULL `p`: compare and copy only by the functions below. */
struct str {
    const char *p;
    size_t n;
};

#define STR(literal)  ((struct str){ "" literal, sizeof(literal) - 1 })
#define STR_FMT       "%.*s"
#define STR_ARG(view) (int)(view).n, (view).n ? (view).p : ""

/* A view of a terminated string; of NULL, the empty view. */
static inline struct str
str_of(const char *text)
{
    return text ? (struct str){ text, strlen(text) } : (struct str){ NULL, 0 };
}

static inline bool
str_eq(struct str a, struct str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool
str_starts(struct str text, struct str with)
{
    return text.n >= with.n && str_eq((struct str){ text.p, with.n }, with);
}

static inline bool
str_ends(struct str text, struct str with)
{
    return text.n >= with.n && str_eq((struct str){ text.p + (text.n - with.n), with.n }, with);
}

/* What is left of `text` after its first `n` bytes (or nothing). */
static inline struct str
str_skip(struct str text, size_t n)
{
    n = MIN(n, text.n);
    return (struct str){ text.p ? text.p + n : NULL, text.n - n };
}

/* The first `n` bytes of `text`, or all of it. */
static inline struct str
str_head(struct str text, size_t n)
{
    return (struct str){ text.p, MIN(n, text.n) };
}

/* Where `needle` stands in `text`: its index, or SIZE_MAX. */
static inline size_t
str_find(struct str text, struct str needle)
{
    const char *at = text.n ? memmem(text.p, text.n, needle.p, needle.n) : NULL;

    return at ? (size_t)(at - text.p) : SIZE_MAX;
}

static inline size_t
str_find_byte(struct str text, char byte)
{
    const char *at = text.n ? memchr(text.p, byte, text.n) : NULL;

    return at ? (size_t)(at - text.p) : SIZE_MAX;
}

/* Without the blanks (space, tab, CR, LF) at both ends. */
struct str str_trim(struct str text);

/* Cuts `*rest` at the first `byte`: returns what stands before it and leaves what follows.
 * Without one, returns all and leaves nothing. */
struct str str_cut(struct str *rest, char byte);

/* The whole of `text` as a decimal number; false, `*ret` untouched, for anything else. */
bool str_to_u64(struct str text, uint64_t *ret);
