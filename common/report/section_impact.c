/* SPDX-License-Identifier: MIT */
#include "report/chart.h"
#include "report/sections.h"
#include "report/words.h"

static void
figures(struct page *p)
{
    const struct findings *f = p->report->f;
    AUTO(strbuf) lasted = { 0 };
    AUTO(strbuf) failed = { 0 };
    AUTO(strbuf) refused = { 0 };
    AUTO(strbuf) routes = { 0 };

    words_lasting(&lasted, p->report->lasted);
    words_count(&failed, f->counts.failed_requests);
    words_count(&refused, f->counts.auth_attempts);
    words_count(&routes, model_failed_routes(f));
    p->ops->figures(
        p,
        (struct figure[]){
            { { strbuf_str(&lasted), .is = "lasted" },
              f->has_recovery ? "from first to last failure" : "and not over" },
            { { strbuf_str(&failed), .is = "scope.counts.failed_requests" },
              f->counts.failed_requests == 1 ? "failed request" : "failed requests" },
            { { strbuf_str(&refused), .is = "scope.counts.auth_attempts" },
              f->counts.auth_attempts == 1 ? "refused login" : "refused logins" },
            { { strbuf_str(&routes), .is = "failed_routes" },
              model_failed_routes(f) == 1 ? "route that failed" : "routes that failed" },
        },
        4);
}

void
section_summary(struct page *p)
{
    const struct report *r = p->report;
    const struct findings *f = r->f;

    if (f->sentence.n > 0) {
        page_put(p, VOICE_STRONG, f->sentence);
        p->ops->paragraph_end(p);
    }
    if (f->cause.sentence.n > 0 && !str_starts(f->sentence, f->cause.sentence)) {
        page_put(p, VOICE_PLAIN, f->cause.sentence);
        p->ops->paragraph_end(p);
    }
    if (r->has_lasted)
        figures(p);
    if (f->has_rotation) {
        page_say(p, "The credential was changed at ");
        page_instant(p, "scope.rotation", f->rotation);
        page_say(p, " UTC. ");
    }
    if (f->has_onset) {
        page_say(p, "The first failure is of ");
        page_instant(p, "scope.onset", f->onset);
        page_say(p, " UTC");
        if (f->has_recovery) {
            page_say(p, ", and all is well again from ");
            page_instant(p, "scope.recovery", f->recovery);
            page_say(p, " UTC");
        }
        page_paragraph(p, ".");
    }
}

static void
routes_table(struct page *p)
{
    static const struct column columns[] = {
        { "Route", .wide = true },    { "Requests", .number = true },
        { "Failed", .number = true }, { "First failure" },
        { "Last failure" },
    };
    const struct findings *f = p->report->f;

    p->ops->table(p, "Requests by route", columns, LEN(columns));
    for (size_t i = 0; i < MIN(f->routes_len, (size_t)ROUTES_SHOWN); i++) {
        const struct route_count *r = &f->routes[i];

        page_cell_put(p, VOICE_LOG, r->route);
        page_cell_count(p, page_at(p, "scope.routes.%zu.requests", i), r->requests);
        page_cell_count(p, page_at(p, "scope.routes.%zu.failed", i), r->failed);
        if (r->failed > 0) {
            page_instant(p, page_at(p, "scope.routes.%zu.first_bad", i), r->first_bad);
            p->ops->cell_end(p, NULL);
            page_instant(p, page_at(p, "scope.routes.%zu.last_bad", i), r->last_bad);
            p->ops->cell_end(p, NULL);
        } else {
            page_cell(p, "–");
            page_cell(p, "–");
        }
        p->ops->row_end(p);
    }
    p->ops->table_end(p);
    if (f->routes_len > ROUTES_SHOWN)
        page_paragraph(p, "%zu more routes are in the JSON of this report.",
                       f->routes_len - ROUTES_SHOWN);
}

static void
slices_table(struct page *p)
{
    static const struct column columns[] = {
        { "From", .wide = true },         { "Requests", .number = true },
        { "Failed", .number = true },     { "Refusal lines", .number = true },
        { "App errors", .number = true },
    };
    const struct report *r = p->report;

    p->ops->table(p, "Requests, log lines of refusals and application errors over time",
                  columns, LEN(columns));
    for (size_t i = 0; i < r->slices_len; i++) {
        const struct bin *b = &r->slices[i].bin;
        AUTO(strbuf) from = { 0 };

        words_clock(&from, span_at(r->slices[i].time.low), WORDS_TIME);
        page_cell_put(p, VOICE_PLAIN, str_head(strbuf_str(&from), 8));
        page_cell_count(p, page_at(p, "slices.%zu.requests", i), b->requests);
        page_cell_count(p, page_at(p, "slices.%zu.failed", i), b->failed);
        page_cell_count(p, page_at(p, "slices.%zu.refused", i), b->refused);
        page_cell_count(p, page_at(p, "slices.%zu.app_errors", i), b->app_errors);
        p->ops->row_end(p);
    }
    p->ops->table_end(p);
}

