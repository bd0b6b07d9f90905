/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <math.h>

#include "report/chart.h"
#include "report/lanes.h"
#include "report/words.h"

enum { PLOT = 90, FOOT = 24, HEAD = 14 };

static bool
has_bins(const struct report *r)
{
    return r->f->bins_len > 0;
}

static double
plot_height(const struct report *r)
{
    (void)r;
    return HEAD + PLOT + FOOT;
}

static void
plot(struct svg *s, const char *full, const char *none)
{
    s->top = HEAD;
    s->bottom = HEAD + PLOT;
    svg_time_axis(s);
    svg_text(s, "tick", 0, s->top + 4, str_of(full));
    svg_text(s, "tick", 0, s->bottom + 4, str_of(none));
}

static void
draw_requests(struct svg *s, const struct report *r)
{
    const struct findings *f = r->f;
    AUTO(strbuf) full = { 0 };
    uint64_t most = 1;

    for (size_t i = 0; i < f->bins_len; i++)
        most = MAX(most, f->bins[i].requests);
    words_count(&full, most);
    strbuf_addf(&full, " in %.1f s", (double)span_width(model_bin(f, 0)) / 1e9);
    plot(s, strbuf_text(&full), "0");
    for (size_t i = 0; i < f->bins_len; i++) {
        double x = svg_x(s, model_bin(f, i).low), to = svg_x(s, model_bin(f, i).high);
        double bad = (double)f->bins[i].failed / (double)most * PLOT;
        double all = (double)f->bins[i].requests / (double)most * PLOT;

        if (all > bad)
            svg_rect(s, "calm", x, s->bottom - all, MAX(to - x - 0.6, 0.6), all - bad);
        if (bad > 0)
            svg_rect(s, "bad", x, s->bottom - bad, MAX(to - x - 0.6, 0.6), bad);
    }
}

static void
describe_requests(struct strbuf *out, const struct report *r)
{
    strbuf_adds(out, "Requests over time, the failed ones below, dark: ");
    words_count(out, r->f->counts.failed_requests);
    strbuf_adds(out, " failed of ");
    words_count(out, r->f->counts.requests);
    strbuf_adds(out, ". The table below has them by time.");
}

void
chart_wilson(uint64_t good, uint64_t all, double *ret_low, double *ret_high)
{
    double n = (double)MAX(all, (uint64_t)1), p = (double)good / n, z = 1.96;
    double centre = (p + z * z / (2 * n)) / (1 + z * z / n);
    double half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n);

    *ret_low = MAX(centre - half, 0);
    *ret_high = MIN(centre + half, 1);
}

/* A few requests say little of a share: bins are taken together until there are SHARES. Where
 * there is no request, there is a hole. */
enum { SHARES = 40 };

static void
draw_share(struct svg *s, const struct report *r, size_t from, size_t to)
{
    double x = svg_x(s, model_bin(r->f, from).low),
           end = svg_x(s, model_bin(r->f, to - 1).high);
    uint64_t requests = 0, failed = 0;
    double low, high, y;

    for (size_t i = from; i < to; i++) {
        requests += r->f->bins[i].requests;
        failed += MIN(r->f->bins[i].failed, r->f->bins[i].requests);
    }
    if (requests == 0)
        return;
    chart_wilson(requests - failed, requests, &low, &high);
    y = s->bottom - (double)(requests - failed) / (double)requests * PLOT;
    svg_rect(s, "doubt", x, s->bottom - high * PLOT, end - x, (high - low) * PLOT);
    svg_line(s, failed ? "share-bad" : "share", x, y, end, y);
}

static void
draw_recovery(struct svg *s, const struct report *r)
{
    const struct findings *f = r->f;
    size_t each = (f->bins_len + SHARES - 1) / SHARES;

    plot(s, "100 % well", "0 %");
    for (size_t i = 0; i < f->bins_len; i += each)
        draw_share(s, r, i, MIN(i + each, f->bins_len));
    if (f->has_onset)
        svg_band(s, "onset", f->onset);
    if (f->has_recovery)
        svg_band(s, "recovery", f->recovery);
}

