/* SPDX-License-Identifier: MIT */
#pragma once
#include "sources/source.h"

/* A source that is someone's program. A row says how it is called; no shell sees it.
 *
 * In `argv`, {} is what stands after the scheme, {since} and {until} are the window's edges
 * (RFC 3339, UTC; {since@} and {until@}: @EPOCH). A word that holds an edge the user did not
 * set is left out, and so is the word before it if the edge is all there is ("--since",
 * "{since}"). `follow` is added when the log is to be followed. */
struct command {
    const char *scheme, *help;
    const char *argv[14];
    const char *follow;
};

extern const struct command commands[];
extern const size_t commands_len;

/* The words of the program in full, for `where`; the caller frees each and the array. NULL
 * if memory ran out. */
char **command_argv(const struct command *c, const char *where, const struct source_range *r);
void command_argv_free(char **argv);

must_check enum status command_open(struct source **ret, const struct command *c,
                                    const char *where, const struct source_range *r);
