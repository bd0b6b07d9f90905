/* SPDX-License-Identifier: MIT */
#pragma once
#include "net/http.h"

/* How an answer fills up; apart from http.c so that it can be tried without a network. */

/* One header line, with its line end or without. `want` (or NULL) is kept, too. True if it is a
 * status line: it begins an answer, and what an earlier one (100 Continue, a redirect) said is
 * void. */
bool http_answer_line(struct http_answer *a, struct str line, const char *want);

/* Phases out of the answer's own instants and curl's timers (ns since it began the request;
 * 0: not reached). `sent`: the request left. */
void http_answer_phases(struct http_answer *a, bool sent, int64_t dns, int64_t connected,
                        int64_t secured);
