/* SPDX-License-Identifier: MIT */
#pragma once
#include "cli/options.h"

/* What the user said: filled by the rows in main.c. */
struct args {
    const char *password, *targets;
    int64_t timeout;
    unsigned parallel;
    bool silent;
};
extern struct args args;

enum exit_code check_verb(int argc, char **argv);
