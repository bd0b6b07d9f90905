/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "report/exports.h"
#include "report/report.h"
#include "unit/sample_findings.h"

static bool
is_export(const char *format)
{
    for (size_t i = 0; i < export_formats_len; i++)
        if (strcmp(export_formats[i].name, format) == 0)
            return true;
    return false;
}

enum { MANY_ROUTES = 400, MANY_MOMENTS = 300, LONG = 5000 };

/* As much as findings ever hold, and long-winded. */
static void
make_huge(struct findings *f)
{
    struct route_count *routes;
    struct event *moments;
    AUTO(strbuf) text = { 0 };

    sample_findings(f);
    routes = arena_alloc(&f->memory, MANY_ROUTES * sizeof(*routes));
    moments = arena_alloc(&f->memory, MANY_MOMENTS * sizeof(*moments));
    while (text.n < LONG)
        strbuf_adds(&text, "an error of <module> & more, ");
    for (size_t i = 0; i < MANY_ROUTES; i++) {
        routes[i] = f->routes[i % f->routes_len];
        routes[i].route = arena_strf(&f->memory, "/api/v1/organisations/%zu/members/roles", i);
    }
    for (size_t i = 0; i < MANY_MOMENTS; i++) {
        moments[i] = f->moments[i % f->moments_len];
        moments[i].offset += 100000 * i;
        moments[i].text = arena_str(&f->memory, strbuf_str(&text));
    }
    f->routes = routes;
    f->routes_len = MANY_ROUTES;
    f->moments = moments;
    f->moments_len = MANY_MOMENTS;
}

/* sample_report FORMAT STORY [TEMPLATE]: the report of an example, for report.py. */
int
main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*make)(struct findings *ret);
    } stories[] = {
        { "recovered", sample_findings },
        { "failing", sample_findings_failing },
        { "empty", sample_findings_empty },
        { "huge", make_huge },
    };
    struct findings f = { 0 };
    AUTO(strbuf) out = { 0 };
    struct report_request request = { .findings = &f, .timeline = STR("outage.timeline") };
    enum status st;

    if (argc < 3)
        return EXIT_USAGE;
    for (size_t i = 0; i < LEN(stories); i++)
        if (strcmp(stories[i].name, argv[2]) == 0)
            stories[i].make(&f);
    request.format = argv[1];
    request.template = argc > 3 ? argv[3] : NULL;
    st = is_export(argv[1]) ? export_write(&request, &out) : report_write(&request, &out);
    if (st == OK)
        fwrite(out.p, 1, out.n, stdout);
    else
        fprintf(stderr, "sample_report: %s\n", err_text());
    sample_findings_done(&f);
    return (int)status_exit(st);
}
