/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/err.h"
#include "time/span.h"

/* One row serves argv (--name, -n), the config file (name = ...), --help, the man page check
 * and the shell completions. */

enum option_type {
    OPT_FLAG,     /* bool */
    OPT_COUNT,    /* unsigned */
    OPT_TEXT,     /* const char * */
    OPT_LIST,     /* struct option_list: may be given more than once */
    OPT_DURATION, /* int64_t ns: 500ms, 3s, 5m, 2h, 1d */
    OPT_CHOICE,   /* const char *, one of `arg`'s words: "auto|always|never" */
};

struct option_list {
    const char **items;
    size_t len;
};

struct option_row {
    const char *name;
    char letter; /* 0: none */
    enum option_type type;
    void *into;
    const char *arg;       /* how --help calls the value */
    const char *otherwise; /* the default, as the user would write it; NULL: none */
    const char *help;
};

/* A verb of a tool: "dbprobe watch". The row with an empty name is the default. */
struct option_verb {
    const char *name;
    const char *args; /* "SOURCE..." */
    const char *help;
    const struct option_row *rows; /* beside the tool's own */
    size_t rows_len;
    enum exit_code (*run)(int argc, char **argv);
};

struct option_tool {
    const char *name;
    const char *help; /* one line */
    const struct option_verb *verbs;
    size_t verbs_len;
    const struct option_row *rows; /* of every verb */
    size_t rows_len;
    const char *const *examples; /* for --help, ending in NULL */
};

/* What every tool understands; filled before a verb runs. */
struct common_options {
    const char *timeline; /* -t, $INCIDENT_TIMELINE, or the opened incident; NULL: none */
    const char *since, *until, *now;
    struct option_list zones;
    bool json, quiet;
    const char *color;
    const char *config;
};
extern struct common_options common_options;

/* Reads the words, answers --help, --version and --completions itself, runs the verb.
 * Wrong words: one line on stderr that says which and why, EXIT_USAGE. */
enum exit_code options_main(const struct option_tool *tool, int argc, char **argv);

/* Prints what was kept by fail() as "TOOL: sentence" on stderr; returns its exit code. */
enum exit_code options_fail(const struct option_tool *tool, enum status st);
