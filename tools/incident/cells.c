/* SPDX-License-Identifier: MIT */
#include "cells.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "base/width.h"

enum { SIZE_MAX_CELLS = 1000 };

enum status
cells_open(struct cells *ret, int width, int height, enum glyphs glyphs)
{
    struct cell *grid;

    if (width < 1 || height < 1 || width > SIZE_MAX_CELLS || height > SIZE_MAX_CELLS)
        return fail(ERR_LIMIT, "a screen of %dx%d", width, height);
    grid = calloc((size_t)width * (size_t)height, sizeof(*grid));
    if (grid == NULL)
        return fail(ERR_SYSTEM, "no memory for a screen of %dx%d", width, height);
    *ret = (struct cells){ width, height, glyphs, grid };
    cells_clear(ret);
    return OK;
}

void
cells_done(struct cells *c)
{
    free(c->grid);
    *c = (struct cells){ 0 };
}

void
cells_clear(struct cells *c)
{
    for (int i = 0; i < c->width * c->height; i++)
        c->grid[i] = (struct cell){ ' ', 0 };
}

struct box
cells_box(const struct cells *c)
{
    return (struct box){ 0, 0, c->width, c->height };
}

static struct cell *
at(const struct cells *c, int x, int y)
{
    if (x < 0 || y < 0 || x >= c->width || y >= c->height)
        return NULL;
    return &c->grid[y * c->width + x];
}

/* Where ASCII has no likeness, a question mark is honest. */
static uint32_t
ascii_of(uint32_t point)
{
    static const struct {
        uint32_t point;
        char ascii;
    } rows[] = {
        { 0xb1, '~' },   { 0xb7, '-' },   { 0x2013, '-' },  { 0x2014, '-' },  { 0x2026, '~' },
        { 0x2039, '<' }, { 0x203a, '>' }, { 0x2018, '\'' }, { 0x2019, '\'' }, { 0x201c, '"' },
        { 0x201d, '"' }, { 0x2500, '-' }, { 0x251c, '|' },  { 0x2502, '|' },  { 0x25c6, '*' },
        { 0x25c7, 'o' }, { 0x23ce, '$' }, { 0xd7, 'x' },    { 0x2713, '+' },  { 0x2717, 'x' },
        { 0x25b2, '^' }, { 0x2190, '<' }, { 0x2192, '>' },  { 0x2191, '^' },  { 0x2193, 'v' },
    };

    if (point < 0x80)
        return point;
    for (size_t i = 0; i < LEN(rows); i++)
        if (rows[i].point == point)
            return (uint32_t)rows[i].ascii;
    return '?';
}

/* A character that covers half of a wide one leaves a blank in the other half. */
static void
unwide(struct cells *c, int x, int y)
{
    struct cell *here = at(c, x, y), *before = at(c, x - 1, y), *after = at(c, x + 1, y);

    if (here && here->point == 0 && before)
        before->point = ' ';
    if (here && after && after->point == 0)
        after->point = ' ';
}

void
cells_put(struct cells *c, int x, int y, unsigned style, uint32_t point)
{
    struct cell *here = at(c, x, y);

    if (here == NULL)
        return;
    unwide(c, x, y);
    if (c->glyphs == GLYPHS_ASCII)
        point = ascii_of(point);
    if (width_of(point) == 2) {
        struct cell *right = at(c, x + 1, y);

        if (right == NULL)
            point = ' ';
        else
            unwide(c, x + 1, y), *right = (struct cell){ 0, (unsigned char)style };
    }
    *here = (struct cell){ point, (unsigned char)style };
}

/* Cells the character takes on this grid. */
static int
cells_of(const struct cells *c, uint32_t point)
{
    return c->glyphs == GLYPHS_ASCII ? (width_of(point) > 0) : width_of(point);
}

static size_t
total(const struct cells *c, struct str text)
{
    size_t n = 0;

    for (; text.n > 0; text = str_skip(text, utf8_length(text)))
        n += (size_t)cells_of(c, utf8_point(text));
    return n;
}

static int
put_shown(struct cells *c, int x, int y, int width, unsigned style, struct str text)
{
    int right = x + width;
    bool is_cut = total(c, text) > (size_t)MAX(width, 0);

    for (; text.n > 0; text = str_skip(text, utf8_length(text))) {
        uint32_t point = utf8_point(text);
        int wide = cells_of(c, point);

        if (wide == 0)
            continue;
        if (is_cut && x + wide > right - 1)
            break;
        cells_put(c, x, y, style, point);
        x += wide;
    }
    if (is_cut && width > 0)
        cells_put(c, x++, y, style, 0x2026);
    return x;
}

int
cells_text(struct cells *c, int x, int y, int width, unsigned style, struct str text)
{
    AUTO(strbuf) shown = { 0 };

    /* No screen is wider than this many bytes show: a record of a megabyte costs no more. */
    utf8_show(&shown, str_head(text, 8 * SIZE_MAX_CELLS), false);
    return put_shown(c, x, y, width, style, strbuf_str(&shown));
}

