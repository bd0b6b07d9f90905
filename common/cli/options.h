/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/strbuf.h"
#include "time/span.h"

/* One row serves argv (--name, -n), the config file (name = ...), --help, the man page check
 * and the shell completions. Precedence: argv, then the file of --config, then the default
 * file ($XDG_CONFIG_HOME/rotascope/config), then what the row says. */

enum option_type {
    OPT_FLAG,     /* bool; --name=no takes it back */
    OPT_COUNT,    /* unsigned */
    OPT_TEXT,     /* const char * */
    OPT_LIST,     /* struct option_list: may be given more than once */
    OPT_DURATION, /* int64_t ns: 500ms, 3s, 1.5m, 2h, 1d */
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
    const char *arg;       /* how --help calls the value; NULL for a flag */
    const char *otherwise; /* the default, as the user would write it; NULL: none */
    const char *help;
};

struct option_rows {
    const struct option_row *rows;
    size_t len;
};
#define OPTION_ROWS(table)                                                                     \
    {                                                                                          \
        (table), LEN(table)                                                                    \
    }

/* A verb of a tool: "dbprobe watch". A row with an empty name is what runs without one. */
struct option_verb {
    const char *name;
    const char *args; /* "SOURCE..." ; "" for none: then words are refused */
    const char *help;
    struct option_rows options; /* beside the tool's own */
    /* `argv` holds the words that are left, ending in NULL. */
    enum exit_code (*run)(int argc, char **argv);
};

struct option_tool {
    const char *name;
    const char *help; /* one line */
    const struct option_verb *verbs;
    size_t verbs_len;
    struct option_rows options;  /* of every verb */
    const char *const *examples; /* for --help, ending in NULL; or NULL */
};

/* What every tool understands; filled before a verb runs. */
struct common_options {
    const char *timeline; /* -t, $INCIDENT_TIMELINE, or the opened incident; NULL: none */
    const char *since, *until, *now;
    struct option_list zones;
    bool json, quiet;
    const char *color; /* auto, always, never */
    const char *config;
};
extern struct common_options common_options;

/* Reads the words and the config file, answers --help, --version and --completions itself,
 * freezes the clock for --now, runs the verb. Wrong words: one line on stderr that says
 * which and why, and EXIT_USAGE. */
enum exit_code options_main(const struct option_tool *tool, int argc, char **argv);

/* Prints what fail() kept as "TOOL: sentence" on stderr; returns the exit code of `st`.
 * Usable by a verb as: return options_fail(st); */
enum exit_code options_fail(enum status st);

/* A sentence for the user on stderr, "TOOL: ..."; nothing under --quiet. */
void options_say(const char *fmt, ...) printf_like(1, 2);

/* "1.5s" -> 1500000000. ERR_USAGE says what is wrong. */
must_check enum status option_duration(const char *text, int64_t *ret);

/* Where `incident open` keeps the path of the opened incident; ERR_SYSTEM without a home. */
must_check enum status options_state_file(struct strbuf *ret);
