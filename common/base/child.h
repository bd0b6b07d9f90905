/* SPDX-License-Identifier: MIT */
#pragma once
#include <sys/types.h>

#include "base/strbuf.h"

/* Someone else's program, run by argv: no shell ever sees a word of it. It dies with us. */

struct child_request {
    const char *const *argv; /* ends in NULL; argv[0] is looked for in $PATH */
    const char *const *env;  /* "NAME=value" beside our own, ends in NULL; NULL: none */
    struct str input;        /* what it reads on stdin; empty: nothing */
    bool merged;             /* stderr comes with stdout, as the program mixes them */
};

struct child {
    pid_t pid;
    int out, err; /* what it writes; err is -1 if merged */
};

/* ERR_SYSTEM if it cannot be started ("docker: No such file or directory"). The caller ends
 * it by child_stop(). */
must_check enum status child_start(struct child *ret, const struct child_request *q);

/* Waits `patience` ns for it to end by itself, then asks it to (TERM), then makes it (KILL).
 * Returns its exit status as a shell would show it: 0-255, 128 + signal. */
int child_stop(struct child *c, int64_t patience);

/* Runs it to its end. What it wrote is appended to `out` and `err` (NULL: thrown away) up to
 * their ceilings; all beyond is read and dropped, and strbuf_check() tells. ERR_LIMIT if it
 * ran longer than `timeout` ns: it was stopped. `*ret_exit` as child_stop() has it. */
must_check enum status child_run(const struct child_request *q, int64_t timeout,
                                 struct strbuf *out, struct strbuf *err, int *ret_exit);
