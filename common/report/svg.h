/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/strbuf.h"
#include "time/span.h"

/* Strokes of a chart as SVG. Colours and fonts are classes; the page's style says what they
 * are in light, in dark and on paper. Coordinates are units of a drawing SVG_WIDTH wide. */

enum { SVG_WIDTH = 640, SVG_LEFT = 118, SVG_RIGHT = 556, SVG_LANE = 24 };

struct svg {
    struct strbuf *out;
    struct span axis;   /* what SVG_LEFT and SVG_RIGHT stand for */
    double top, bottom; /* of what is plotted */
};

double svg_x(const struct svg *s, int64_t at);

void svg_open(struct svg *s, const char *id, const char *title, struct str description,
              double height);
void svg_close(struct svg *s);

void svg_rect(struct svg *s, const char *class, double x, double y, double width,
              double height);
void svg_line(struct svg *s, const char *class, double x1, double y1, double x2, double y2);
void svg_diamond(struct svg *s, const char *class, double x, double y, double half);

/* `class` may hold "end" or "mid" for where the text hangs from `x`. */
void svg_text(struct svg *s, const char *class, double x, double y, struct str text);

/* Round marks below the plot, hair lines through it. */
void svg_time_axis(struct svg *s);

/* A span as a band over the height of the plot, never thinner than can be seen. */
void svg_band(struct svg *s, const char *class, struct span when);

/* An instant in a lane: a mark with a whisker as long as its span. */
void svg_mark(struct svg *s, const char *class, struct span when, double y);
