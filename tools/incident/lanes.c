/* SPDX-License-Identifier: MIT */
#include "panes.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/width.h"
#include "report/axis.h"
#include "report/words.h"

/* Where the lanes stand: names to the left, totals to the right, time between. */
struct plot {
    struct box box;
    int left, right; /* columns of the plot, `right` not in it */
    struct span time;
};

/* What happened in a part of time no wider than half a cell. */
struct part {
    uint64_t requests, failed, count;
};

/* Picks the number that a lane of counts shows. */
typedef uint64_t (*counter)(const struct bin *b);

static uint64_t
refused_of(const struct bin *b)
{
    return b->refused;
}

static uint64_t
errors_of(const struct bin *b)
{
    return b->app_errors;
}

static struct span
column_time(const struct plot *f, int half)
{
    int64_t halves = 2 * (int64_t)MAX(f->right - f->left, 1);
    int64_t width = span_width(f->time);

    /* In doubles: nanoseconds of years times columns do not fit. */
    return (struct span){ f->time.low + (int64_t)((double)width * half / (double)halves),
                          f->time.low +
                              (int64_t)((double)width * (half + 1) / (double)halves) };
}

static int
column_of(const struct plot *f, int64_t at)
{
    double width = (double)MAX(span_width(f->time), 1);
    int columns = f->right - f->left;
    double share = ((double)at - (double)f->time.low) / width;

    if (share < 0 || share > 1)
        return -1;
    return f->left + MIN((int)(share * columns), columns - 1);
}

/* The bins that reach into the half column. */
static struct part
part_of(const struct findings *x, const struct bin *bins, struct span when, counter count)
{
    double width = (double)MAX(span_width(x->covered), 1) / (double)MAX(x->bins_len, (size_t)1);
    double low = ((double)when.low - (double)x->covered.low) / width;
    double high = ((double)when.high - (double)x->covered.low) / width;
    struct part p = { 0 };

    for (size_t i = low < 0 ? 0 : (size_t)low; i < x->bins_len && (double)i < high; i++) {
        p.requests += bins[i].requests;
        p.failed += bins[i].failed;
        p.count = MAX(p.count, count ? count(&bins[i]) : 0);
    }
    return p;
}

/* Dots from the bottom: 0 nothing seen, 1 seen and well, 2 to 4 by the share that failed. */
static int
share_level(const struct part *p)
{
    if (p->requests == 0)
        return 0;
    return p->failed == 0 ? 1 : 2 + (int)((double)p->failed / (double)p->requests * 2 + 0.5);
}

static uint32_t
share_glyph(enum glyphs glyphs, int left, int right)
{
    static const unsigned char dots[2][5] = { { 0, 0x40, 0x44, 0x46, 0x47 },
                                              { 0, 0x80, 0xa0, 0xb0, 0xb8 } };
    static const uint32_t blocks[] = { ' ', 0x2581, 0x2584, 0x2586, 0x2588 };
    static const uint32_t ascii[] = { ' ', '_', '-', '=', '#' };
    int most = MAX(left, right);

    if (glyphs == GLYPHS_BRAILLE)
        return most ? (uint32_t)(0x2800 + dots[0][left] + dots[1][right]) : ' ';
    return glyphs == GLYPHS_BLOCK ? blocks[most] : ascii[most];
}

static uint32_t
count_glyph(enum glyphs glyphs, uint64_t count, uint64_t most)
{
    static const char ascii[] = " .:-=+*#@";
    unsigned eighth = count ? (unsigned)MAX((count * 8 + most - 1) / most, (uint64_t)1) : 0;

    if (glyphs == GLYPHS_ASCII || eighth == 0)
        return (uint32_t)ascii[eighth];
    return 0x2580 + eighth;
}

static void
draw_share(const struct view *v, struct cells *c, const struct plot *f, int y,
           const struct bin *bins)
{
    for (int x = f->left; bins && x < f->right; x++) {
        int half = 2 * (x - f->left);
        struct part a = part_of(v->findings, bins, column_time(f, half), NULL);
        struct part b = part_of(v->findings, bins, column_time(f, half + 1), NULL);
        bool bad = a.failed > 0 || b.failed > 0;

        cells_put(c, x, y, bad ? CELL_BAD : CELL_DIM,
                  share_glyph(c->glyphs, share_level(&a), share_level(&b)));
    }
}

