/* SPDX-License-Identifier: MIT */
#include "net/verifier.h"

#include "net/saslprep.h"

static bool
read_key(struct str text, struct sha256 *ret)
{
    size_t n = 0;

    return base64_read(text, ret->bytes, sizeof(ret->bytes), &n) && n == sizeof(ret->bytes);
}

static bool
read_scram(struct str text, struct verifier *ret)
{
    struct verifier v = { .kind = VERIFIER_SCRAM };
    struct str iterations = str_cut(&text, ':'), salt = str_cut(&text, '$'),
               stored = str_cut(&text, ':');
    uint64_t n;

    if (!str_to_u64(iterations, &n) || n == 0 || n > INT32_MAX || salt.n == 0 ||
        !base64_read(salt, v.salt.bytes, sizeof(v.salt.bytes), &v.salt.n) ||
        !read_key(stored, &v.stored_key) || !read_key(text, &v.server_key))
        return false;
    v.salt.iterations = (uint32_t)n;
    *ret = v;
    return true;
}

static bool
read_md5(struct str digits, struct verifier *ret)
{
    if (digits.n != sizeof(ret->md5))
        return false;
    for (size_t i = 0; i < digits.n; i++)
        if (!strchr("0123456789abcdef", digits.p[i]) || digits.p[i] == '\0')
            return false;
    *ret = (struct verifier){ .kind = VERIFIER_MD5 };
    memcpy(ret->md5, digits.p, digits.n);
    return true;
}

bool
verifier_read(struct str text, struct verifier *ret)
{
    static const struct str scram = { "SCRAM-SHA-256$", 14 }, md5 = { "md5", 3 };

    if (str_starts(text, scram))
        return read_scram(str_skip(text, scram.n), ret);
    return str_starts(text, md5) && read_md5(str_skip(text, md5.n), ret);
}

/* Both sides fall back to the raw bytes where SASLprep has no form for them. */
static enum verifier_answer
check_scram(const struct verifier *v, const struct secret *candidate, const char **ret_why)
{
    AUTO(secret) prepared = { 0 };
    struct str salt = { (const char *)v->salt.bytes, v->salt.n };
    struct sha256 salted, client, stored, server;
    enum saslprep how;
    bool stored_fits, server_fits;

    if (v->salt.iterations > VERIFIER_ITERATIONS_MAX) {
        *ret_why = "so many iterations would take too long";
        return VERIFIER_UNDECIDED;
    }
    if (saslprep_run(&prepared, secret_reveal(candidate), &how) != OK) {
        *ret_why = "the candidate could not be prepared (SASLprep)";
        return VERIFIER_UNDECIDED;
    }
    salted = pbkdf2_sha256(secret_reveal(how == SASLPREP_DONE ? &prepared : candidate), salt,
                           v->salt.iterations);
    client = hmac_sha256((struct str){ (char *)salted.bytes, SHA256_LEN }, STR("Client Key"));
    server = hmac_sha256((struct str){ (char *)salted.bytes, SHA256_LEN }, STR("Server Key"));
    stored = sha256_of((struct str){ (char *)client.bytes, SHA256_LEN });
    explicit_bzero(&salted, sizeof(salted));
    explicit_bzero(&client, sizeof(client));
    stored_fits = memcmp(stored.bytes, v->stored_key.bytes, SHA256_LEN) == 0;
    server_fits = memcmp(server.bytes, v->server_key.bytes, SHA256_LEN) == 0;
    explicit_bzero(&server, sizeof(server));
    if (stored_fits == server_fits)
        return stored_fits ? VERIFIER_MATCHES : VERIFIER_DIFFERS;
    *ret_why = "the verifier is damaged: its two keys are not of one password";
    return VERIFIER_UNDECIDED;
}

static enum verifier_answer
check_md5(const struct verifier *v, struct str role, const struct secret *candidate,
          const char **ret_why)
{
    char hex[MD5_HEX];
    bool fits;

    if (!md5_hex_of(secret_reveal(candidate), role, hex)) {
        *ret_why = "this system forbids MD5";
        return VERIFIER_UNDECIDED;
    }
    fits = memcmp(hex, v->md5, sizeof(v->md5)) == 0;
    explicit_bzero(hex, sizeof(hex));
    return fits ? VERIFIER_MATCHES : VERIFIER_DIFFERS;
}

enum verifier_answer
verifier_check(const struct verifier *v, struct str role, const struct secret *candidate,
               const char **ret_why)
{
    struct str text = secret_reveal(candidate);

    *ret_why = "";
    if (text.n == 0 || str_find_byte(text, '\0') != SIZE_MAX) {
        *ret_why = text.n == 0 ? "an empty password is never accepted"
                               : "no client can send a password with a zero byte";
        return text.n == 0 ? VERIFIER_DIFFERS : VERIFIER_UNDECIDED;
    }
    if (v->kind == VERIFIER_SCRAM)
        return check_scram(v, candidate, ret_why);
    if (role.n == 0) {
        *ret_why = "an md5 secret is salted with the role's name: --role says it";
        return VERIFIER_UNDECIDED;
    }
    return check_md5(v, role, candidate, ret_why);
}
