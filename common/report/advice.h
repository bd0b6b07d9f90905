/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/strbuf.h"
#include "diagnose/findings.h"

/* What to do next: suggestions with commands to copy, one row each. Nothing is run. */
struct advice {
    const char *class; /* of the cause; NULL: of any */
    enum stale stale;  /* STALE_UNKNOWN: whichever side */
    bool when_failing; /* only while it lasts */
    const char *what;
    const char *command; /* {role} and {database} stand for those of the cause */
};

extern const struct advice advices[];
extern const size_t advices_len;

bool advice_applies(const struct advice *a, const struct findings *f);

/* The command with the names of the cause in it; ROLE or DATABASE where a name is not known or
 * would need quoting: a name out of a log is not to be pasted into a shell unseen. */
void advice_command(struct strbuf *out, const struct advice *a, const struct findings *f);
