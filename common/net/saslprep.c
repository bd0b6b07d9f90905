/* SPDX-License-Identifier: MIT */
#include "net/saslprep.h"

#include <stdlib.h>

#include <utf8proc.h>

#include "base/utf8.h"

static bool
in(uint32_t code, const struct code_ranges *table)
{
    size_t low = 0, high = table->len;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (code > table->ranges[middle].high)
            low = middle + 1;
        else if (code < table->ranges[middle].low)
            high = middle;
        else
            return true;
    }
    return false;
}

static bool
is_ascii(struct str text)
{
    for (size_t i = 0; i < text.n; i++)
        if ((unsigned char)text.p[i] >= 0x80)
            return false;
    return true;
}

/* Code points after mapping (RFC 3454, step 1), or false if it is no UTF-8. U+200B stands in
 * both tables: PostgreSQL makes it a blank. */
static bool
map(struct str text, uint32_t *codes, size_t *ret_n)
{
    size_t n = 0;

    while (text.n > 0) {
        size_t length = utf8_length(text);
        uint32_t code;

        if (length == 0)
            return false;
        code = utf8_point(text);
        if (in(code, &saslprep_spaces))
            codes[n++] = ' ';
        else if (!in(code, &saslprep_nothing))
            codes[n++] = code;
        text = str_skip(text, length);
    }
    *ret_n = n;
    return true;
}

/* Steps 3 and 4: what is prohibited, and the rules of bidirectional text. */
static bool
allowed(const uint32_t *codes, size_t n)
{
    bool right = false, left = false;

    for (size_t i = 0; i < n; i++) {
        if (in(codes[i], &saslprep_prohibited) || in(codes[i], &saslprep_unassigned))
            return false;
        right |= in(codes[i], &saslprep_right);
        left |= in(codes[i], &saslprep_left);
    }
    if (n == 0 || !right)
        return n > 0;
    return !left && in(codes[0], &saslprep_right) && in(codes[n - 1], &saslprep_right);
}

/* Code points as UTF-8. */
static enum status
encode(struct secret *ret, const utf8proc_int32_t *codes, size_t n)
{
    AUTO(secret) room = { 0 };
    size_t at = 0;
    /* Four bytes each is as much as it can take: the copy is only there to make room. */
    enum status st = secret_set(&room, (struct str){ (const char *)codes, n * sizeof(*codes) });

    for (size_t i = 0; st == OK && i < n; i++)
        at += (size_t)utf8proc_encode_char(codes[i], (utf8proc_uint8_t *)room.p + at);
    return st == OK ? secret_set(ret, (struct str){ room.p, at }) : st;
}

/* Step 2, NFKC. */
static enum status
normalize(struct secret *ret, const struct secret *text)
{
    const utf8proc_option_t how = UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT;
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)text->p;
    utf8proc_ssize_t n = utf8proc_decompose(bytes, (utf8proc_ssize_t)text->n, NULL, 0, how);
    utf8proc_int32_t *codes = n >= 0 ? calloc((size_t)n + 1, sizeof(*codes)) : NULL;
    enum status st;

    if (!codes)
        return fail(ERR_SYSTEM, "the password cannot be normalized");
    utf8proc_decompose(bytes, (utf8proc_ssize_t)text->n, codes, n, how);
    st = encode(ret, codes, (size_t)utf8proc_normalize_utf32(codes, n, how));
    explicit_bzero(codes, ((size_t)n + 1) * sizeof(*codes));
    free(codes);
    return st;
}

enum status
saslprep_run(struct secret *ret, struct str password, enum saslprep *ret_how)
{
    uint32_t *codes;
    size_t n = 0;
    enum status st = OK;

    if (is_ascii(password)) {
        *ret_how = SASLPREP_DONE;
        return secret_set(ret, password);
    }
    codes = calloc(password.n + 1, sizeof(*codes));
    if (!codes)
        return fail(ERR_SYSTEM, "no memory to prepare a password");
    if (!map(password, codes, &n)) {
        *ret_how = SASLPREP_INVALID;
    } else if (!allowed(codes, n)) {
        *ret_how = SASLPREP_PROHIBITED;
    } else {
        AUTO(secret) mapped = { 0 };

        *ret_how = SASLPREP_DONE;
        st = encode(&mapped, (const utf8proc_int32_t *)codes, n);
        if (st == OK)
            st = normalize(ret, &mapped);
    }
    explicit_bzero(codes, (password.n + 1) * sizeof(*codes));
    free(codes);
    return st;
}
