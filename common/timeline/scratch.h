/* SPDX-License-Identifier: MIT */
#pragma once
#include "timeline/store.h"

/* A timeline to work on: the one that was named, or one of its own under $TMPDIR that is gone
 * when it is done with. */
struct scratch {
    struct store *store;
    char path[64]; /* empty if it was named */
};

/* `named` may be NULL. */
must_check enum status scratch_open(struct scratch *ret, const char *named);
void scratch_done(struct scratch *s);
