/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/err.h"

/* The rules by which secrets are recognised in any text: what redact.c is built from. */

/* How a secret is spelled where it stands: undone before it is tagged, so that the same
 * secret has the same tag in a statement, a URL and a Secret object. */
enum spelling {
    SPELLED_PLAIN,
    SPELLED_SQL,     /* '' stands for ' */
    SPELLED_ESCAPED, /* backslash before a quote, a backslash or a blank */
    SPELLED_PERCENT, /* RFC 3986 */
    SPELLED_BASE64,
};

struct spot {
    const char *rule;
    size_t from, to;  /* what is replaced: the secret, and quotes that would tell its length */
    struct str inner; /* the secret itself, as spelled */
    enum spelling spelling;
};

/* Found so far in one text. Zeroed, it is empty. */
struct spots {
    struct spot *items;
    size_t len, room;
};

/* Forgets what ran out of memory or stands beyond SPOTS_MAX. */
enum { SPOTS_MAX = 1 << 16 };
void spots_add(struct spots *s, const struct spot *found);
void spots_done(struct spots *s);

/* One row = one kind of secret. */
struct spot_rule {
    const char *name;
    const char *triggers; /* lower case, parted by "|"; any case matches */
    /* A trigger of `length` bytes stands at `at`: adds what secrets it announces. */
    void (*find)(struct str text, size_t at, size_t length, const char *rule, struct spots *s);
    const char *sample; /* holds one secret of this kind */
};

extern const struct spot_rule spot_rules[];
extern const size_t spot_rules_len;

/* Rules that look at each line from its beginning, whatever stands in it. */
void spots_in_line(struct str text, struct str line, struct spots *s);

/* The base64 under `data` of a Kubernetes Secret, as YAML or JSON; "kind" stands at `at`. */
void spots_in_object(struct str text, size_t at, size_t length, const char *rule,
                     struct spots *s);

/* Values (spot_values.c) */

/* The line behind the newline at `newline` belongs to the same record: it is indented, as
 * servers do it, or blank. */
bool spot_goes_on(struct str text, size_t newline);

/* Already masked, or no value at all: ***, <redacted>, [FILTERED], null, our own tags. */
bool spot_is_blank(struct str value);

/* The string that begins at `at` with ', ", `, E', U&' or $tag$: where its content and where
 * it ends (an unterminated one at the end of its line). False if no string begins there. */
bool spot_quoted(struct str text, size_t at, struct spot *ret);

/* The value behind `key=`, `key: `, "key": " at `at`, just behind the key. */
bool spot_value(struct str text, size_t at, struct spot *ret);
