/* SPDX-License-Identifier: MIT */
#pragma once
#include "diagnose/findings.h"
#include "report/report.h"

/* What every format of one report shares: the findings, and what is worked out for paper. */

/* An event that is cited: evidence E1, E2, ... with where it can be read again. */
struct exhibit {
    const struct event *event;
    const struct source_finding *source; /* NULL: the findings know no such source */
};

/* A coarse bin, for the tables beside the charts. */
struct slice {
    struct span time; /* from `low` up to but without `high` */
    struct bin bin;
};

enum { SLICES_MAX = 12, EXHIBITS_MAX = 60, ROUTES_SHOWN = 40, TEXT_SHOWN = 240 };

struct report {
    const struct findings *f;
    struct str title, timeline;
    bool has_lasted;
    struct span lasted; /* from the onset to the recovery, or to the last event */
    struct exhibit *exhibits;
    size_t exhibits_len;
    size_t left_out; /* moments beyond EXHIBITS_MAX: only the timeline has them */
    struct slice slices[SLICES_MAX];
    size_t slices_len;
    const struct template_row *rows;
    size_t rows_len;
    struct arena memory;
};

/* `ret` borrows the findings. ERR_SYSTEM if memory ran out. */
must_check enum status model_open(struct report *ret, const struct report_request *request);
void model_done(struct report *r);

/* The number of the exhibit that is this event, from 1; 0: it is not cited. */
size_t model_exhibit(const struct report *r, const struct event *e);

/* NULL if the findings know no source of that number. */
const struct source_finding *model_source(const struct findings *f, uint32_t id);

/* A path without its folders. */
struct str model_file_name(struct str path);

/* The bin of the charts, as time. */
struct span model_bin(const struct findings *f, size_t i);

/* How the instant of `e` was arrived at: "zone +01:00 from its session ids, ...". */
void model_how(struct strbuf *out, const struct event *e, const struct source_finding *s);

/* The routes that failed at least once. */
size_t model_failed_routes(const struct findings *f);

/* The largest share of failing requests that `clean` successes in a row leave possible with
 * 95 % confidence; `clean` is not 0. */
double model_may_still_fail(uint64_t clean);
