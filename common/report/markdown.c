/* SPDX-License-Identifier: MIT */
#include "report/chart.h"
#include "report/escape.h"
#include "report/page.h"
#include "report/sections.h"
#include "report/writers.h"

/* CommonMark with pipe tables. Charts are left to the tables beside them. */

/* Backticks cannot be escaped within code: text that has one is written as prose. */
static void
add_code(struct strbuf *out, struct str text)
{
    AUTO(strbuf) shown = { 0 };

    escape_markdown(&shown, text);
    if (str_eq(strbuf_str(&shown), text))
        strbuf_addf(out, "`" STR_FMT "`", STR_ARG(text));
    else
        strbuf_add(out, strbuf_str(&shown));
}

static void
add_words(struct strbuf *out, const struct words *w)
{
    if (w->href) {
        strbuf_adds(out, "[");
        escape_markdown(out, w->text);
        strbuf_addf(out, "](#%s)", w->href);
    } else if (w->voice == VOICE_CODE) {
        add_code(out, w->text);
    } else if (w->voice == VOICE_STRONG) {
        strbuf_adds(out, "**");
        escape_markdown(out, w->text);
        strbuf_adds(out, "**");
    } else {
        escape_markdown(out, w->text);
    }
}

static void
md_begin(struct page *p)
{
    strbuf_adds(p->out, "# ");
    escape_markdown(p->out, p->report->title);
    strbuf_addf(p->out, "\n\nState: **%s**\n", state_names[p->report->f->state]);
}

static void
md_section(struct page *p, const char *id, const char *title)
{
    (void)id;
    strbuf_adds(p->out, "\n## ");
    escape_markdown(p->out, str_of(title));
    strbuf_adds(p->out, "\n");
}

static void
md_words(struct page *p, const struct words *w)
{
    add_words(&p->line, w);
}

static void
md_paragraph_end(struct page *p)
{
    strbuf_addf(p->out, "\n%s\n", strbuf_text(&p->line));
    strbuf_clear(&p->line);
}

static void
md_table(struct page *p, const char *caption, const struct column *c, size_t n)
{
    strbuf_addf(p->out, "\n%s:\n\n|", caption);
    for (size_t i = 0; i < n; i++)
        strbuf_addf(p->out, " %s |", c[i].title);
    strbuf_adds(p->out, "\n|");
    for (size_t i = 0; i < n; i++)
        strbuf_adds(p->out, c[i].number ? " ---: |" : " --- |");
    strbuf_adds(p->out, "\n");
}

static void
md_cell_end(struct page *p, const char *id)
{
    if (p->column++ == 0)
        strbuf_addc(p->out, '|');
    strbuf_addc(p->out, ' ');
    if (id)
        strbuf_addf(p->out, "<a id=\"%s\"></a>", id);
    strbuf_addf(p->out, "%s |", strbuf_text(&p->line));
    strbuf_clear(&p->line);
}

static void
md_row_end(struct page *p)
{
    strbuf_adds(p->out, "\n");
    p->column = 0;
}

static void
md_nothing(struct page *p)
{
    (void)p;
}

static void
md_figures(struct page *p, const struct figure *f, size_t n)
{
    strbuf_adds(p->out, "\n");
    for (size_t i = 0; i < n; i++) {
        strbuf_adds(p->out, "- **");
        escape_markdown(p->out, f[i].value.text);
        strbuf_addf(p->out, "** %s\n", f[i].label);
    }
}

static void
md_chart(struct page *p, const struct chart *c)
{
    AUTO(strbuf) description = { 0 };

    c->describe(&description, p->report);
    strbuf_adds(p->out, "\n*");
    escape_markdown(p->out, strbuf_str(&description));
    strbuf_adds(p->out, "*\n");
}

static void
md_command(struct page *p, struct str command, const char *why)
{
    strbuf_addf(p->out, "\n%s:\n\n    " STR_FMT "\n", why, STR_ARG(command));
}

static void
md_prompt(struct page *p, const char *question)
{
    strbuf_addf(p->out, "\n_%s_\n\n&nbsp;\n", question);
}

static const struct page_ops markdown_ops = {
    .begin = md_begin,
    .end = md_nothing,
    .section = md_section,
    .section_end = md_nothing,
    .paragraph_end = md_paragraph_end,
    .words = md_words,
    .table = md_table,
    .cell_end = md_cell_end,
    .row_end = md_row_end,
    .table_end = md_nothing,
    .figures = md_figures,
    .chart = md_chart,
    .command = md_command,
    .prompt = md_prompt,
};

void
markdown_report(const struct report *r, struct strbuf *out)
{
    struct page p = { .ops = &markdown_ops, .report = r, .out = out };

    sections_write(&p);
    strbuf_done(&p.line);
}
