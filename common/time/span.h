/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/err.h"

/* What a time is worth. An instant is nanoseconds since 1970-01-01T00:00:00Z, leap seconds
 * not counted; it is known as a span: it lies in [low, high], both ends included. A span
 * serves an offset between two clocks as well (nanoseconds, theirs minus ours). */
struct span {
    int64_t low, high;
};

#define NS_PER_S   INT64_C(1000000000)
#define MS(n)      ((int64_t)(n) * 1000000)
#define SECONDS(n) ((int64_t)(n) * NS_PER_S)

enum order { BEFORE, AFTER, UNSURE };

static inline struct span
span_at(int64_t instant)
{
    return (struct span){ instant, instant };
}

static inline int64_t
span_mid(struct span s)
{
    return s.low + (s.high - s.low) / 2;
}

static inline int64_t
span_width(struct span s)
{
    return s.high - s.low;
}

/* `s` moved by an offset that is itself only known as a span. */
static inline struct span
span_add(struct span s, struct span offset)
{
    return (struct span){ s.low + offset.low, s.high + offset.high };
}

/* The offset seen from the other side. */
static inline struct span
span_negate(struct span s)
{
    return (struct span){ -s.high, -s.low };
}

/* The smallest span that holds both. */
static inline struct span
span_join(struct span a, struct span b)
{
    return (struct span){ MIN(a.low, b.low), MAX(a.high, b.high) };
}

/* What both allow; false, `*ret` untouched, if they cannot agree. */
bool span_meet(struct span a, struct span b, struct span *ret);

/* "A before B" is only said where the spans do not overlap. */
enum order span_order(struct span a, struct span b);
