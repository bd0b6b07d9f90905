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

/* RFC 8018 with HMAC-SHA-256, one block: what SCRAM calls the salted password. */
struct sha256 pbkdf2_sha256(struct str password, struct str salt, uint32_t iterations);

/* RFC 1321, in hex, over two pieces: the server's old way to keep passwords. False where the
 * system forbids MD5. */
enum { MD5_HEX = 33 };
bool md5_hex_of(struct str first, struct str second, char ret[MD5_HEX]);
