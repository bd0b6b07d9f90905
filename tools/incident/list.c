/* SPDX-License-Identifier: MIT */
#include "panes.h"
#include "report/words.h"

/* Columns of the list, for wide screens and for narrow ones. */
struct columns {
    int clock, margin, source, kind, subject; /* 0: not shown */
};

static struct columns
columns_for(int width)
{
    if (width >= 100)
        return (struct columns){ 13, 9, 12, 12, 14 };
    if (width >= 80)
        return (struct columns){ 13, 9, 9, 12, 0 };
    return (struct columns){ 9, 0, 0, 12, 0 };
}

static unsigned
kind_style(enum kind kind)
{
    return event_kinds[kind].failure ? CELL_BAD
           : kind == KIND_ROTATION   ? CELL_BOLD
           : kind == KIND_CONNECTED  ? CELL_GOOD
                                     : 0;
}

static int
draw_time(struct cells *c, int x, int y, const struct columns *w, struct span when)
{
    AUTO(strbuf) clock = { 0 };
    AUTO(strbuf) margin = { 0 };
    struct str text;

    words_clock(&clock, when, WORDS_TIME);
    words_margin(&margin, when);
    cells_text(c, x, y, w->clock - 1, 0, str_head(strbuf_str(&clock), (size_t)w->clock - 1));
    text = strbuf_str(&margin);
    if (str_ends(text, STR(" s")))
        text.n -= 2;
    if (w->margin > 0)
        cells_text(c, x + w->clock, y, w->margin - 1, CELL_DIM, text);
    return x + w->clock + w->margin;
}

static int
draw_column(struct cells *c, int x, int y, int width, unsigned style, struct str text)
{
    if (width > 0)
        cells_text(c, x, y, width - 1, style, text);
    return x + width;
}

static void
draw_row(const struct view *v, struct cells *c, struct box box, int y, const struct event *e)
{
    struct columns w = columns_for(box.width);
    struct str text = e->text, line = str_cut(&text, '\n');
    int x = draw_time(c, box.x + 1, y, &w, e->when.span), right = box.x + box.width;

    x = draw_column(c, x, y, w.source, CELL_DIM, view_source(v, e->source));
    x = draw_column(c, x, y, w.kind, kind_style(e->kind), str_of(event_kinds[e->kind].name));
    x = draw_column(c, x, y, w.subject, 0, view_subject(e));
    if (e->lines > 1) {
        AUTO(strbuf) more = { 0 };

        strbuf_addf(&more, " %u lines ⏎", e->lines);
        right -= (int)more.n - 2;
        cells_text(c, right, y, (int)more.n - 2, CELL_DIM, strbuf_str(&more));
    }
    cells_text(c, x, y, right - x, e->echo ? CELL_DIM : 0, str_trim(line));
}

/* Everything that is known of one event, wrapped. Returns the lines it took. */
static int
draw_detail(const struct view *v, struct cells *c, struct box box, const struct event *e)
{
    AUTO(strbuf) text = { 0 };
    char hash[2 * SHA256_LEN + 1];
    int lines;

    words_instant(&text, e->when.span, WORDS_DATE_TIME);
    strbuf_addf(&text, " UTC · " STR_FMT " · line %llu · byte %llu · %u bytes",
                STR_ARG(view_source(v, e->source)), (unsigned long long)e->line,
                (unsigned long long)e->offset, e->length);
    strbuf_addf(&text, "\nzone %s%s" STR_FMT, zone_from_names[e->when.zone_from],
                e->when.zone.n ? " " : "", STR_ARG(e->when.zone));
    if (e->sqlstate.n > 0)
        strbuf_addf(&text, " · SQLSTATE " STR_FMT, STR_ARG(e->sqlstate));
    hex_print(hash, e->hash.bytes, SHA256_LEN);
    strbuf_addf(&text, " · sha256 %.16s", hash);
    lines = cells_wrap(c, box, CELL_DIM, strbuf_str(&text));
    box.y += lines;
    box.height -= lines;
    return lines + cells_wrap(c, box, 0, e->text);
}

/* The cursor stays on the screen, with what follows it: the top is worked out and not kept,
 * so that any size shows the same place. */
static size_t
first_row(const struct view *v, size_t rows)
{
    size_t half = rows / 2, last = v->shown_len > rows ? v->shown_len - rows : 0;

    return MIN(v->cursor > half ? v->cursor - half : 0, last);
}

static void
draw_heading(const struct view *v, struct cells *c, struct box box)
{
    AUTO(strbuf) words = { 0 };

    strbuf_adds(&words, "evidence");
    if (v->filter.n > 0)
        strbuf_addf(&words, " · \\" STR_FMT " · %zu of %zu", STR_ARG(strbuf_str(&v->filter)),
                    v->shown_len, v->events_len);
    else if (v->shown_len > 0)
        strbuf_addf(&words, " · %zu of %zu", v->cursor + 1, v->shown_len);
    if (v->events_more)
        strbuf_adds(&words, " · more in the file");
    cells_rule(c, box.x, box.y, box.width, strbuf_text(&words));
    if (box.width >= 80)
        cells_text_end(c, box.x + box.width - 2, box.y, CELL_DIM, STR(" / search  \\ filter "));
}

void
list_draw(const struct view *v, struct cells *c, struct box box)
{
    int y = box.y + 1, bottom = box.y + box.height;
    size_t i = first_row(v, (size_t)MAX(box.height - 1, 1));

    if (box.height < 2)
        return;
    draw_heading(v, c, box);
    if (v->shown_len == 0)
        cells_text(c, box.x + 1, y, box.width - 2, CELL_DIM,
                   v->filter.n ? STR("nothing matches the filter") : STR("no events"));
    if (v->detail)
        i = v->cursor;
    for (; i < v->shown_len && y < bottom; i++) {
        const struct event *e = &v->events[v->shown[i]];

        draw_row(v, c, box, y, e);
        if (i == v->cursor)
            cells_restyle(c, (struct box){ box.x, y, box.width, 1 }, CELL_REVERSE);
        if (i == v->cursor)
            cells_put(c, box.x, y, CELL_REVERSE, '>');
        y++;
        if (i == v->cursor && v->detail)
            y += draw_detail(v, c, (struct box){ box.x + 3, y, box.width - 4, bottom - y }, e);
    }
}
