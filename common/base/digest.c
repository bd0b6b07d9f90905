/* SPDX-License-Identifier: MIT */
#include "base/digest.h"

#include <stdlib.h>

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

/* Neither can fail for SHA-256 with a provider at hand; without one nothing that follows
 * could be trusted, so that is no error to carry on from. */
struct sha256
sha256_of(struct str bytes)
{
    struct sha256 ret;

    if (EVP_Digest(bytes.n ? bytes.p : "", bytes.n, ret.bytes, NULL, EVP_sha256(), NULL) != 1)
        abort();
    return ret;
}

struct sha256
hmac_sha256(struct str key, struct str bytes)
{
    struct sha256 ret;
    const char *text = bytes.n ? bytes.p : "";

    if (HMAC(EVP_sha256(), key.n ? key.p : "", (int)key.n, (const unsigned char *)text, bytes.n,
             ret.bytes, NULL) == NULL)
        abort();
    return ret;
}

void
hex_print(char *ret, const uint8_t *bytes, size_t n)
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < n; i++) {
        ret[2 * i] = digits[bytes[i] >> 4];
        ret[2 * i + 1] = digits[bytes[i] & 15];
    }
    ret[2 * n] = '\0';
}

enum status
random_bytes(void *ret, size_t n)
{
    if (RAND_bytes(ret, (int)n) != 1)
        return fail(ERR_SYSTEM, "no random bytes to be had");
    return OK;
}

struct sha256
pbkdf2_sha256(struct str password, struct str salt, uint32_t iterations)
{
    struct sha256 ret;
    const char *text = password.n ? password.p : "";

    if (PKCS5_PBKDF2_HMAC(text, (int)password.n, (const unsigned char *)salt.p, (int)salt.n,
                          (int)iterations, EVP_sha256(), sizeof(ret.bytes), ret.bytes) != 1)
        abort();
    return ret;
}

bool
md5_hex_of(struct str first, struct str second, char ret[MD5_HEX])
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    unsigned char digest[EVP_MAX_MD_SIZE];
    bool done = context && EVP_DigestInit_ex(context, EVP_md5(), NULL) == 1 &&
                EVP_DigestUpdate(context, first.n ? first.p : "", first.n) == 1 &&
                EVP_DigestUpdate(context, second.n ? second.p : "", second.n) == 1 &&
                EVP_DigestFinal_ex(context, digest, NULL) == 1;

    EVP_MD_CTX_free(context);
    if (done)
        hex_print(ret, digest, (MD5_HEX - 1) / 2);
    return done;
}
