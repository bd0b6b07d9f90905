/* SPDX-License-Identifier: MIT */
#include "base/utf8.h"
#include "base/width.h"
#include "report/chart.h"
#include "report/page.h"
#include "report/sections.h"
#include "report/writers.h"

enum { PROSE = 72, TABLE = 96, COLUMNS_MAX = 8, GAP = 2 };

/* Cells wait here until the table ends: a column is as wide as its widest cell needs. */
struct page_table {
    struct arena memory;
    struct cell {
        struct cell *next;
        struct str text;
    } * first, **last;
    size_t widths[COLUMNS_MAX];
};

/* The next line of `rest`, at most `width` cells: broken at a blank where there is one. */
static struct str
next_line(struct str *rest, size_t width)
{
    struct str line = width_head(*rest, MAX(width, (size_t)1));

    if (line.n == 0)
        line = str_head(*rest, MAX(utf8_length(*rest), (size_t)1));
    if (line.n < rest->n && rest->p[line.n] != ' ')
        for (size_t i = line.n; i > 0; i--)
            if (line.p[i - 1] == ' ') {
                line.n = i;
                break;
            }
    *rest = str_skip(*rest, line.n);
    while (rest->n > 0 && rest->p[0] == ' ')
        *rest = str_skip(*rest, 1);
    return str_trim(line);
}

static void
add_wrapped(struct strbuf *out, struct str text)
{
    while (text.n > 0) {
        strbuf_add(out, next_line(&text, PROSE));
        strbuf_addc(out, '\n');
    }
}

static void
underline(struct strbuf *out, struct str text, char with)
{
    strbuf_add(out, text);
    strbuf_addc(out, '\n');
    strbuf_fill(out, with, width_text(text));
    strbuf_addc(out, '\n');
}

