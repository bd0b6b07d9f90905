/* SPDX-License-Identifier: MIT */
#include "report/writers.h"

#include "report/chart.h"
#include "report/escape.h"
#include "report/page.h"
#include "report/sections.h"
#include "report/style.h"

/* One file, whole in itself: no address is fetched, no script runs. */

static const struct {
    const char *open, *close;
} voices[] = {
    [VOICE_PLAIN] = { "", "" },
    [VOICE_STRONG] = { "<strong>", "</strong>" },
    [VOICE_QUIET] = { "<span class=\"quiet\">", "</span>" },
    [VOICE_CODE] = { "<code>", "</code>" },
    [VOICE_LOG] = { "<bdi>", "</bdi>" },
};

static void
add_words(struct strbuf *out, const struct words *w)
{
    if (w->href)
        strbuf_addf(out, "<a href=\"#%s\">", w->href);
    if (w->is)
        strbuf_addf(out, "<span data-is=\"%s\">", w->is);
    strbuf_adds(out, voices[w->voice].open);
    escape_html(out, w->text);
    strbuf_adds(out, voices[w->voice].close);
    strbuf_adds(out, w->is ? "</span>" : "");
    strbuf_adds(out, w->href ? "</a>" : "");
}

static void
html_begin(struct page *p)
{
    const struct report *r = p->report;
    const char *state = state_names[r->f->state];

    strbuf_adds(p->out,
                "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                "<meta name=\"viewport\" content=\"width=device-width\">\n"
                "<meta http-equiv=\"Content-Security-Policy\" "
                "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>");
    escape_html(p->out, r->title);
    strbuf_adds(p->out, "</title>\n<style>\n");
    for (size_t i = 0; i < report_style_len; i++)
        strbuf_adds(p->out, report_style[i]);
    strbuf_adds(p->out, "</style>\n</head>\n<body>\n<main>\n<header>\n");
    strbuf_addf(p->out, "<p class=\"state %s\">%s</p>\n<h1>", state, state);
    escape_html(p->out, r->title);
    strbuf_adds(p->out, "</h1>\n</header>\n");
}

static void
html_end(struct page *p)
{
    AUTO(strbuf) json = { 0 };

    strbuf_adds(p->out, "</main>\n<script type=\"application/json\" id=\"report\">");
    json_report(p->report, &json);
    escape_script(p->out, strbuf_str(&json));
    strbuf_adds(p->out, "</script>\n</body>\n</html>\n");
}

static void
html_section(struct page *p, const char *id, const char *title)
{
    strbuf_addf(p->out, "<section id=\"%s\">\n<h2>", id);
    escape_html(p->out, str_of(title));
    strbuf_adds(p->out, "</h2>\n");
}

static void
html_section_end(struct page *p)
{
    strbuf_adds(p->out, "</section>\n");
}

static void
html_words(struct page *p, const struct words *w)
{
    add_words(&p->line, w);
}

static void
html_paragraph_end(struct page *p)
{
    strbuf_addf(p->out, "<p>%s</p>\n", strbuf_text(&p->line));
    strbuf_clear(&p->line);
}

static const char *
column_class(const struct column *c)
{
    return c->number ? " class=\"number\"" : c->wide ? " class=\"wide\"" : "";
}

/* A table wider than the page scrolls by itself, by keyboard too. */
static void
html_table(struct page *p, const char *caption, const struct column *c, size_t n)
{
    p->columns = c;
    p->columns_len = n;
    p->column = 0;
    strbuf_adds(p->out, "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"");
    escape_html(p->out, str_of(caption));
    strbuf_adds(p->out, "\">\n<table>\n<caption>");
    escape_html(p->out, str_of(caption));
    strbuf_adds(p->out, "</caption>\n<thead><tr>");
    for (size_t i = 0; i < n; i++)
        strbuf_addf(p->out, "<th scope=\"col\"%s>%s</th>", column_class(&c[i]), c[i].title);
    strbuf_adds(p->out, "</tr></thead>\n<tbody>\n");
}

static void
html_cell_end(struct page *p, const char *id)
{
    const char *tag = p->column == 0 ? "th" : "td";

    if (p->column == 0)
        strbuf_adds(p->out, "<tr");
    if (id)
        strbuf_addf(p->out, " id=\"%s\"", id);
    if (p->column == 0)
        strbuf_addc(p->out, '>');
    strbuf_addf(p->out, "<%s%s%s>%s</%s>", tag, p->column == 0 ? " scope=\"row\"" : "",
                column_class(&p->columns[p->column]), strbuf_text(&p->line), tag);
    strbuf_clear(&p->line);
    p->column++;
}

static void
html_row_end(struct page *p)
{
    strbuf_adds(p->out, "</tr>\n");
    p->column = 0;
}

static void
html_table_end(struct page *p)
{
    strbuf_adds(p->out, "</tbody>\n</table>\n</div>\n");
}

static void
html_figures(struct page *p, const struct figure *f, size_t n)
{
    strbuf_adds(p->out, "<dl class=\"figures\">\n");
    for (size_t i = 0; i < n; i++) {
        strbuf_adds(p->out, "<div><dd>");
        add_words(p->out, &f[i].value);
        strbuf_addf(p->out, "</dd><dt>%s</dt></div>\n", f[i].label);
    }
    strbuf_adds(p->out, "</dl>\n");
}

static void
html_chart(struct page *p, const struct chart *c)
{
    strbuf_adds(p->out, "<figure>\n");
    chart_svg(c, p->report, p->out);
    strbuf_addf(p->out, "<figcaption>%s</figcaption>\n</figure>\n", c->title);
}

static void
html_command(struct page *p, struct str command, const char *why)
{
    strbuf_adds(p->out, "<p class=\"command\">");
    escape_html(p->out, str_of(why));
    strbuf_adds(p->out, "<br><code>");
    escape_html(p->out, command);
    strbuf_adds(p->out, "</code></p>\n");
}

static void
html_prompt(struct page *p, const char *question)
{
    strbuf_adds(p->out, "<p class=\"prompt\">");
    escape_html(p->out, str_of(question));
    strbuf_adds(p->out, "</p>\n<div class=\"blank\"></div>\n");
}

static const struct page_ops html_ops = {
    .begin = html_begin,
    .end = html_end,
    .section = html_section,
    .section_end = html_section_end,
    .paragraph_end = html_paragraph_end,
    .words = html_words,
    .table = html_table,
    .cell_end = html_cell_end,
    .row_end = html_row_end,
    .table_end = html_table_end,
    .figures = html_figures,
    .chart = html_chart,
    .command = html_command,
    .prompt = html_prompt,
};

void
html_report(const struct report *r, struct strbuf *out)
{
    struct page p = { .ops = &html_ops, .report = r, .out = out };

    sections_write(&p);
    strbuf_done(&p.line);
}
