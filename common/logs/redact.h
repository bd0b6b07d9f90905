/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/strbuf.h"

/* Secrets leave no log line: password literals in role statements (malformed ones too), DSNs,
 * PGPASSWORD=, SCRAM and md5 verifiers, bearer and cloud tokens, JWTs, Secret base64. Each
 * becomes ‹secret 7f3a›, the tag being HMAC-SHA256 of the secret under `key`: equal secrets,
 * equal tags, and no way back. */
struct redactor;

must_check enum status redactor_open(struct redactor **ret, struct str key);
void redactor_close(struct redactor *r);

/* Appends `text` without its secrets; returns how many there were. */
size_t redactor_apply(struct redactor *r, struct str text, struct strbuf *out);

/* Where secrets stand, for `logcorr leaks`: what rule, where; never the secret. */
struct leak {
    const char *rule; /* "alter-role-password", "dsn", ... */
    size_t at, length;
    char tag[5];
};
size_t redactor_find(struct redactor *r, struct str text, struct leak *ret, size_t max);
