/* SPDX-License-Identifier: MIT */
#pragma once
#include "observe/reader.h"

/* The timeline of -t; NULL where none was given. */
must_check enum status wanted_timeline(struct store **ret);

/* The user's words as a request. `specs` ends in NULL; `timeline` may be NULL. ERR_USAGE for
 * a class or a time that is none, and where there is nothing to read. */
must_check enum status wanted_request(struct reader_request *ret, int argc, char **specs,
                                      struct store *timeline);

/* What was read, on stderr: lines, zones, what was not understood, what is missing. Returns
 * whether the answer is complete: all was read, and (with --strict) nothing was guessed. */
bool wanted_sum_up(struct reader *r);
