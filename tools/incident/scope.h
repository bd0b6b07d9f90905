/* SPDX-License-Identifier: MIT */
#pragma once
#include "cli/options.h"
#include "diagnose/findings.h"
#include "timeline/scratch.h"

/* `incident scope`: from logs, or from what is on the timeline already, to an answer. */

struct scope_args {
    struct option_list years;
    const char *pg_prefix;
};
extern struct scope_args scope_args;

enum exit_code scope_verb(int argc, char **argv);

/* What an answer makes of the exit code: 0 well, 1 failing, 3 not known. */
enum exit_code scope_exit(const struct findings *f);

/* What --since and --until allow; untouched if neither was said. */
must_check enum status scope_window(struct span *ret);

/* Reads the sources into the timeline. ERR_PARTIAL if one could be read only in part. */
must_check enum status scope_read(struct store *into, size_t n, const char *const *specs);
