/* SPDX-License-Identifier: MIT */
#pragma once
#include "cli/options.h"

/* What the user said. */
struct args {
    bool all, follow, unread, strict, reveal, full;
    struct option_list classes;
    struct option_list years;
    const char *pcre;
    const char *pg_prefix;
};
extern struct args args;

/* The verbs; exit codes as man logcorr(1) has them. */
enum exit_code search_verb(int argc, char **argv);
enum exit_code sources_verb(int argc, char **argv);
enum exit_code explain_verb(int argc, char **argv);
enum exit_code clean_verb(int argc, char **argv);
enum exit_code clock_verb(int argc, char **argv);
enum exit_code leaks_verb(int argc, char **argv);
