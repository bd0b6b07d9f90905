/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/strbuf.h"

/* A screen before it is one: a grid of characters with a style each. What is drawn outside of
 * it is cut off; what is drawn is always safe to show. No terminal is needed to fill it. */

/* Styles add up. Colour never says anything that a word or a shape does not say too. */
enum {
    CELL_BOLD = 1,
    CELL_DIM = 2,
    CELL_BAD = 4,
    CELL_GOOD = 8,
    CELL_REVERSE = 16,
};

/* What the terminal can show: braille dots, eighth blocks, or ASCII alone. */
enum glyphs { GLYPHS_ASCII, GLYPHS_BLOCK, GLYPHS_BRAILLE };

struct cell {
    uint32_t point; /* 0: the right half of the wide character before */
    unsigned char style;
};

struct cells {
    int width, height;
    enum glyphs glyphs;
    struct cell *grid; /* owned: height rows of width cells */
};

/* A part of the grid. */
struct box {
    int x, y, width, height;
};

/* ERR_LIMIT for a size no screen has (1 to 1000 each way), ERR_SYSTEM without memory. */
must_check enum status cells_open(struct cells *ret, int width, int height, enum glyphs glyphs);
void cells_done(struct cells *c);

/* The whole grid blank again. */
void cells_clear(struct cells *c);

struct box cells_box(const struct cells *c);

/* One character; in ASCII, its nearest likeness. */
void cells_put(struct cells *c, int x, int y, unsigned style, uint32_t point);

/* Text on one line, from (x, y) and not past `width` cells: longer text ends in an ellipsis.
 * Returns the column after it. */
int cells_text(struct cells *c, int x, int y, int width, unsigned style, struct str text);
int cells_textf(struct cells *c, int x, int y, int width, unsigned style, const char *fmt, ...)
    printf_like(6, 7);

/* Ends at column `right` (not in it). */
void cells_text_end(struct cells *c, int right, int y, unsigned style, struct str text);

/* Wraps at blanks into the box, from its first line; returns the lines it took. */
int cells_wrap(struct cells *c, struct box box, unsigned style, struct str text);

/* A horizontal rule over `width` cells, with words in it (or none). */
void cells_rule(struct cells *c, int x, int y, int width, const char *words);

/* Adds a style to what stands there already. */
void cells_restyle(struct cells *c, struct box box, unsigned style);

/* The grid as text: a line a row, blanks at the end cut; with ANSI styles if `color`. */
void cells_print(const struct cells *c, bool color, struct strbuf *out);