static void
describe_recovery(struct strbuf *out, const struct report *r)
{
    strbuf_adds(out, "The share of requests answered well over time, with its 95 % interval");
    if (r->f->has_recovery) {
        strbuf_adds(out, "; all are well from ");
        words_instant(out, r->f->recovery, WORDS_TIME);
    }
    strbuf_adds(out, ".");
}

static bool
has_clocks(const struct report *r)
{
    for (size_t i = 0; i < r->f->sources_len; i++)
        if (r->f->sources[i].clock.has_offset)
            return true;
    return false;
}

static double
clocks_height(const struct report *r)
{
    size_t n = 0;

    for (size_t i = 0; i < r->f->sources_len; i++)
        n += r->f->sources[i].clock.has_offset;
    return (double)n * SVG_LANE + FOOT + 8;
}

/* The same drawing as over time, but what lies across is seconds ahead and behind. */
static void
scale_clocks(struct svg *s, const struct findings *f)
{
    int64_t most = MS(10);

    for (size_t i = 0; i < f->sources_len; i++) {
        const struct store_clock *c = &f->sources[i].clock;

        if (c->has_offset)
            most = MAX(most, MAX(c->offset.high, -c->offset.low));
    }
    most = most + most / 10;
    s->axis = (struct span){ -most, most };
}

static void
draw_clocks(struct svg *s, const struct report *r)
{
    const struct findings *f = r->f;
    AUTO(strbuf) edge = { 0 };
    double y = SVG_LANE / 2.0;

    scale_clocks(s, f);
    s->top = 0;
    s->bottom = clocks_height(r) - FOOT;
    svg_line(s, "base", svg_x(s, 0), s->top, svg_x(s, 0), s->bottom);
    svg_line(s, "base", SVG_LEFT, s->bottom, SVG_RIGHT, s->bottom);
    for (size_t i = 0; i < f->sources_len; i++) {
        const struct store_clock *c = &f->sources[i].clock;
        AUTO(strbuf) said = { 0 };

        if (!c->has_offset)
            continue;
        svg_text(s, "lane", 0, y + 4,
                 str_head(model_file_name(f->sources[i].source->name), 18));
        svg_mark(s, words_offset_matters(c->offset) ? "bad" : "change", c->offset, y);
        words_offset(&said, c->offset);
        svg_text(s, "total end", SVG_WIDTH, y + 4, strbuf_str(&said));
        y += SVG_LANE;
    }
    strbuf_addf(&edge, "%.2g s", (double)s->axis.high / 1e9);
    svg_text(s, "tick mid", svg_x(s, 0), s->bottom + 14, STR("0"));
    svg_text(s, "tick end", SVG_RIGHT, s->bottom + 14, strbuf_str(&edge));
    svg_text(s, "tick", SVG_LEFT, s->bottom + 14, STR("behind"));
}

static void
describe_clocks(struct strbuf *out, const struct report *r)
{
    (void)r;
    strbuf_adds(out, "How far the clock of each source ran ahead of the reference, with the "
                     "bounds of the measurement. The table below has the numbers.");
}

/* clang-format off */
const struct chart charts[] = {
    { "lanes",    "What changed, what failed and who was refused", has_bins,   lanes_height,  lanes_draw,    lanes_describe },
    { "requests", "Requests, answered and failed",                 has_bins,   plot_height,   draw_requests, describe_requests },
    { "share",    "Share of requests answered well",               has_bins,   plot_height,   draw_recovery, describe_recovery },
    { "offsets",  "Clocks against the reference",                  has_clocks, clocks_height, draw_clocks,   describe_clocks },
};
/* clang-format on */
const size_t charts_len = LEN(charts);

const struct chart *
chart_named(const char *id)
{
    for (size_t i = 0; i < charts_len; i++)
        if (strcmp(charts[i].id, id) == 0)
            return &charts[i];
    return NULL;
}

void
chart_svg(const struct chart *c, const struct report *r, struct strbuf *out)
{
    AUTO(strbuf) description = { 0 };
    struct svg s = { .out = out, .axis = r->f->covered };

    c->describe(&description, r);
    svg_open(&s, c->id, c->title, strbuf_str(&description), c->height(r));
    c->draw(&s, r);
    svg_close(&s);
}
