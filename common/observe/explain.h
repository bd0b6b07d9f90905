/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/strbuf.h"
#include "observe/reader.h"

/* How one line is read, all by itself: what `logcorr explain` shows. */
struct explainer;

/* Of the request: zones, years, pg_prefix, reveal, redaction_key. Borrowed. */
must_check enum status explainer_open(struct explainer **ret, const struct reader_request *q);
void explainer_close(struct explainer *x);

/* `number` is the line's, from 1. `why` gets which rows read it and which turned it down, and
 * the same of the patterns. The views of `ret` live until the next call. */
void explainer_read(struct explainer *x, struct str line, uint64_t number, struct event *ret,
                    struct strbuf *why);
