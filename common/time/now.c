/* SPDX-License-Identifier: MIT */
#include "time/now.h"

#include <time.h>

#include "time/span.h"

static struct {
    bool yes;
    int64_t instant;
} frozen;

static int64_t
read_clock(clockid_t which)
{
    struct timespec t;

    clock_gettime(which, &t);
    return SECONDS(t.tv_sec) + t.tv_nsec;
}

int64_t
now_real(void)
{
    return frozen.yes ? frozen.instant : read_clock(CLOCK_REALTIME);
}

int64_t
now_monotonic(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

void
now_freeze(int64_t instant)
{
    frozen.yes = true;
    frozen.instant = instant;
}
