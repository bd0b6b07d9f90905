/* SPDX-License-Identifier: MIT */
#pragma once
#include "report/report.h"

/* What an incident says, in the words of other programs: a row each. To a file or to stdout;
 * nothing is sent anywhere. */
struct export_format {
    const char *name;
    const char *help;
    void (*write)(const struct report *r, struct strbuf *out);
};

extern const struct export_format export_formats[];
extern const size_t export_formats_len;

/* Appends the export; `request->format` is a name of export_formats[]. ERR_USAGE for another.
 */
must_check enum status export_write(const struct report_request *request, struct strbuf *out);
