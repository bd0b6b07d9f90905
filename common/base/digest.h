/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/err.h"

/* The only file that includes OpenSSL is digest.c. */

enum { SHA256_LEN = 32 };

struct sha256 {
    uint8_t bytes[SHA256_LEN];
};

/* FIPS 180-4. */
struct sha256 sha256_of(struct str bytes);

/* RFC 2104. */
struct sha256 hmac_sha256(struct str key, struct str bytes);

/* Lower-case hex, terminated, of the first `n` bytes; `ret` has room for 2 n + 1. */
void hex_print(char *ret, const uint8_t *bytes, size_t n);

/* Bytes nobody can guess. ERR_SYSTEM if the kernel has none. */
must_check enum status random_bytes(void *ret, size_t n);
