/* SPDX-License-Identifier: MIT */
#include "report/svg.h"

#include "report/axis.h"
#include "report/escape.h"

double
svg_x(const struct svg *s, int64_t at)
{
    double width = (double)MAX(span_width(s->axis), 1);
    double share = ((double)at - (double)s->axis.low) / width;

    share = share < 0 ? 0 : share > 1 ? 1 : share;
    return SVG_LEFT + share * (SVG_RIGHT - SVG_LEFT);
}

void
svg_open(struct svg *s, const char *id, const char *title, struct str description,
         double height)
{
    strbuf_addf(s->out,
                "<svg role=\"img\" viewBox=\"0 0 %d %.0f\" aria-labelledby=\"%s-t %s-d\" "
                "xmlns=\"http://www.w3.org/2000/svg\">\n<title id=\"%s-t\">",
                SVG_WIDTH, height, id, id, id);
    escape_html(s->out, str_of(title));
    strbuf_addf(s->out, "</title>\n<desc id=\"%s-d\">", id);
    escape_html(s->out, description);
    strbuf_adds(s->out, "</desc>\n");
}

void
svg_close(struct svg *s)
{
    strbuf_adds(s->out, "</svg>\n");
}

void
svg_rect(struct svg *s, const char *class, double x, double y, double width, double height)
{
    strbuf_addf(s->out,
                "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>\n",
                class, x, y, width, height);
}

void
svg_line(struct svg *s, const char *class, double x1, double y1, double x2, double y2)
{
    strbuf_addf(s->out, "<path class=\"%s\" d=\"M%.1f %.1fL%.1f %.1f\"/>\n", class, x1, y1, x2,
                y2);
}

void
svg_diamond(struct svg *s, const char *class, double x, double y, double half)
{
    strbuf_addf(s->out,
                "<path class=\"%s\" d=\"M%.1f %.1fl%.1f %.1fl%.1f %.1fl%.1f %.1fz\"/>\n", class,
                x, y - half, half, half, -half, half, -half, -half);
}

void
svg_text(struct svg *s, const char *class, double x, double y, struct str text)
{
    strbuf_addf(s->out, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">", class, x, y);
    escape_html(s->out, text);
    strbuf_adds(s->out, "</text>\n");
}

void
svg_time_axis(struct svg *s)
{
    int64_t step = axis_step(s->axis, 6);

    for (int64_t at = axis_first(s->axis, step); at <= s->axis.high; at += step) {
        AUTO(strbuf) label = { 0 };

        axis_label(&label, at, step);
        svg_line(s, "hair", svg_x(s, at), s->top, svg_x(s, at), s->bottom);
        svg_text(s, "tick mid", svg_x(s, at), s->bottom + 14, strbuf_str(&label));
    }
    svg_line(s, "base", SVG_LEFT, s->bottom, SVG_RIGHT, s->bottom);
}

void
svg_band(struct svg *s, const char *class, struct span when)
{
    double from = svg_x(s, when.low), to = svg_x(s, when.high);

    if (to - from < 1.5) {
        from = (from + to) / 2 - 0.75;
        to = from + 1.5;
    }
    svg_rect(s, class, from, s->top, to - from, s->bottom - s->top);
}

void
svg_mark(struct svg *s, const char *class, struct span when, double y)
{
    svg_line(s, "whisker", svg_x(s, when.low), y, svg_x(s, when.high), y);
    svg_diamond(s, class, svg_x(s, span_mid(when)), y, 5);
}