static void
text_begin(struct page *p)
{
    AUTO(strbuf) title = { 0 };

    utf8_show(&title, p->report->title, false);
    underline(p->out, strbuf_str(&title), '=');
    for (const char *c = state_names[p->report->f->state]; *c; c++)
        strbuf_addc(p->out, *c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A') : *c);
    strbuf_addc(p->out, '\n');
}

static void
text_section(struct page *p, const char *id, const char *title)
{
    (void)id;
    strbuf_adds(p->out, "\n\n");
    underline(p->out, str_of(title), '-');
}

static void
text_nothing(struct page *p)
{
    (void)p;
}

static void
text_words(struct page *p, const struct words *w)
{
    utf8_show(&p->line, w->text, false);
}

static void
text_paragraph_end(struct page *p)
{
    strbuf_addc(p->out, '\n');
    add_wrapped(p->out, strbuf_str(&p->line));
    strbuf_clear(&p->line);
}

static void
put_cell(struct page *p, struct str text)
{
    struct cell *cell = arena_alloc(&p->table->memory, sizeof(*cell));
    size_t *width = &p->table->widths[p->column++ % COLUMNS_MAX];

    if (cell == NULL)
        return;
    cell->text = arena_str(&p->table->memory, text);
    *width = MAX(*width, width_text(text));
    *p->table->last = cell;
    p->table->last = &cell->next;
}

static void
text_table(struct page *p, const char *caption, const struct column *c, size_t n)
{
    arena_done(&p->table->memory);
    *p->table = (struct page_table){ .last = &p->table->first };
    p->columns = c;
    p->columns_len = MIN(n, (size_t)COLUMNS_MAX);
    p->column = 0;
    strbuf_addf(p->out, "\n%s:\n\n", caption);
    for (size_t i = 0; i < n; i++)
        put_cell(p, str_of(c[i].title));
    p->column = 0;
}

static void
text_cell_end(struct page *p, const char *id)
{
    (void)id;
    put_cell(p, strbuf_str(&p->line));
    strbuf_clear(&p->line);
}

static void
text_row_end(struct page *p)
{
    p->column = 0;
}

/* The wide columns share what the others leave. */
static void
share_width(struct page *p)
{
    size_t *widths = p->table->widths, left = TABLE, wide = 0;

    for (size_t i = 0; i < p->columns_len; i++) {
        size_t takes = p->columns[i].wide ? 0 : widths[i];

        wide += p->columns[i].wide;
        left -= MIN(left, takes + GAP);
    }
    for (size_t i = 0; i < p->columns_len; i++)
        if (p->columns[i].wide) {
            size_t mine = MIN(widths[i], MAX(left / wide, (size_t)16));

            left -= MIN(left, mine);
            wide--;
            widths[i] = mine;
        }
}

static void
put_aligned(struct page *p, size_t column, struct str text)
{
    size_t pad = p->table->widths[column] - MIN(p->table->widths[column], width_text(text));

    if (p->columns[column].number)
        strbuf_fill(p->out, ' ', pad);
    strbuf_add(p->out, text);
    if (!p->columns[column].number && column + 1 < p->columns_len)
        strbuf_fill(p->out, ' ', pad);
    strbuf_fill(p->out, ' ', column + 1 < p->columns_len ? GAP : 0);
}

static void
trim_line(struct strbuf *out)
{
    while (out->n > 0 && out->p[out->n - 1] == ' ')
        out->p[--out->n] = '\0';
    strbuf_addc(out, '\n');
}

/* One row: as many lines as its tallest cell has. */
static struct cell *
put_row(struct page *p, struct cell *cell)
{
    struct str rest[COLUMNS_MAX] = { 0 };
    bool more = true;

    for (size_t i = 0; i < p->columns_len && cell; i++, cell = cell->next)
        rest[i] = cell->text;
    while (more) {
        more = false;
        for (size_t i = 0; i < p->columns_len; i++) {
            put_aligned(p, i, next_line(&rest[i], p->table->widths[i]));
            more = more || rest[i].n > 0;
        }
        trim_line(p->out);
    }
    return cell;
}

static void
text_table_end(struct page *p)
{
    struct cell *cell = p->table->first;

    share_width(p);
    while (cell)
        cell = put_row(p, cell);
}

static void
text_figures(struct page *p, const struct figure *f, size_t n)
{
    strbuf_addc(p->out, '\n');
    for (size_t i = 0; i < n; i++) {
        size_t width = width_text(f[i].value.text);

        strbuf_fill(p->out, ' ', 18 - MIN(width, (size_t)18));
        strbuf_add(p->out, f[i].value.text);
        strbuf_addf(p->out, "  %s\n", f[i].label);
    }
}

static void
text_chart(struct page *p, const struct chart *c)
{
    AUTO(strbuf) description = { 0 };

    c->describe(&description, p->report);
    strbuf_addc(p->out, '\n');
    add_wrapped(p->out, strbuf_str(&description));
}

static void
text_command(struct page *p, struct str command, const char *why)
{
    strbuf_addf(p->out, "\n%s:\n    ", why);
    utf8_show(p->out, command, false);
    strbuf_addc(p->out, '\n');
}

static void
text_prompt(struct page *p, const char *question)
{
    strbuf_addf(p->out, "\n%s\n\n    ...\n", question);
}

static const struct page_ops text_ops = {
    .begin = text_begin,
    .end = text_nothing,
    .section = text_section,
    .section_end = text_nothing,
    .paragraph_end = text_paragraph_end,
    .words = text_words,
    .table = text_table,
    .cell_end = text_cell_end,
    .row_end = text_row_end,
    .table_end = text_table_end,
    .figures = text_figures,
    .chart = text_chart,
    .command = text_command,
    .prompt = text_prompt,
};

void
text_report(const struct report *r, struct strbuf *out)
{
    struct page_table table = { .last = &table.first };
    struct page p = { .ops = &text_ops, .report = r, .out = out, .table = &table };

    sections_write(&p);
    arena_done(&table.memory);
    strbuf_done(&p.line);
}
