/* SPDX-License-Identifier: MIT */
#pragma once
#include "observe/prober.h"
#include "timeline/store.h"

/* Probes onto the timeline. */
struct record {
    const struct routes *routes; /* borrowed; their secrets are kept out. NULL: none */
    struct store *store;         /* owned; NULL: nothing is recorded and every call is OK */
    struct redactor *redactor;
    uint32_t source;
    struct strbuf text, body, half;
    int64_t since; /* monotonic: when the present batch was begun; 0: there is none */
};

/* Opens the timeline (NULL: none is wanted) and its source "baseline". */
must_check enum status record_open(struct record *ret, const char *path);

/* The first bytes of a failed probe's body without any secret; empty if it is good or had
 * none. Lives until the next call. */
struct str record_body(struct record *r, const struct probe *p);

/* Adds a probe; on disk after the next record_flush(). */
must_check enum status record_probe(struct record *r, const struct probe *p);

/* Adds something else that was found out about a route while probing; on disk at once. */
must_check enum status record_said(struct record *r, enum kind kind, struct span when,
                                   const struct route *route, struct str text);

/* What was added is on disk, and may be reported as recorded. */
must_check enum status record_flush(struct record *r);

/* Without a flush: what is not on disk is lost. */
void record_done(struct record *r);
