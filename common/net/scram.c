/* SPDX-License-Identifier: MIT */
#include "net/scram.h"

#include <stdio.h>

static int
base64_digit(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* Four digits, of which the last `pad` are '='. */
static bool
base64_group(const char *p, size_t pad, uint8_t out[3])
{
    uint32_t bits = 0;

    for (size_t i = 0; i < 4; i++) {
        int digit = i < 4 - pad ? base64_digit(p[i]) : 0;

        if (digit < 0 || (i >= 4 - pad && p[i] != '='))
            return false;
        bits = bits << 6 | (uint32_t)digit;
    }
    out[0] = (uint8_t)(bits >> 16);
    out[1] = (uint8_t)(bits >> 8);
    out[2] = (uint8_t)bits;
    return true;
}

bool
base64_read(struct str text, uint8_t *ret, size_t room, size_t *ret_n)
{
    size_t n = 0;

    if (text.n % 4 != 0)
        return false;
    for (size_t i = 0; i < text.n; i += 4) {
        size_t pad = i + 4 < text.n ? 0 : (text.p[i + 2] == '=') + (text.p[i + 3] == '=');
        uint8_t group[3];

        if (!base64_group(text.p + i, pad, group) || n + 3 - pad > room)
            return false;
        memcpy(ret + n, group, 3 - pad);
        n += 3 - pad;
    }
    *ret_n = n;
    return true;
}

enum status
scram_first(char ret[SCRAM_FIRST_LEN])
{
    uint8_t random[SCRAM_NONCE_LEN / 2];
    char nonce[SCRAM_NONCE_LEN + 1];
    enum status st = random_bytes(random, sizeof(random));

    if (st != OK)
        return st;
    hex_print(nonce, random, sizeof(random));
    snprintf(ret, SCRAM_FIRST_LEN, "n,,n=,r=%s", nonce);
    return OK;
}

/* The value of the attribute that `*rest` must begin with. */
static bool
take_attribute(struct str *rest, char name, struct str *ret)
{
    struct str one = str_cut(rest, ',');

    if (one.n < 2 || one.p[0] != name || one.p[1] != '=')
        return false;
    *ret = str_skip(one, 2);
    return true;
}

bool
scram_salt_read(struct str server_first, struct str first, struct scram_salt *ret)
{
    struct str nonce, salt, iterations;
    struct str ours = str_skip(first, str_find(first, STR("r=")));
    struct scram_salt s = { 0 };
    uint64_t n;

    if (!take_attribute(&server_first, 'r', &nonce) ||
        !take_attribute(&server_first, 's', &salt) ||
        !take_attribute(&server_first, 'i', &iterations))
        return false;
    if (!str_starts(nonce, str_skip(ours, 2)) || !str_to_u64(iterations, &n) || n == 0 ||
        n > UINT32_MAX)
        return false;
    if (!base64_read(salt, s.bytes, sizeof(s.bytes), &s.n) || s.n == 0)
        return false;
    s.iterations = (uint32_t)n;
    *ret = s;
    return true;
}

void
scram_salt_print(const struct scram_salt *s, char ret[9])
{
    struct sha256 digest = sha256_of((struct str){ (const char *)s->bytes, s->n });

    hex_print(ret, digest.bytes, 4);
}
