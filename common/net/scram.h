/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/digest.h"

/* SCRAM-SHA-256 (RFC 5802, RFC 7677) as PostgreSQL has it, as far as it goes without the
 * password: the first message of each side. */

enum { SCRAM_SALT_MAX = 64, SCRAM_NONCE_LEN = 24 };

struct scram_salt {
    uint8_t bytes[SCRAM_SALT_MAX];
    size_t n;
    uint32_t iterations;
};

/* "n,,n=,r=NONCE": no channel binding; PostgreSQL takes the role from the start-up. `ret`
 * has room for SCRAM_FIRST_LEN. ERR_SYSTEM without random bytes. */
enum { SCRAM_FIRST_LEN = 8 + SCRAM_NONCE_LEN + 1 };
must_check enum status scram_first(char ret[SCRAM_FIRST_LEN]);

/* Reads "r=NONCE...,s=BASE64,i=N", which must continue the nonce of `first`. */
bool scram_salt_read(struct str server_first, struct str first, struct scram_salt *ret);

static inline bool
scram_salt_eq(const struct scram_salt *a, const struct scram_salt *b)
{
    return a->n == b->n && a->iterations == b->iterations &&
           memcmp(a->bytes, b->bytes, a->n) == 0;
}

/* Eight hex digits that stand for a salt: SHA-256 of it, cut. */
void scram_salt_print(const struct scram_salt *s, char ret[9]);

/* Base64 (RFC 4648) with padding into at most `room` bytes; false if it is not that. */
bool base64_read(struct str text, uint8_t *ret, size_t room, size_t *ret_n);
