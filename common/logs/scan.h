/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/err.h"

/* Hundreds of literals looked for in gigabytes: which parts of a log have to be read at all.
 *
 * Each literal is filed under two neighbouring groups of four bytes of it, those that are the
 * rarest in a sample of this very log; every second position of the text is then asked
 * whether its four bytes are any literal's (one multiplication and one bit), and only there
 * are literals compared. */
struct scan;

enum { SCAN_LITERAL_MIN = 5, SCAN_LITERAL_MAX = 128 };

/* The views must outlive it. ERR_USAGE for a literal shorter or longer than that. */
must_check enum status scan_open(struct scan **ret, const struct str *literals, size_t n,
                                 struct str sample);
void scan_close(struct scan *s);

/* Where the first literal found in `text` at or after `from` begins; SIZE_MAX if none does.
 * "First" is by the place of its rare bytes: one that begins a little earlier may follow. */
size_t scan_find(const struct scan *s, struct str text, size_t from);

/* Newlines in `text`. */
uint64_t scan_newlines(struct str text);
