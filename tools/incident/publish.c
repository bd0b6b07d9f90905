/* SPDX-License-Identifier: MIT */
#include "publish.h"

#include "base/file.h"
#include "browse.h"
#include "cli/options.h"
#include "cli/output.h"
#include "report/exports.h"
#include "report/report.h"

enum status
publish_report(struct loaded *l, const char *timeline, const char *format, const char *output)
{
    struct report_request request = {
        .findings = &l->findings,
        .format = format,
        .template = browse_args.template,
        .title = browse_args.title ? str_of(browse_args.title) : store_get(l->store, "title"),
        .timeline = str_of(timeline),
    };
    AUTO(strbuf) out = { 0 };
    enum status st = report_write(&request, &out);

    if (st != OK)
        return st;
    return output ? file_publish(output, strbuf_str(&out), 0644) : output_write(&out);
}

enum status
publish_export(const char *timeline, const char *format, const char *output)
{
    struct loaded l = { 0 };
    AUTO(strbuf) out = { 0 };
    enum status st = loaded_open(&l, timeline, false);

    if (st == OK)
        st = export_write(&(struct report_request){ .findings = &l.findings,
                                                    .format = format,
                                                    .title = store_get(l.store, "title"),
                                                    .timeline = str_of(timeline) },
                          &out);
    loaded_done(&l);
    if (st != OK)
        return st;
    return output ? file_publish(output, strbuf_str(&out), 0644) : output_write(&out);
}

/* -o outage.md is Markdown without a word more. */
static const char *
format_of(const char *output)
{
    struct str name = str_of(output);

    for (size_t i = 0; i < report_formats_len; i++) {
        struct str end = str_of(report_formats[i].name);

        if (name.n > end.n && str_ends(name, end) && name.p[name.n - end.n - 1] == '.')
            return report_formats[i].name;
    }
    return str_ends(name, STR(".txt")) ? "text" : "html";
}

enum exit_code
report_verb(int argc, char **argv)
{
    struct loaded l = { 0 };
    const char *format = browse_args.format;
    enum status st = loaded_open(&l, common_options.timeline, false);

    (void)argc, (void)argv;
    if (format == NULL)
        format = common_options.json ? "json" : format_of(browse_args.output);
    if (st == OK)
        st = publish_report(&l, common_options.timeline, format, browse_args.output);
    loaded_done(&l);
    if (st != OK)
        return options_fail(st);
    if (browse_args.output)
        options_say("report written to %s", browse_args.output);
    return EXIT_YES;
}
