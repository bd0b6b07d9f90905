/* SPDX-License-Identifier: MIT */
#include "base/tls.h"

#include <stdlib.h>

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

struct tls {
    SSL_CTX *context;
    SSL *ssl;
};

static enum status
fail_tls(const char *what)
{
    unsigned long code = ERR_get_error();
    const char *why = code ? ERR_reason_error_string(code) : NULL;

    ERR_clear_error();
    return fail(ERR_PARSE, "%s: %s", what, why ? why : "the other side broke it off");
}

enum status
tls_open(struct tls **ret, int fd, const char *name)
{
    struct tls *t = calloc(1, sizeof(*t));

    if (!t)
        return fail(ERR_SYSTEM, "no memory for TLS");
    ERR_clear_error();
    t->context = SSL_CTX_new(TLS_client_method());
    t->ssl = t->context ? SSL_new(t->context) : NULL;
    if (!t->ssl || SSL_set_fd(t->ssl, fd) != 1) {
        tls_close(t);
        return fail(ERR_SYSTEM, "TLS cannot be started");
    }
    SSL_set_verify(t->ssl, SSL_VERIFY_NONE, NULL);
    if (name && *name)
        SSL_set_tlsext_host_name(t->ssl, name);
    *ret = t;
    return OK;
}

void
tls_close(struct tls *t)
{
    if (!t)
        return;
    /* Without a word of goodbye a server logs a broken connection. */
    if (t->ssl && SSL_is_init_finished(t->ssl))
        (void)SSL_shutdown(t->ssl);
    ERR_clear_error();
    SSL_free(t->ssl);
    SSL_CTX_free(t->context);
    free(t);
}

/* What became of a call of OpenSSL that gave `got`. */
static enum status
outcome(struct tls *t, int got, const char *what, enum tls_want *ret)
{
    if (got > 0) {
        *ret = TLS_DONE;
        return OK;
    }
    switch (SSL_get_error(t->ssl, got)) {
    case SSL_ERROR_WANT_READ:
        *ret = TLS_WANT_READ;
        return OK;
    case SSL_ERROR_WANT_WRITE:
        *ret = TLS_WANT_WRITE;
        return OK;
    case SSL_ERROR_ZERO_RETURN:
        *ret = TLS_CLOSED;
        return OK;
    default:
        return fail_tls(what);
    }
}

enum status
tls_handshake(struct tls *t, enum tls_want *ret)
{
    ERR_clear_error();
    return outcome(t, SSL_connect(t->ssl), "TLS handshake", ret);
}

enum status
tls_read(struct tls *t, void *into, size_t room, size_t *ret_n, enum tls_want *ret)
{
    size_t n = 0;
    int got;
    enum status st;

    ERR_clear_error();
    got = SSL_read_ex(t->ssl, into, room, &n);
    st = outcome(t, got, "TLS", ret);
    if (st == OK)
        *ret_n = n;
    return st;
}

enum status
tls_write(struct tls *t, struct str bytes, size_t *ret_n, enum tls_want *ret)
{
    size_t n = 0;
    int got;
    enum status st;

    ERR_clear_error();
    got = SSL_write_ex(t->ssl, bytes.p, bytes.n, &n);
    st = outcome(t, got, "TLS", ret);
    if (st == OK)
        *ret_n = n;
    return st;
}

static int64_t
seconds_of(const ASN1_TIME *when)
{
    ASN1_TIME *epoch = ASN1_TIME_set(NULL, 0);
    int days = 0, seconds = 0;

    if (!epoch || ASN1_TIME_diff(&days, &seconds, epoch, when) != 1)
        days = seconds = 0;
    ASN1_TIME_free(epoch);
    return (int64_t)days * 86400 + seconds;
}

static void
print_name(char *ret, size_t room, X509_NAME *name)
{
    BIO *out = BIO_new(BIO_s_mem());
    int n = 0;

    if (out && X509_NAME_print_ex(out, name, 0, XN_FLAG_RFC2253) >= 0)
        n = BIO_read(out, ret, (int)room - 1);
    ret[MAX(n, 0)] = '\0';
    BIO_free(out);
}

static void
read_certificate(struct tls_facts *facts, X509 *certificate)
{
    unsigned char *der = NULL;
    int n = i2d_X509(certificate, &der);

    facts->not_before = seconds_of(X509_get0_notBefore(certificate));
    facts->not_after = seconds_of(X509_get0_notAfter(certificate));
    print_name(facts->subject, sizeof(facts->subject), X509_get_subject_name(certificate));
    print_name(facts->issuer, sizeof(facts->issuer), X509_get_issuer_name(certificate));
    if (n > 0)
        facts->certificate = sha256_of((struct str){ (const char *)der, (size_t)n });
    OPENSSL_free(der);
}

static void
copy_word(char *ret, size_t room, const char *word)
{
    size_t n = MIN(strlen(word), room - 1);

    memcpy(ret, word, n);
    ret[n] = '\0';
}

struct tls_facts
tls_facts(const struct tls *t)
{
    struct tls_facts facts = { 0 };
    X509 *certificate = SSL_get1_peer_certificate(t->ssl);

    copy_word(facts.version, sizeof(facts.version), SSL_get_version(t->ssl));
    copy_word(facts.cipher, sizeof(facts.cipher), SSL_get_cipher_name(t->ssl));
    if (certificate)
        read_certificate(&facts, certificate);
    X509_free(certificate);
    return facts;
}
