/* SPDX-License-Identifier: MIT */
#include "report/lanes.h"

#include "report/words.h"

enum { GLYPH = 7 }; /* about the width of a letter, for what must not overlap */

/* How much of a lane's height a bin fills, 0 to 1; below 0: nothing happened in it. */
typedef double (*fill)(const struct bin *b, uint64_t most);

static double
failed_share(const struct bin *b, uint64_t most)
{
    (void)most;
    return b->requests ? (double)b->failed / (double)b->requests : -1;
}

static double
refused_share(const struct bin *b, uint64_t most)
{
    return b->refused && most ? (double)b->refused / (double)most : -1;
}

static double
error_share(const struct bin *b, uint64_t most)
{
    return b->app_errors && most ? (double)b->app_errors / (double)most : -1;
}

static uint64_t
most_refused(const struct bin *bins, size_t n)
{
    uint64_t most = 0;

    for (size_t i = 0; i < n; i++)
        most = MAX(most, bins[i].refused);
    return most;
}

/* Equal neighbours become one rectangle: a long recording stays a small picture. */
static void
draw_bins(struct svg *s, const struct findings *f, const struct bin *bins, double y, fill how)
{
    uint64_t most = most_refused(bins, f->bins_len);
    double full = SVG_LANE - 8;
    size_t from = 0;

    if (how == error_share)
        for (size_t i = most = 0; i < f->bins_len; i++)
            most = MAX(most, bins[i].app_errors);
    for (size_t i = 0; i < f->bins_len; i++) {
        int tall = (int)(how(&bins[i], most) * full + 0.999);
        int next = i + 1 < f->bins_len ? (int)(how(&bins[i + 1], most) * full + 0.999) : -100;
        double x = svg_x(s, model_bin(f, from).low), to = svg_x(s, model_bin(f, i).high);

        if (next == tall)
            continue;
        from = i + 1;
        if (how(&bins[i], most) == 0)
            svg_rect(s, "well", x, y + full - 2, to - x, 2);
        else if (tall > 0)
            svg_rect(s, "bad", x, y + full - MAX(tall, 3), to - x, MAX(tall, 3));
    }
}

static void
name_lane(struct svg *s, struct str name, double y)
{
    AUTO(strbuf) text = { 0 };

    strbuf_add(&text, str_head(name, 17));
    if (name.n > 17)
        strbuf_adds(&text, "…");
    svg_text(s, "lane", 0, y + 14, strbuf_str(&text));
}

static const struct moment_mark {
    enum kind kind;
    const char *class, *word;
} moment_marks[] = {
    { KIND_ROTATION, "rotation", "rotated" }, { KIND_RESTART, "change", "restart" },
    { KIND_RELOAD, "change", "reload" },      { KIND_ACTION, "change", "action" },
    { KIND_NOTE, "change", "note" },
};

static const struct moment_mark *
mark_of(enum kind kind)
{
    for (size_t i = 0; i < LEN(moment_marks); i++)
        if (moment_marks[i].kind == kind)
            return &moment_marks[i];
    return NULL;
}

/* Draws a mark, and its word only where it does not run into the word before; returns where
 * the next word may begin. */
static double
draw_mark(struct svg *s, const struct moment_mark *m, struct span when, double y,
          double free_from)
{
    double x = svg_x(s, span_mid(when));

    svg_mark(s, m->class, when, y + 9);
    if (x - 9 < free_from)
        return free_from;
    svg_text(s, "note", x + 9, y + 13, str_of(m->word));
    return x + 9 + (double)strlen(m->word) * GLYPH;
}

/* The rotation may be known without an event of its own (by a salt seen before and after). */
static bool
shows_rotation(const struct findings *f)
{
    struct span both;

    for (size_t i = 0; i < f->moments_len; i++)
        if (f->moments[i].kind == KIND_ROTATION &&
            span_meet(f->moments[i].when.span, f->rotation, &both))
            return true;
    return false;
}

static void
draw_changes(struct svg *s, const struct findings *f, double y)
{
    double free_from = 0;

    for (size_t i = 0; i < f->moments_len; i++) {
        const struct moment_mark *m = mark_of(f->moments[i].kind);

        if (m)
            free_from = draw_mark(s, m, f->moments[i].when.span, y, free_from);
    }
    if (f->has_rotation && !shows_rotation(f))
        draw_mark(s, mark_of(KIND_ROTATION), f->rotation, y, free_from);
}

