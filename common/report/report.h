/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/strbuf.h"
#include "diagnose/findings.h"

/* From findings to something a person or a program can read: the same sections and the same
 * numbers in every format. A pure function: equal findings and requests give equal bytes,
 * whatever the zone, the locale or the folder. */

struct report;

struct report_format {
    const char *name; /* "html" */
    const char *help;
    void (*write)(const struct report *r, struct strbuf *out);
};

extern const struct report_format report_formats[];
extern const size_t report_formats_len;

/* What to write; borrowed for the call. */
struct report_request {
    const struct findings *findings;
    const char *format; /* a name of report_formats[] */
    const char
        *template;    /* "rotascope", "sre", "pagerduty", "howie" or a file; NULL: the first */
    struct str title; /* empty: made from the cause */
    struct str timeline; /* the file the findings come from, as given */
};

/* Appends the report. ERR_USAGE for a format or template there is none of. */
must_check enum status report_write(const struct report_request *request, struct strbuf *out);
