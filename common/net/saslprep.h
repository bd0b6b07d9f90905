/* SPDX-License-Identifier: MIT */
#pragma once
#include "net/secret.h"

/* SASLprep (RFC 4013) as PostgreSQL applies it to passwords on both sides of a SCRAM login:
 * what is plain ASCII stays as it is; what is no UTF-8, or holds or would hold what the RFC
 * prohibits, is used as its raw bytes. Like PostgreSQL, and unlike the RFC, the prohibited
 * characters are looked for before the normalization. */

enum saslprep {
    SASLPREP_DONE,       /* `ret` holds the prepared form */
    SASLPREP_INVALID,    /* no UTF-8: the raw bytes are the password */
    SASLPREP_PROHIBITED, /* prohibited, unassigned in Unicode 3.2, or against the bidi rules */
};

/* ERR_SYSTEM or ERR_LIMIT if there is no room; `ret` is only touched when it says DONE. */
must_check enum status saslprep_run(struct secret *ret, struct str password,
                                    enum saslprep *ret_how);

/* Code points from `low` to `high`, both included: a table is sorted. */
struct code_range {
    uint32_t low, high;
};
struct code_ranges {
    const struct code_range *ranges;
    size_t len;
};
extern const struct code_ranges saslprep_spaces, saslprep_nothing, saslprep_prohibited,
    saslprep_unassigned, saslprep_right, saslprep_left;
