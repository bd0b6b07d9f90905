/* SPDX-License-Identifier: MIT */
#pragma once
#include <stdio.h>

/* Test Anything Protocol, in full. A check's words say what a user gets. */
static int tap_count, tap_failed;

#define ok(cond, ...)                                                                          \
    do {                                                                                       \
        int yes_ = (cond) ? 1 : 0;                                                             \
        printf("%sok %d - ", yes_ ? "" : "not ", ++tap_count);                                 \
        printf(__VA_ARGS__);                                                                   \
        printf("\n");                                                                          \
        if (!yes_) {                                                                           \
            printf("# %s:%d: %s\n", __FILE__, __LINE__, #cond);                                \
            tap_failed++;                                                                      \
        }                                                                                      \
    } while (0)

#define done_testing() (printf("1..%d\n", tap_count), tap_failed != 0)
