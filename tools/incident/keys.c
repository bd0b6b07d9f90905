/* SPDX-License-Identifier: MIT */
#include "keys.h"

#include <stdio.h>

#include "base/utf8.h"
#include "panes.h"

enum { PAGE = 10 };

static void
say(struct view *v, const char *words)
{
    snprintf(v->said, sizeof(v->said), "%s", words);
}

static void
move(struct view *v, long by)
{
    if (panes[v->pane].has_list)
        view_move(v, by);
    else
        v->scroll = (size_t)MAX((long)v->scroll + MIN(by, 1000L), 0L);
}

static void
up(struct view *v)
{
    move(v, -1);
}

static void
down(struct view *v)
{
    move(v, 1);
}

static void
page_up(struct view *v)
{
    move(v, -PAGE);
}

static void
page_down(struct view *v)
{
    move(v, PAGE);
}

static void
first(struct view *v)
{
    v->scroll = 0;
    view_move(v, -(long)v->shown_len);
}

static void
last(struct view *v)
{
    view_move(v, (long)v->shown_len);
}

static bool
is_failure(const struct view *v, const struct event *e)
{
    (void)v;
    return event_kinds[e->kind].failure;
}

static void
next_failure(struct view *v)
{
    if (!view_seek(v, is_failure, false))
        say(v, "no later failure");
}

static void
previous_failure(struct view *v)
{
    if (!view_seek(v, is_failure, true))
        say(v, "no earlier failure");
}

static bool
is_found(const struct view *v, const struct event *e)
{
    return view_matches(v, e, strbuf_str(&v->search));
}

static void
search_next(struct view *v)
{
    if (v->search.n == 0 || !view_seek(v, is_found, false))
        say(v, v->search.n ? "not found below" : "search with / first");
}

static void
search_previous(struct view *v)
{
    if (v->search.n == 0 || !view_seek(v, is_found, true))
        say(v, v->search.n ? "not found above" : "search with / first");
}

static void
search(struct view *v)
{
    strbuf_clear(&v->search);
    v->mode = MODE_SEARCH;
}

static void
filter(struct view *v)
{
    v->mode = MODE_FILTER;
}

static void
detail(struct view *v)
{
    v->detail = !v->detail;
}

static void
zoom_in(struct view *v)
{
    view_zoom(v, true);
}

static void
zoom_out(struct view *v)
{
    view_zoom(v, false);
}

static void
show_pane(struct view *v, size_t pane)
{
    v->pane = pane % panes_len;
    v->scroll = 0;
}

static void
next_pane(struct view *v)
{
    show_pane(v, v->pane + 1);
}

static void
previous_pane(struct view *v)
{
    show_pane(v, v->pane + panes_len - 1);
}

static void
toggle_pause(struct view *v)
{
    v->paused = !v->paused;
}

static void
report(struct view *v)
{
    v->wants_report = true;
}

static void
help(struct view *v)
{
    v->mode = MODE_HELP;
}

static void
quit(struct view *v)
{
    v->wants_quit = true;
}

static void
leave(struct view *v)
{
    v->detail = false;
    if (v->filter.n > 0) {
        strbuf_clear(&v->filter);
        view_filter(v);
    }
}

