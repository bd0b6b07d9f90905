/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/err.h"

/* A value nobody may see: a password, a token, a header that authorises. It lives in pages of
 * its own that are locked in memory and left out of core dumps where the kernel allows it,
 * and is wiped when done. There is no way from here into a format string: what must be shown
 * of it is its fingerprint. Zeroed, it holds nothing. */
struct secret {
    char *p; /* owned, terminated; NULL: none */
    size_t n;
    size_t room; /* bytes of the pages */
};

enum { SECRET_MAX = 64 << 10, FINGERPRINT_LEN = 9 };

/* Keeps a copy of `bytes`; the caller wipes its own. What `s` held before is wiped. */
must_check enum status secret_set(struct secret *s, struct str bytes);

/* Reads it from where the user said, never from the words themselves:
 *   file:PATH   all of the file, without one last line end
 *   env:NAME    a variable of the environment
 *   fd:N        an open descriptor, to its end, without one last line end
 *   prompt:     asked for on the terminal, without echo
 * ERR_USAGE for other words (which are not repeated: they may be the secret itself),
 * ERR_SYSTEM with the reason if it cannot be had; `ret` is then as it was. */
must_check enum status secret_read(struct secret *ret, const char *spec);

/* The bytes, for the one call of a library that needs them; as long as `s` lives. */
struct str secret_reveal(const struct secret *s);

/* Whether both hold the same bytes, in a time that does not tell where they differ. */
bool secret_eq(const struct secret *a, const struct secret *b);

/* Eight hex digits of HMAC-SHA256 under the incident's own `key`: equal under one key where
 * the secret is equal, and no way back without the key. */
void secret_fingerprint(const struct secret *s, struct str key, char ret[FINGERPRINT_LEN]);

/* Wiped and given back. */
void secret_done(struct secret *s);

/* From here on this process leaves no core dump and other processes of the same user cannot
 * read its memory. Best effort: never fails. */
void secret_guard_process(void);
