/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/strbuf.h"

/* As much of PostgreSQL's protocol as comes before a login (documentation: chapter "Frontend/
 * Backend Protocol", sections "Message Flow: Start-up", "Message Formats", "Error and Notice
 * Message Fields"). Pure bytes: nothing here opens a socket. */

/* StartupMessage: protocol 3.0, user, database and application_name. */
void pgwire_startup(struct strbuf *out, struct str user, struct str database, struct str name);

/* SSLRequest (80877103); the answer is one byte, S or N. */
void pgwire_ssl_request(struct strbuf *out);

/* SASLInitialResponse with a client-first-message. */
void pgwire_sasl_initial(struct strbuf *out, struct str mechanism, struct str first);

/* SASLResponse; with a zero byte behind its text it is a PasswordMessage. */
void pgwire_answer(struct strbuf *out, struct str text);

/* One message of the server: its type and what follows the length. A view into the bytes. */
struct pgwire_message {
    char type;
    struct str body;
};

enum pgwire_got {
    PGWIRE_MORE, /* a message begins, and is not all there */
    PGWIRE_MESSAGE,
    PGWIRE_FOREIGN, /* no server of PostgreSQL begins so */
};

/* Nothing a server says before a login is longer. */
enum { PGWIRE_MAX = 30000 };

/* The message that `bytes` begin with; `*ret_used` is how many of them it takes. */
enum pgwire_got pgwire_read(struct str bytes, struct pgwire_message *ret, size_t *ret_used);

/* What an Authentication message ('R') asks for. */
enum pgwire_auth {
    AUTH_OK = 0,
    AUTH_KERBEROS = 2,
    AUTH_CLEARTEXT = 3,
    AUTH_MD5 = 5,
    AUTH_GSS = 7,
    AUTH_SSPI = 9,
    AUTH_SASL = 10,
    AUTH_SASL_CONTINUE = 11,
    AUTH_SASL_FINAL = 12,
};

/* `*ret_data`: what follows the number (mechanisms, server-first-message). */
bool pgwire_auth_read(struct str body, enum pgwire_auth *ret, struct str *ret_data);

/* Whether an AuthenticationSASL's list names `mechanism`. */
bool pgwire_offers(struct str mechanisms, struct str mechanism);

/* "SCRAM-SHA-256", "md5", "trust": for people. */
const char *pgwire_auth_name(enum pgwire_auth auth);

/* ErrorResponse: views into the body, empty where the field is not there. */
struct pgwire_error {
    struct str severity; /* V, not translated, else S */
    struct str sqlstate, message, detail, hint, file, routine;
};

bool pgwire_error_read(struct str body, struct pgwire_error *ret);

/* Who answers so to a StartupMessage or SSLRequest, or speaks first: "HTTP", "SSH", "Redis",
 * "MySQL", "TLS", ... ; NULL if it may be PostgreSQL or is nobody known. */
const char *pgwire_stranger(struct str bytes);

/* A row of what strangers begin with; a test walks them. */
struct pgwire_stranger {
    const char *name;
    struct str begins; /* at `at` */
    size_t at;
    struct str sample; /* is recognised */
};
extern const struct pgwire_stranger pgwire_strangers[];
extern const size_t pgwire_strangers_len;
