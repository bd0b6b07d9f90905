/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/err.h"

/* A compiled PCRE2 pattern that hands out its named groups. Bytes, not characters: a log need
 * not be UTF-8. Bounded in time: a line that would take longer does not match. */
struct regex;

/* Anchored at the beginning. Groups are told by `names` (each once or, in alternatives,
 * more often); a group that is not in `names` is an error, ERR_USAGE with its place. */
must_check enum status regex_open(struct regex **ret, const char *pattern,
                                  const char *const *names, size_t names_len);
/* One that may match anywhere, for its own sake: its groups do not matter. */
must_check enum status regex_open_search(struct regex **ret, const char *pattern);
void regex_close(struct regex *r);

/* Sets ret[i] to the group names[i] where it took part. */
bool regex_match(struct regex *r, struct str text, struct str *ret, size_t len);
