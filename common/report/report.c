/* SPDX-License-Identifier: MIT */
#include "report/report.h"

#include "report/model.h"
#include "report/sections.h"
#include "report/writers.h"

/* clang-format off */
const struct report_format report_formats[] = {
    { "html", "one file to open in a browser, to print, to attach to a ticket", html_report },
    { "md",   "Markdown",                                                       markdown_report },
    { "json", "one JSON object: everything the others say",                     json_report },
    { "text", "plain text",                                                     text_report },
};
/* clang-format on */
const size_t report_formats_len = LEN(report_formats);

static const struct report_format *
format_named(const char *name)
{
    for (size_t i = 0; i < report_formats_len; i++)
        if (strcmp(report_formats[i].name, name) == 0)
            return &report_formats[i];
    return NULL;
}

enum status
report_write(const struct report_request *request, struct strbuf *out)
{
    const struct report_format *format = format_named(request->format);
    struct report r;
    enum status st;

    if (format == NULL)
        return fail(ERR_USAGE, "there is no report format '%s'", request->format);
    st = model_open(&r, request);
    if (st != OK)
        return st;
    st = template_read(&r, request->template);
    if (st == OK)
        format->write(&r, out);
    model_done(&r);
    return st == OK ? strbuf_check(out) : st;
}
