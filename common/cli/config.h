/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/arena.h"

/* A config file: [section] lines and `name = value` lines, # or ; before a comment; a line
 * that begins with a blank continues the value above (after a newline). A value may stand in
 * double quotes to keep its blanks. Read here and not by a library because an error must
 * name file:line:column, which the packaged INI readers do not tell. */
struct config_entry {
    const char *section; /* "" before the first [section]; "format nginx" for [format nginx] */
    const char *name, *value;
    unsigned line, column; /* of the name, from 1 */
};

struct config {
    struct arena memory;
    const char *path;
    struct config_entry *entries;
    size_t len;
};

/* ERR_SYSTEM if it cannot be read, ERR_USAGE with path:line:column for a line that is none. */
must_check enum status config_read(struct config *ret, const char *path);

/* fail(ERR_USAGE) with the place of an entry before the words. */
enum status config_fail(const struct config *c, const struct config_entry *e, const char *fmt,
                        ...) printf_like(3, 4);

void config_done(struct config *c);