static void
roles_table(struct page *p)
{
    static const struct column columns[] = {
        { "Role", .wide = true },
        { "Refused logins", .number = true },
        { "Log lines", .number = true },
    };
    const struct findings *f = p->report->f;

    p->ops->table(p, "Refused logins by role", columns, LEN(columns));
    for (size_t i = 0; i < f->roles_len; i++) {
        page_cell_put(p, VOICE_LOG, f->roles[i].role);
        page_cell_count(p, page_at(p, "scope.roles.%zu.attempts", i), f->roles[i].attempts);
        page_cell_count(p, page_at(p, "scope.roles.%zu.lines", i), f->roles[i].lines);
        p->ops->row_end(p);
    }
    p->ops->table_end(p);
}

static void
chart(struct page *p, const char *id)
{
    const struct chart *c = chart_named(id);

    if (c && c->applies(p->report))
        p->ops->chart(p, c);
}

void
section_impact(struct page *p)
{
    const struct findings *f = p->report->f;

    chart(p, "lanes");
    if (f->routes_len > 0)
        routes_table(p);
    else
        page_paragraph(p, "No request was recorded: what users saw is not known.");
    if (f->roles_len > 0)
        roles_table(p);
    chart(p, "requests");
    if (p->report->slices_len > 0)
        slices_table(p);
    page_count(p, "scope.counts.failed_requests", f->counts.failed_requests, NULL);
    page_say(p, " of ");
    page_count(p, "scope.counts.requests", f->counts.requests, "request");
    page_say(p, " failed. The logs hold ");
    page_count(p, "scope.counts.auth_lines", f->counts.auth_lines, "line");
    page_say(p, " of refused logins, which are ");
    page_count(p, "scope.counts.auth_attempts", f->counts.auth_attempts, "attempt");
    page_paragraph(p, "%s",
                   f->counts.auth_lines == f->counts.auth_attempts
                       ? "."
                       : ": a driver may try twice what it counts once.");
}

/* A run of successes allows some share of failures still: the one that would have let such a
 * run through one time in twenty. */
static void
excluded_table(struct page *p)
{
    static const struct column columns[] = {
        { "Route", .wide = true },
        { "Well since its last failure", .number = true },
        { "May still fail, at most", .number = true },
    };
    const struct findings *f = p->report->f;

    p->ops->table(p, "What the run of successes excludes, with 95 % confidence", columns,
                  LEN(columns));
    for (size_t i = 0; i < MIN(f->routes_len, (size_t)ROUTES_SHOWN); i++) {
        if (f->routes[i].failed == 0)
            continue;
        page_cell_put(p, VOICE_LOG, f->routes[i].route);
        page_cell_count(p, page_at(p, "scope.routes.%zu.clean_after", i),
                        f->routes[i].clean_after);
        if (f->routes[i].clean_after > 0)
            page_cell(p, "%.1f %%", 100 * model_may_still_fail(f->routes[i].clean_after));
        else
            page_cell(p, "all of it");
        p->ops->row_end(p);
    }
    p->ops->table_end(p);
}

void
section_recovery(struct page *p)
{
    static const char *const words[] = { "yes", "no", "not known" };
    static const struct column columns[] = { { "Check", .wide = true },
                                             { "Holds" },
                                             { "Because", .wide = true } };
    const struct findings *f = p->report->f;

    if (f->has_recovery) {
        page_say(p, "The last failure ended at ");
        page_instant(p, "scope.recovery", f->recovery);
        page_paragraph(p, " UTC.");
    } else {
        page_paragraph(p, f->has_onset ? "It is not over: nothing in the record shows an end."
                                       : "There was nothing to recover from.");
    }
    chart(p, "share");
    if (f->proofs_len > 0) {
        p->ops->table(p, "What has to hold", columns, LEN(columns));
        for (size_t i = 0; i < f->proofs_len; i++) {
            page_cell(p, "%s", f->proofs[i].what);
            page_cell(p, "%s", words[f->proofs[i].holds]);
            page_cell_put(p, VOICE_PLAIN, f->proofs[i].why);
            p->ops->row_end(p);
        }
        p->ops->table_end(p);
    }
    if (model_failed_routes(f) > 0)
        excluded_table(p);
}