static void
draw_count(const struct view *v, struct cells *c, const struct plot *f, int y,
           const struct bin *bins, counter count)
{
    uint64_t most = 1;

    for (size_t i = 0; bins && i < v->findings->bins_len; i++)
        most = MAX(most, count(&bins[i]));
    for (int x = f->left; bins && x < f->right; x++) {
        struct span when = { column_time(f, 2 * (x - f->left)).low,
                             column_time(f, 2 * (x - f->left) + 1).high };
        struct part p = part_of(v->findings, bins, when, count);

        cells_put(c, x, y, CELL_BAD, count_glyph(c->glyphs, p.count, most));
    }
}

static void
draw_name(struct cells *c, const struct plot *f, int y, struct str name)
{
    cells_text(c, f->box.x + 1, y, f->left - f->box.x - 2, 0, name);
}

static void draw_total(struct cells *c, const struct plot *f, int y, unsigned style,
                       const char *fmt, ...) printf_like(5, 6);

static void
draw_total(struct cells *c, const struct plot *f, int y, unsigned style, const char *fmt, ...)
{
    AUTO(strbuf) text = { 0 };
    char line[64];
    va_list ap;

    if (f->right == f->box.x + f->box.width)
        return;
    va_start(ap, fmt);
    vsnprintf(line, sizeof(line), fmt, ap);
    va_end(ap);
    strbuf_adds(&text, line);
    cells_text(c, f->right + 2, y, f->box.x + f->box.width - f->right - 2, style,
               strbuf_str(&text));
}

/* Two routes to a line would save room and cost the eye its way: one lane a line. */
static int
draw_routes(const struct view *v, struct cells *c, const struct plot *f, int y, int most)
{
    const struct findings *x = v->findings;
    int n = (int)MIN(x->routes_len, (size_t)MAX(most, 0));

    for (int i = 0; i < n; i++, y++) {
        const struct route_count *r = &x->routes[i];

        draw_name(c, f, y, r->route);
        draw_share(v, c, f, y, r->bins);
        draw_total(c, f, y, r->failed ? CELL_BAD : CELL_DIM, "%llu/%llu%s",
                   (unsigned long long)r->failed, (unsigned long long)r->requests,
                   r->failed && r->requests < 10000 ? " failed" : "");
    }
    if ((size_t)n < x->routes_len && n > 0)
        draw_total(c, f, y - 1, CELL_DIM, "%-16s", "and other routes");
    return y;
}

static int
draw_refused(const struct view *v, struct cells *c, const struct plot *f, int y, int most)
{
    const struct findings *x = v->findings;

    for (int i = 0; i < (int)x->roles_len && i < most; i++, y++) {
        AUTO(strbuf) name = { 0 };

        strbuf_addf(&name, "✗ " STR_FMT, STR_ARG(x->roles[i].role));
        draw_name(c, f, y, strbuf_str(&name));
        draw_count(v, c, f, y, x->roles[i].bins, refused_of);
        draw_total(c, f, y, CELL_BAD, "%llu refused", (unsigned long long)x->roles[i].attempts);
    }
    return y;
}

static int
draw_errors(const struct view *v, struct cells *c, const struct plot *f, int y)
{
    const struct findings *x = v->findings;
    uint64_t errors = 0;

    for (size_t i = 0; i < x->bins_len; i++)
        errors += x->bins[i].app_errors;
    if (errors == 0)
        return y;
    draw_name(c, f, y, STR("app errors"));
    draw_count(v, c, f, y, x->bins, errors_of);
    draw_total(c, f, y, CELL_BAD, "%llu", (unsigned long long)errors);
    return y + 1;
}

static const struct mark {
    enum kind kind;
    uint32_t point;
    const char *word;
} marks[] = {
    { KIND_ROTATION, 0x25c6, "rotated" }, { KIND_RESTART, 0x25b2, "restart" },
    { KIND_RELOAD, 0x25b2, "reload" },    { KIND_ACTION, 0x25c7, "action" },
    { KIND_NOTE, 0x25c7, "note" },        { KIND_GAP, '?', "gap" },
};

