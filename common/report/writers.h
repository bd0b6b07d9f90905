/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/strbuf.h"

/* The writers, one a format. Each appends the whole report. */
struct report;

void html_report(const struct report *r, struct strbuf *out);
void markdown_report(const struct report *r, struct strbuf *out);
void text_report(const struct report *r, struct strbuf *out);
void json_report(const struct report *r, struct strbuf *out);
