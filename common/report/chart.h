/* SPDX-License-Identifier: MIT */
#pragma once
#include "report/model.h"
#include "report/svg.h"

/* A picture in the report. Every chart stands beside a table that says the same. */
struct chart {
    const char *id, *title;
    bool (*applies)(const struct report *r); /* there is something to draw */
    double (*height)(const struct report *r);
    void (*draw)(struct svg *s, const struct report *r);
    void (*describe)(struct strbuf *out, const struct report *r); /* for those who cannot see */
};

extern const struct chart charts[];
extern const size_t charts_len;

/* NULL if there is none of that name. */
const struct chart *chart_named(const char *id);

/* The chart as one <svg> element. */
void chart_svg(const struct chart *c, const struct report *r, struct strbuf *out);

/* A share as its 95 % Wilson interval: what so few of so many allow to be said. */
void chart_wilson(uint64_t good, uint64_t all, double *ret_low, double *ret_high);
