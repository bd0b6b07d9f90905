/* SPDX-License-Identifier: MIT */
/* What a server on the port may send before a login, and what libpq may say of it. */
#include "net/pgerror.h"
#include "net/pgwire.h"
#include "net/scram.h"
#include "net/verifier.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct str text = { (const char *)bytes, n }, data;
    struct pgwire_message message;
    struct pg_refusal refusals[4];
    struct pgwire_error error;
    struct scram_salt salt;
    struct verifier v;
    enum pgwire_auth auth;
    size_t used;

    (void)pgwire_stranger(text);
    for (struct str rest = text; pgwire_read(rest, &message, &used) == PGWIRE_MESSAGE;) {
        (void)pgwire_error_read(message.body, &error);
        if (pgwire_auth_read(message.body, &auth, &data)) {
            (void)pgwire_auth_name(auth);
            (void)pgwire_offers(data, STR("SCRAM-SHA-256"));
            (void)scram_salt_read(data, STR("n,,n=,r=0123456789abcdef01234567"), &salt);
        }
        rest = str_skip(rest, used);
    }
    (void)pg_refusals_read(text, refusals, LEN(refusals));
    (void)scram_salt_read(text, STR("n,,n=,r=0"), &salt);
    (void)verifier_read(text, &v);
    return 0;
}