static const struct mark *
mark_of(enum kind kind)
{
    for (size_t i = 0; i < LEN(marks); i++)
        if (marks[i].kind == kind)
            return &marks[i];
    return NULL;
}

/* Marks always; a word only where it does not run into the next mark. */
static void
draw_changes(const struct view *v, struct cells *c, const struct plot *f, int y)
{
    int free_from = f->left;

    draw_name(c, f, y, STR("changes"));
    for (size_t i = 0; i < v->events_len; i++) {
        const struct mark *m = mark_of(v->events[i].kind);
        int x = m ? column_of(f, span_mid(v->events[i].when.span)) : -1;

        if (x < free_from)
            continue;
        cells_put(c, x, y, CELL_BOLD, m->point);
        free_from = cells_textf(c, x + 1, y, f->right - x - 1, 0, "%s", m->word) + 1;
    }
}

static void
draw_axis(struct cells *c, const struct plot *f, int y)
{
    int64_t step = axis_step(f->time, (size_t)MAX((f->right - f->left) / 9, 1));
    int free_from = f->left;

    for (int64_t at = axis_first(f->time, step); at <= f->time.high; at += step) {
        AUTO(strbuf) label = { 0 };
        int x = column_of(f, at);

        axis_label(&label, at, step);
        if (x < free_from || x + (int)label.n > f->right)
            continue;
        free_from = cells_text(c, x, y, f->right - x, CELL_DIM, strbuf_str(&label)) + 1;
    }
}

/* "├onset 03:06:11.4 ±0.1 s": the words hang to the left where the right has no room. `row`
 * says where the last edge ended; one that would run into it takes the next row. */
static void
draw_edge(struct cells *c, const struct plot *f, struct box *row, unsigned style,
          const char *word, struct span when)
{
    AUTO(strbuf) text = { 0 };
    int x = column_of(f, span_mid(when)), right = f->box.x + f->box.width, width;

    if (x < 0)
        return;
    strbuf_addf(&text, "%s ", word);
    words_instant(&text, when, WORDS_TIME);
    width = (int)width_text(strbuf_str(&text));
    if (x + 1 + width > right ? x - width < row->x : x < row->x) {
        row->x = f->left;
        row->y++;
    }
    cells_put(c, x, row->y, style, 0x251c);
    if (x + 1 + width <= right)
        cells_text(c, x + 1, row->y, right - x - 1, style, strbuf_str(&text));
    else
        cells_text_end(c, x, row->y, style, strbuf_str(&text));
    row->x = x + 2 + (x + 1 + width <= right ? width : 0);
}

static int
draw_edges(const struct view *v, struct cells *c, const struct plot *f, int y)
{
    const struct findings *x = v->findings;
    struct box row = { .x = 0, .y = y };

    if (x->has_onset)
        draw_edge(c, f, &row, CELL_BAD, "onset", x->onset);
    if (x->has_recovery)
        draw_edge(c, f, &row, CELL_GOOD, "recovered", x->recovery);
    return x->has_onset || x->has_recovery ? row.y + 1 : y;
}

int
lanes_show(const struct view *v, struct cells *c, struct box box)
{
    int right = box.width >= 60 ? 18 : 0, y = box.y;
    struct plot f = { box, box.x + (box.width >= 60 ? 16 : 12), box.x + box.width - right,
                      v->window };
    int most = box.height - 4;

    if (v->findings->bins_len == 0 || box.height < 4) {
        cells_text(c, box.x + 1, y, box.width - 2, CELL_DIM, STR("nothing recorded yet"));
        return 1;
    }
    draw_axis(c, &f, y++);
    draw_changes(v, c, &f, y++);
    y = draw_routes(v, c, &f, y, MAX(most - 2, 1));
    if (y < box.y + box.height - 2)
        y = draw_refused(v, c, &f, y, MIN(4, box.y + box.height - 2 - y));
    if (y < box.y + box.height - 2)
        y = draw_errors(v, c, &f, y);
    return draw_edges(v, c, &f, y) - box.y;
}
