/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/strbuf.h"
#include "timeline/event.h"

/* An event as the contract's JSON object, one line. `rule` (explain) or NULL. */
void print_json(struct strbuf *out, const struct event *e, const char *source,
                const char *rule);

/* An event for people, one line unless `full`. */
void print_text(struct strbuf *out, const struct event *e, const char *source, bool full);