int
cells_textf(struct cells *c, int x, int y, int width, unsigned style, const char *fmt, ...)
{
    char text[1024];
    va_list ap;
    int n;

    va_start(ap, fmt);
    n = vsnprintf(text, sizeof(text), fmt, ap);
    va_end(ap);
    return cells_text(c, x, y, width, style,
                      (struct str){ text, (size_t)MIN(MAX(n, 0), (int)sizeof(text) - 1) });
}

void
cells_text_end(struct cells *c, int right, int y, unsigned style, struct str text)
{
    AUTO(strbuf) shown = { 0 };
    int width;

    utf8_show(&shown, text, false);
    width = (int)MIN(total(c, strbuf_str(&shown)), (size_t)SIZE_MAX_CELLS);
    put_shown(c, right - width, y, width, style, strbuf_str(&shown));
}

/* The next line of `rest`: broken at a newline, else at a blank, else where the box ends. */
static struct str
next_line(struct str *rest, int width)
{
    struct str line = width_head(*rest, (size_t)MAX(width, 1));
    size_t end = str_find_byte(line, '\n');

    if (end != SIZE_MAX) {
        line.n = end;
        *rest = str_skip(*rest, end + 1);
        return line;
    }
    if (line.n == 0)
        line = str_head(*rest, utf8_length(*rest));
    if (line.n < rest->n && rest->p[line.n] != ' ' && rest->p[line.n] != '\n')
        for (size_t i = line.n; i > 1; i--)
            if (line.p[i - 1] == ' ') {
                line.n = i;
                break;
            }
    *rest = str_skip(*rest, line.n);
    if (rest->n > 0 && (rest->p[0] == ' ' || rest->p[0] == '\n'))
        *rest = str_skip(*rest, 1);
    return line;
}

int
cells_wrap(struct cells *c, struct box box, unsigned style, struct str text)
{
    AUTO(strbuf) shown = { 0 };
    struct str rest;
    int lines = 0;

    utf8_show(&shown, str_head(text, 64 * SIZE_MAX_CELLS), true);
    for (rest = strbuf_str(&shown); rest.n > 0 && lines < box.height; lines++)
        put_shown(c, box.x, box.y + lines, box.width, style, next_line(&rest, box.width));
    return lines;
}

void
cells_rule(struct cells *c, int x, int y, int width, const char *words)
{
    for (int i = 0; i < width; i++)
        cells_put(c, x + i, y, CELL_DIM, 0x2500);
    if (words && *words)
        cells_textf(c, x + 1, y, width - 2, CELL_DIM, " %s ", words);
}

void
cells_restyle(struct cells *c, struct box box, unsigned style)
{
    for (int y = box.y; y < box.y + box.height; y++)
        for (int x = box.x; x < box.x + box.width; x++)
            if (at(c, x, y))
                at(c, x, y)->style |= (unsigned char)style;
}

static void
print_point(struct strbuf *out, uint32_t point)
{
    if (point < 0x80) {
        strbuf_addc(out, (char)point);
    } else if (point < 0x800) {
        strbuf_addc(out, (char)(0xc0 | point >> 6));
        strbuf_addc(out, (char)(0x80 | (point & 0x3f)));
    } else {
        if (point >= 0x10000)
            strbuf_addc(out, (char)(0xf0 | point >> 18));
        strbuf_addc(
            out, (char)(point >= 0x10000 ? 0x80 | (point >> 12 & 0x3f) : 0xe0 | point >> 12));
        strbuf_addc(out, (char)(0x80 | (point >> 6 & 0x3f)));
        strbuf_addc(out, (char)(0x80 | (point & 0x3f)));
    }
}

static void
print_style(struct strbuf *out, unsigned style)
{
    static const struct {
        unsigned style;
        const char *code;
    } rows[] = {
        { CELL_BOLD, ";1" },  { CELL_DIM, ";2" },     { CELL_BAD, ";31" },
        { CELL_GOOD, ";32" }, { CELL_REVERSE, ";7" },
    };

    strbuf_adds(out, "\x1b[0");
    for (size_t i = 0; i < LEN(rows); i++)
        if (style & rows[i].style)
            strbuf_adds(out, rows[i].code);
    strbuf_addc(out, 'm');
}

static int
row_end(const struct cells *c, int y)
{
    int end = c->width;

    while (end > 0 && at(c, end - 1, y)->point == ' ' &&
           !(at(c, end - 1, y)->style & CELL_REVERSE))
        end--;
    return end;
}

void
cells_print(const struct cells *c, bool color, struct strbuf *out)
{
    for (int y = 0; y < c->height; y++) {
        unsigned style = 0;

        for (int x = 0; x < row_end(c, y); x++) {
            const struct cell *here = at(c, x, y);

            if (color && here->style != style)
                print_style(out, here->style);
            style = here->style;
            if (here->point)
                print_point(out, here->point);
        }
        strbuf_adds(out, color && style ? "\x1b[0m\n" : "\n");
    }
}
