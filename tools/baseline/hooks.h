/* SPDX-License-Identifier: MIT */
#pragma once
#include "net/http.h"
#include "net/secret.h"
#include "tally.h"

/* Who is told when a route begins to fail or is well again: a program of the user's, and a
 * URL. Told once a change, and never in the way of a probe. Zeroed, nobody is. */
struct hooks {
    const char *program; /* run with BASELINE_* in its environment; borrowed */
    struct secret url;   /* the whole of it may be a secret */
    struct http *http;
    struct http_request request;
    struct hook_call *calls; /* under way */
};

/* `program` or NULL; `webhook` ("file:PATH", "env:NAME", "fd:N") or NULL. */
must_check enum status hooks_open(struct hooks *ret, const char *program, const char *webhook);

/* ERR_SYSTEM if the program cannot be started. */
must_check enum status hooks_tell(struct hooks *h, const struct route *r,
                                  const struct tally *t);

/* Waits for what is under way, some seconds at most. */
void hooks_done(struct hooks *h);
