/* SPDX-License-Identifier: MIT */
#pragma once
#include "net/scram.h"
#include "net/secret.h"

/* What PostgreSQL keeps instead of a password (pg_authid.rolpassword, a pooler's userlist), and
 * whether a candidate would be let in by it: worked out here, with no login and no log line. */

enum verifier_kind { VERIFIER_SCRAM, VERIFIER_MD5 };

struct verifier {
    enum verifier_kind kind;
    struct scram_salt salt; /* SCRAM alone, as what follows */
    struct sha256 stored_key, server_key;
    char md5[32]; /* md5 alone: the digits behind "md5" */
};

/* "SCRAM-SHA-256$4096:SALT$STOREDKEY:SERVERKEY" or "md5..."; false for anything else. */
bool verifier_read(struct str text, struct verifier *ret);

enum verifier_answer {
    VERIFIER_MATCHES,
    VERIFIER_DIFFERS,
    VERIFIER_UNDECIDED, /* `why` says what stands against a verdict */
};

/* The most iterations that are worked out: some ten seconds. */
enum { VERIFIER_ITERATIONS_MAX = 20 * 1000 * 1000 };

/* As a login of `role` with `candidate` would end. */
enum verifier_answer verifier_check(const struct verifier *v, struct str role,
                                    const struct secret *candidate, const char **ret_why);
