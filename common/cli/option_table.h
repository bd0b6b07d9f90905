/* SPDX-License-Identifier: MIT */
#pragma once
#include "cli/options.h"

/* The rows that hold for one tool and one of its verbs, seen as one table: the common rows,
 * the tool's, the verb's. What options.c, help.c and completions.c share. */
struct option_table {
    struct option_rows parts[3];
};

extern const struct option_row common_rows[];
extern const size_t common_rows_len;

struct option_table option_table_of(const struct option_tool *tool,
                                    const struct option_verb *verb);

/* The row called `name` or lettered `letter`; NULL if there is none. */
const struct option_row *option_table_find(const struct option_table *t, struct str name,
                                           char letter);

/* The `i`th row of all; NULL past the end. */
const struct option_row *option_table_at(const struct option_table *t, size_t i);

/* Reads `text` into the row's place. ERR_USAGE: "--slack: '3x' is not a time ...". `text`
 * must live as long as the options. */
must_check enum status option_set(const struct option_row *row, const char *text);

void options_help(const struct option_tool *tool, const struct option_verb *verb);

/* bash, zsh or fish, from the same rows. ERR_USAGE for another word. */
must_check enum status options_completions(const struct option_tool *tool, const char *shell);
