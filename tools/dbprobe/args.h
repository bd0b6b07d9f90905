/* SPDX-License-Identifier: MIT */
#pragma once
#include "cli/options.h"

/* What the user said: filled by the rows in main.c. */
struct args {
    const char *password, *targets, *behind, *role, *rotated, *candidate, *verifier, *current,
        *database, *variable, *wal, *waldump;
    int64_t timeout, every, length, before, wait, pause;
    unsigned parallel, count;
    bool silent, dry_run;
    struct option_list logs;
};
extern struct args args;

enum exit_code check_verb(int argc, char **argv);
enum exit_code watch_verb(int argc, char **argv);
enum exit_code rotated_verb(int argc, char **argv);
enum exit_code census_verb(int argc, char **argv);
enum exit_code verify_verb(int argc, char **argv);
enum exit_code drift_verb(int argc, char **argv);
enum exit_code beacon_verb(int argc, char **argv);
