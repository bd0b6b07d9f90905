/* SPDX-License-Identifier: MIT */
#include "dashboard.h"

#include "panes.h"
#include "report/words.h"
#include "time/civil.h"

/* clang-format off */
const struct pane panes[] = {
    { "timeline", pane_timeline, true },
    { "routes",   pane_routes,   false },
    { "sources",  pane_sources,  false },
    { "recovery", pane_recovery, false },
    { "why",      pane_why,      false },
};
/* clang-format on */
const size_t panes_len = LEN(panes);

/* Below this only the status line is of use. */
enum { LOW = 6, NARROW = 30 };

static unsigned
state_style(enum state state)
{
    return state == STATE_FAILING                               ? CELL_BOLD | CELL_BAD
           : state == STATE_RECOVERED || state == STATE_HEALTHY ? CELL_BOLD | CELL_GOOD
                                                                : CELL_BOLD;
}

static void
add_state(struct strbuf *out, const struct view *v)
{
    const struct findings *f = v->findings;

    for (const char *c = state_names[f->state]; *c; c++)
        strbuf_addc(out, (char)(*c - 'a' + 'A'));
    if (!f->has_onset)
        return;
    strbuf_addc(out, ' ');
    words_duration_short(out, (f->has_recovery ? span_mid(f->recovery) : v->now) -
                                  span_mid(f->onset));
}

static void
add_cause(struct strbuf *out, const struct cause *c, bool is_wide)
{
    for (const char *p = c->class ? c->class : "cause not known"; *p; p++)
        strbuf_addc(out, *p == '_' ? ' ' : *p);
    if (c->role.n > 0)
        strbuf_addf(out, " · %s" STR_FMT, is_wide ? "role " : "", STR_ARG(c->role));
    if (c->stale != STALE_UNKNOWN)
        strbuf_addf(out, " · %s stale", stale_names[c->stale]);
    if (c->class)
        strbuf_addf(out, " · %.0f %%", c->confidence * 100);
}

static void
draw_status(const struct view *v, struct cells *c)
{
    AUTO(strbuf) state = { 0 };
    AUTO(strbuf) cause = { 0 };
    AUTO(strbuf) clock = { 0 };
    int x, right = c->width;

    add_state(&state, v);
    if (c->width >= 60) {
        AUTO(strbuf) day = { 0 };

        civil_print(&day, v->now, 0);
        strbuf_addf(&clock, STR_FMT " %s ", STR_ARG(str_skip(strbuf_str(&day), 11)),
                    v->paused ? "paused"
                    : v->live ? "live"
                              : "");
        right -= (int)clock.n;
        cells_text(c, right, 0, (int)clock.n, CELL_DIM, strbuf_str(&clock));
    }
    x = cells_text(c, 1, 0, right - 1, state_style(v->findings->state), strbuf_str(&state));
    if (v->findings->has_onset || v->findings->cause.class)
        add_cause(&cause, &v->findings->cause, c->width >= 90);
    if (x + 3 < right)
        cells_text(c, x + 3, 0, right - x - 4, 0, strbuf_str(&cause));
}

/* What the keys do now, or what is being typed, or the answer to the last key. */
static void
draw_bar(const struct view *v, struct cells *c)
{
    int y = c->height - 1, x = 1;

    if (v->mode == MODE_SEARCH || v->mode == MODE_FILTER) {
        const struct strbuf *typed = v->mode == MODE_SEARCH ? &v->search : &v->filter;

        x = cells_textf(c, 0, y, c->width, CELL_BOLD, v->mode == MODE_SEARCH ? "/" : "\\");
        x = cells_text(c, x, y, c->width - x - 1, 0, strbuf_str(typed));
        cells_put(c, x, y, CELL_REVERSE, ' ');
        return;
    }
    cells_rule(c, 0, y, c->width, NULL);
    for (size_t i = 0; i < panes_len && x + 4 < c->width; i++) {
        unsigned style = i == v->pane ? CELL_BOLD | CELL_REVERSE : 0;

        if (c->width < 70 && i != v->pane)
            x = cells_textf(c, x, y, c->width - x, style, " %zu ", i + 1);
        else
            x = cells_textf(c, x, y, c->width - x, style, " %zu %s ", i + 1, panes[i].name);
    }
    if (v->said[0])
        cells_textf(c, x + 1, y, c->width - x - 1, CELL_BOLD, " %s ", v->said);
    else if (c->width - x > 36)
        cells_text_end(c, c->width - 2, y, CELL_DIM, STR(" e next failure  r report  ? keys "));
    else if (c->width - x > 8)
        cells_text_end(c, c->width - 1, y, CELL_DIM, STR(" ? keys "));
}

void
dashboard_draw(const struct view *v, struct cells *c)
{
    struct box box = { 0, 2, c->width, c->height - 3 };

    cells_clear(c);
    draw_status(v, c);
    if (c->height < LOW || c->width < NARROW)
        return;
    cells_rule(c, 0, 1, c->width, NULL);
    if (v->mode == MODE_HELP)
        pane_help(v, c, box);
    else
        panes[v->pane].draw(v, c, box);
    draw_bar(v, c);
}
