/* SPDX-License-Identifier: MIT */
#include "time/span.h"

bool
span_meet(struct span a, struct span b, struct span *ret)
{
    struct span both = { MAX(a.low, b.low), MIN(a.high, b.high) };

    if (both.low > both.high)
        return false;
    *ret = both;
    return true;
}

enum order
span_order(struct span a, struct span b)
{
    if (a.high < b.low)
        return BEFORE;
    if (b.high < a.low)
        return AFTER;
    return UNSURE;
}
