/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/digest.h"

/* TLS over a socket that does not block, as far as it can be looked at without trusting
 * anybody: no certificate is verified here, its facts are told. What is secret goes through
 * the libraries that verify (libpq, libcurl), never through this one. Every call does what
 * it can at once and says what it waits for. */
struct tls;

enum tls_want { TLS_DONE, TLS_WANT_READ, TLS_WANT_WRITE, TLS_CLOSED };

struct tls_facts {
    char version[16]; /* "TLSv1.3" */
    char cipher[64];
    int64_t not_before, not_after;  /* seconds since the epoch; both 0: no certificate */
    char subject[128], issuer[128]; /* RFC 2253, cut */
    struct sha256 certificate;      /* of its DER form */
};

/* A client on the connected `fd`, which stays the caller's. `name` (or NULL) goes into SNI. */
must_check enum status tls_open(struct tls **ret, int fd, const char *name);
void tls_close(struct tls *t);

/* ERR_PARSE with OpenSSL's reason if the other side's words are no TLS or not acceptable. */
must_check enum status tls_handshake(struct tls *t, enum tls_want *ret);
must_check enum status tls_read(struct tls *t, void *into, size_t room, size_t *ret_n,
                                enum tls_want *ret);
must_check enum status tls_write(struct tls *t, struct str bytes, size_t *ret_n,
                                 enum tls_want *ret);

/* Once the handshake is done. */
struct tls_facts tls_facts(const struct tls *t);