static void
total(struct svg *s, double y, uint64_t part, const uint64_t *of)
{
    AUTO(strbuf) text = { 0 };

    words_count(&text, part);
    if (of) {
        strbuf_adds(&text, " of ");
        words_count(&text, *of);
    }
    svg_text(s, "total end", SVG_WIDTH, y + 14, strbuf_str(&text));
}

static size_t
routes_drawn(const struct findings *f)
{
    return MIN(f->routes_len, (size_t)LANES_ROUTES);
}

static size_t
roles_drawn(const struct findings *f)
{
    return MIN(f->roles_len, (size_t)LANES_ROLES);
}

static bool
has_app_errors(const struct findings *f)
{
    for (size_t i = 0; i < f->bins_len; i++)
        if (f->bins[i].app_errors > 0)
            return true;
    return false;
}

double
lanes_height(const struct report *r)
{
    const struct findings *f = r->f;
    size_t lanes = 1 + routes_drawn(f) + roles_drawn(f) + (has_app_errors(f) ? 1 : 0);

    return (double)lanes * SVG_LANE + 44;
}

static double
draw_routes(struct svg *s, const struct findings *f, double y)
{
    for (size_t i = 0; i < routes_drawn(f); i++, y += SVG_LANE) {
        const struct route_count *r = &f->routes[i];

        name_lane(s, r->route, y);
        if (r->bins)
            draw_bins(s, f, r->bins, y, failed_share);
        total(s, y, r->failed, &r->requests);
    }
    return y;
}

static double
draw_refused(struct svg *s, const struct findings *f, double y)
{
    for (size_t i = 0; i < roles_drawn(f); i++, y += SVG_LANE) {
        AUTO(strbuf) name = { 0 };

        strbuf_addf(&name, "refused " STR_FMT, STR_ARG(f->roles[i].role));
        name_lane(s, strbuf_str(&name), y);
        if (f->roles[i].bins)
            draw_bins(s, f, f->roles[i].bins, y, refused_share);
        total(s, y, f->roles[i].attempts, NULL);
    }
    return y;
}

/* Below the axis, where nothing else stands; the recovery hangs to the left of its band if
 * the right has no room. */
static void
name_edges(struct svg *s, const struct findings *f)
{
    double y = s->bottom + 29;

    if (f->has_onset) {
        svg_band(s, "onset", f->onset);
        svg_text(s, "edge bad-ink", svg_x(s, span_mid(f->onset)), y, STR("onset"));
    }
    if (f->has_recovery) {
        svg_band(s, "recovery", f->recovery);
        svg_text(s, "edge good-ink", svg_x(s, span_mid(f->recovery)), y, STR("recovered"));
    }
}

void
lanes_draw(struct svg *s, const struct report *r)
{
    const struct findings *f = r->f;
    double y = SVG_LANE;

    s->top = 2;
    s->bottom = lanes_height(r) - 36;
    svg_time_axis(s);
    name_lane(s, STR("changes"), 4);
    draw_changes(s, f, 4);
    y = draw_routes(s, f, y + 6);
    y = draw_refused(s, f, y);
    if (has_app_errors(f)) {
        uint64_t errors = 0;

        for (size_t i = 0; i < f->bins_len; i++)
            errors += f->bins[i].app_errors;
        name_lane(s, STR("app errors"), y);
        draw_bins(s, f, f->bins, y, error_share);
        total(s, y, errors, NULL);
    }
    name_edges(s, f);
}

void
lanes_describe(struct strbuf *out, const struct report *r)
{
    const struct findings *f = r->f;

    strbuf_adds(out, "One lane a route, a role and a kind of change, over time from ");
    words_clock(out, span_at(f->covered.low), WORDS_DATE_TIME);
    strbuf_adds(out, " to ");
    words_clock(out, span_at(f->covered.high), WORDS_TIME);
    strbuf_adds(out, " UTC. ");
    if (f->has_onset) {
        strbuf_adds(out, "Failures begin at ");
        words_instant(out, f->onset, WORDS_TIME);
    }
    if (f->has_recovery) {
        strbuf_adds(out, " and end at ");
        words_instant(out, f->recovery, WORDS_TIME);
    }
    strbuf_adds(out, f->has_onset ? ". The table below says the same." : "No failures.");
}
