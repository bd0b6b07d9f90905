/* SPDX-License-Identifier: MIT */
#include "logs/pattern.h"

/* Appendix A of the PostgreSQL documentation; what a FATAL with this state means where its
 * text is not understood. 28000 has several causes: the usual one is taken. */
static const struct {
    const char *state;
    enum kind kind;
} states[] = {
    { "28P01", KIND_AUTH_FAILED },
    { "28000", KIND_NO_HBA },
    { "3D000", KIND_NO_DB },
    { "42501", KIND_NO_ROLE },
    { "53300", KIND_TOO_MANY_CONNECTIONS },
    { "55000", KIND_NO_DB },
    { "57P03", KIND_STARTING_UP },
    { "57P01", KIND_DISCONNECTED },
    { "57P02", KIND_DISCONNECTED },
    { "57P04", KIND_DISCONNECTED },
    { "57P05", KIND_DISCONNECTED },
    { "25P03", KIND_DISCONNECTED },
};

enum kind
meaning_of_state(struct str sqlstate)
{
    for (size_t i = 0; i < LEN(states); i++)
        if (str_eq(sqlstate, str_of(states[i].state)))
            return states[i].kind;
    return KIND_NONE;
}
