/* SPDX-License-Identifier: MIT */
#pragma once
#include "net/pg.h"

/* The targets of a run: the words of the command line, the lines of --targets, or, without
 * either, what libpq takes from its environment. */
struct targets {
    struct pg_target *all;
    size_t len;
    struct secret password; /* of --password */
    bool has_password;
};

/* ERR_USAGE says which word or line is wrong. A password in the words of the command line is
 * refused, and wiped from them: other users of the machine can read it there. */
must_check enum status targets_read(struct targets *ret, int argc, char **argv);

/* The same of one conninfo that an option gave. */
must_check enum status targets_read_one(struct targets *ret, const char *conninfo);
void targets_done(struct targets *t);