/* clang-format off */
const struct binding bindings[] = {
    { "up, k",         "move up",                              { PRESS_UP, 'k' },              up },
    { "down, j",       "move down",                            { PRESS_DOWN, 'j' },            down },
    { "PgUp, ^U",      "a page up",                            { PRESS_PAGE_UP, 'U' - '@' },         page_up },
    { "PgDn, ^D",      "a page down",                          { PRESS_PAGE_DOWN, 'D' - '@' },       page_down },
    { "g, Home",       "to the first",                         { 'g', PRESS_FIRST },                 first },
    { "G, End",        "to the last",                          { 'G', PRESS_LAST },                  last },
    { "e",             "next failure",                         { 'e' },                            next_failure },
    { "E",             "previous failure",                     { 'E' },                            previous_failure },
    { "Enter, l",      "the record in full, and back",         { PRESS_RETURN, 'l', PRESS_RIGHT }, detail },
    { "/",             "search",                               { '/' },                            search },
    { "n",             "next match",                           { 'n' },                            search_next },
    { "N",             "previous match",                       { 'N' },                            search_previous },
    { "\\, F4",        "filter the list as you type",          { '\\', PRESS_FILTER },               filter },
    { "Esc, h",         "close the record, take the filter off",{ PRESS_ESC, 'h', PRESS_LEFT },        leave },
    { "z, +",          "zoom the lanes in, around the record", { 'z', '+' },                       zoom_in },
    { "Z, -",          "zoom out",                             { 'Z', '-' },                       zoom_out },
    { "Tab",           "next pane; 1 to 5 go to one",          { PRESS_TAB },                        next_pane },
    { "Shift-Tab",     "previous pane",                        { PRESS_BACK_TAB },                   previous_pane },
    { "p, Space",      "pause: what arrives is shown later",   { 'p', ' ' },                       toggle_pause },
    { "r",             "write the report",                     { 'r' },                            report },
    { "?, F1",         "this help; any key returns",           { '?', PRESS_HELP },                  help },
    { "q, F10",        "quit",                                 { 'q', PRESS_QUIT },                  quit },
};
/* clang-format on */
const size_t bindings_len = LEN(bindings);

static void
type_character(struct strbuf *into, unsigned key)
{
    char bytes[4];
    size_t n = 0;

    if (key >= 0x10000)
        bytes[n++] = (char)(0xf0 | key >> 18);
    if (key >= 0x800)
        bytes[n++] = (char)(key >= 0x10000 ? 0x80 | (key >> 12 & 0x3f) : 0xe0 | key >> 12);
    if (key >= 0x80)
        bytes[n++] = (char)(key >= 0x800 ? 0x80 | (key >> 6 & 0x3f) : 0xc0 | key >> 6);
    bytes[n++] = (char)(key >= 0x80 ? 0x80 | (key & 0x3f) : key);
    strbuf_add(into, (struct str){ bytes, n });
}

static void
untype(struct strbuf *from)
{
    size_t n = from->n;

    while (n > 0 && ((unsigned char)from->p[n - 1] & 0xc0) == 0x80)
        n--;
    if (n > 0) {
        from->n = n - 1;
        from->p[from->n] = '\0';
    }
}

/* The filter works while it is typed, the search when it is done. */
static void
type(struct view *v, unsigned key)
{
    struct strbuf *into = v->mode == MODE_SEARCH ? &v->search : &v->filter;
    bool is_search = v->mode == MODE_SEARCH;

    if (key == PRESS_ESC)
        strbuf_clear(into);
    if (key == PRESS_ESC || key == PRESS_RETURN)
        v->mode = MODE_BROWSE;
    else if (key == PRESS_BACK)
        untype(into);
    else if (key >= ' ' && key < PRESS_UP && into->n < 100)
        type_character(into, key);
    if (!is_search)
        view_filter(v);
    else if (key == PRESS_RETURN)
        search_next(v);
}

static bool
is_on(const struct binding *b, unsigned key)
{
    for (size_t i = 0; i < LEN(b->on) && b->on[i]; i++)
        if (b->on[i] == key)
            return true;
    return false;
}

void
keys_press(struct view *v, unsigned key)
{
    v->said[0] = '\0';
    if (v->mode == MODE_HELP) {
        v->mode = MODE_BROWSE;
        return;
    }
    if (v->mode != MODE_BROWSE) {
        type(v, key);
        return;
    }
    if (key >= '1' && key < '1' + panes_len) {
        show_pane(v, key - '1');
        return;
    }
    for (size_t i = 0; i < bindings_len; i++)
        if (is_on(&bindings[i], key)) {
            bindings[i].act(v);
            return;
        }
}

void
pane_help(const struct view *v, struct cells *c, struct box box)
{
    int column = box.width >= 90 ? box.width / 2 : box.width;
    int rows = (int)(bindings_len + (size_t)(box.width / column) - 1) / (box.width / column);

    (void)v;
    for (int i = 0; i < (int)bindings_len; i++) {
        int x = box.x + i / rows * column, y = box.y + i % rows;

        if (y >= box.y + box.height)
            continue;
        cells_text(c, x + 1, y, 11, CELL_BOLD, str_of(bindings[i].keys));
        cells_text(c, x + 13, y, column - 14, 0, str_of(bindings[i].help));
    }
}
