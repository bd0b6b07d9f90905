/* SPDX-License-Identifier: MIT */
#include "panes.h"

#include <stdarg.h>
#include <stdio.h>

#include "report/advice.h"
#include "report/words.h"

/* A pane of text: lines from the top, the first `skip` of them scrolled away. */
struct sheet {
    struct cells *c;
    struct box box;
    int y;    /* where the next line goes; above the box while scrolled away */
    int left; /* indent of the next words */
};

static struct sheet
sheet_open(const struct view *v, struct cells *c, struct box box)
{
    return (struct sheet){ c, box, box.y - (int)v->scroll, 1 };
}

static bool
is_seen(const struct sheet *s)
{
    return s->y >= s->box.y && s->y < s->box.y + s->box.height;
}

static void
put_at(struct sheet *s, int x, int width, unsigned style, struct str text)
{
    if (is_seen(s))
        cells_text(s->c, s->box.x + x, s->y, MIN(width, s->box.width - x), style, text);
}

static void printf_like(5, 6)
    putf_at(struct sheet *s, int x, int width, unsigned style, const char *fmt, ...)
{
    char text[512];
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(text, sizeof(text), fmt, ap);
    va_end(ap);
    put_at(s, x, width, style, str_of(text));
}

static void
heading(struct sheet *s, const char *words)
{
    put_at(s, 1, s->box.width - 1, CELL_BOLD, str_of(words));
    s->y++;
}

/* Wrapped at the width of the pane. What is scrolled away is wrapped all the same. */
static void
paragraph(struct sheet *s, int x, unsigned style, struct str text)
{
    struct box box = { s->box.x + x, s->y, s->box.width - x - 1,
                       s->box.y + s->box.height - s->y };

    if (s->y < s->box.y) {
        put_at(s, x, s->box.width - x, style, text);
        s->y++;
        return;
    }
    s->y += cells_wrap(s->c, box, style, text);
}

void
pane_timeline(const struct view *v, struct cells *c, struct box box)
{
    struct box lanes = box;
    int took;

    lanes.height = v->detail ? MIN(box.height / 3, 8) : MAX(box.height / 2, 4);
    took = box.height >= 8 ? lanes_show(v, c, lanes) : 0;
    list_draw(v, c, (struct box){ box.x, box.y + took, box.width, box.height - took });
}

void
pane_routes(const struct view *v, struct cells *c, struct box box)
{
    struct sheet s = sheet_open(v, c, box);
    bool wide = box.width >= 80;

    put_at(&s, 1, 30, CELL_DIM, STR("route"));
    put_at(&s, wide ? 24 : 16, 19, CELL_DIM, STR("failed of requests"));
    put_at(&s, wide ? 44 : 60, 20, CELL_DIM, STR("first failure"));
    put_at(&s, wide ? 66 : 99, 16, CELL_DIM, STR("well since"));
    s.y++;
    for (size_t i = 0; i < v->findings->routes_len; i++, s.y++) {
        const struct route_count *r = &v->findings->routes[i];
        AUTO(strbuf) first = { 0 };

        put_at(&s, 1, wide ? 22 : 14, 0, r->route);
        putf_at(&s, wide ? 24 : 16, 19, r->failed ? CELL_BAD : CELL_DIM, "%llu of %llu",
                (unsigned long long)r->failed, (unsigned long long)r->requests);
        if (r->failed == 0) {
            put_at(&s, wide ? 44 : 60, 20, CELL_DIM, STR("never failed"));
            continue;
        }
        words_instant(&first, r->first_bad, WORDS_TIME);
        put_at(&s, wide ? 44 : 60, 21, 0, strbuf_str(&first));
        putf_at(&s, wide ? 66 : 99, 16, r->clean_after ? CELL_GOOD : CELL_BAD, "%llu in a row",
                (unsigned long long)r->clean_after);
    }
    if (v->findings->routes_len == 0)
        put_at(&s, 1, box.width, CELL_DIM, STR("no request recorded"));
}

static void
source_line(struct sheet *s, const struct view *v, const struct source_finding *f, bool wide)
{
    const struct store_source *source = f->source;
    AUTO(strbuf) offset = { 0 };
    bool matters = f->clock.has_offset && words_offset_matters(f->clock.offset);

    if (f->clock.has_offset)
        words_offset(&offset, f->clock.offset);
    else
        strbuf_adds(&offset, "not measured");
    if (matters)
        strbuf_adds(&offset, " (!)");
    put_at(s, 1, wide ? 20 : 14, 0, view_source(v, source->id));
    putf_at(s, wide ? 22 : 16, wide ? 25 : 22, 0, STR_FMT " %s", STR_ARG(f->clock.zone),
            zone_from_names[f->clock.zone_from]);
    if (!wide)
        s->y++;
    put_at(s, wide ? 48 : 3, 21, matters ? CELL_BAD : 0, strbuf_str(&offset));
    putf_at(s, wide ? 70 : 25, 12, 0, "%llu read", (unsigned long long)source->records);
    putf_at(s, wide ? 83 : 60, 40, source->not_understood ? CELL_BOLD : CELL_DIM,
            "%llu not understood", (unsigned long long)source->not_understood);
    s->y++;
    if (!str_eq(source->coverage, STR("complete"))) {
        put_at(s, 3, s->box.width - 3, CELL_BAD, source->coverage);
        s->y++;
    }
}

void
pane_sources(const struct view *v, struct cells *c, struct box box)
{
    struct sheet s = sheet_open(v, c, box);
    bool wide = box.width >= 80;

    put_at(&s, 1, 20, CELL_DIM, STR("source"));
    put_at(&s, wide ? 22 : 16, 24, CELL_DIM, STR("zone, and from where"));
    if (wide)
        put_at(&s, 48, 40, CELL_DIM, STR("clock, minus reference"));
    s.y++;
    for (size_t i = 0; i < v->findings->sources_len; i++)
        source_line(&s, v, &v->findings->sources[i], wide);
    if (v->findings->sources_len == 0)
        put_at(&s, 1, box.width, CELL_DIM, STR("no source read"));
}

void
pane_recovery(const struct view *v, struct cells *c, struct box box)
{
    static const struct {
        const char *mark;
        unsigned style;
    } holds[] = { { "✓", CELL_GOOD }, { "✗", CELL_BAD }, { "?", CELL_BOLD } };
    const struct findings *f = v->findings;
    struct sheet s = sheet_open(v, c, box);

    if (f->has_recovery) {
        AUTO(strbuf) when = { 0 };

        strbuf_adds(&when, "All well from ");
        words_instant(&when, f->recovery, WORDS_TIME);
        strbuf_adds(&when, " UTC, as far as the record goes:");
        put_at(&s, 1, box.width - 1, CELL_GOOD, strbuf_str(&when));
    } else {
        put_at(&s, 1, box.width - 1, f->has_onset ? CELL_BAD : 0,
               f->has_onset ? STR("Not over.") : STR("Nothing to recover from."));
    }
    s.y += 2;
    for (size_t i = 0; i < f->proofs_len; i++) {
        const struct proof *p = &f->proofs[i];

        put_at(&s, 1, 1, holds[p->holds].style, str_of(holds[p->holds].mark));
        put_at(&s, 3, box.width - 3, 0, str_of(p->what));
        if (box.width < 80)
            s.y++;
        put_at(&s, box.width >= 80 ? 44 : 5, box.width, CELL_DIM, p->why);
        s.y++;
    }
    s.y++;
    put_at(&s, 1, box.width - 1, CELL_DIM,
           STR("baseline wait proves it, with fresh connections"));
}

static void
show_evidence(struct sheet *s, const struct cause *c, bool against)
{
    for (size_t i = 0; i < c->evidence_len; i++) {
        if (c->evidence[i].against != against)
            continue;
        put_at(s, 1, 1, against ? CELL_BAD : CELL_GOOD, against ? STR("-") : STR("+"));
        paragraph(s, 3, 0, c->evidence[i].says);
    }
}

static void
show_holders(struct sheet *s, const struct findings *f)
{
    static const char *const states[] = { "not known", "stale", "current", "latent" };

    if (f->holders_len == 0)
        return;
    s->y++;
    heading(s, "who holds which secret");
    for (size_t i = 0; i < f->holders_len; i++, s->y++) {
        const struct holder *h = &f->holders[i];

        putf_at(s, 1, 9, h->state == HOLDS_STALE ? CELL_BAD : 0, "%s", states[h->state]);
        put_at(s, 11, 30, 0, h->name);
        put_at(s, 42, s->box.width, CELL_DIM, h->why);
    }
}

static void
show_advice(struct sheet *s, const struct findings *f)
{
    s->y++;
    heading(s, "next");
    for (size_t i = 0; i < advices_len; i++) {
        AUTO(strbuf) command = { 0 };

        if (!advice_applies(&advices[i], f))
            continue;
        advice_command(&command, &advices[i], f);
        put_at(s, 1, s->box.width - 1, CELL_DIM, str_of(advices[i].what));
        s->y++;
        put_at(s, 3, s->box.width - 3, 0, strbuf_str(&command));
        s->y++;
    }
}

void
pane_why(const struct view *v, struct cells *c, struct box box)
{
    const struct findings *f = v->findings;
    struct sheet s = sheet_open(v, c, box);
    AUTO(strbuf) refuted = { 0 };

    if (f->cause.sentence.n > 0)
        paragraph(&s, 1, CELL_BOLD, f->cause.sentence);
    else
        paragraph(&s, 1, CELL_BOLD, STR("The record does not decide the cause."));
    show_evidence(&s, &f->cause, false);
    show_evidence(&s, &f->cause, true);
    if (f->cause.refuted_by.n > 0) {
        strbuf_addf(&refuted, "refuted by: " STR_FMT, STR_ARG(f->cause.refuted_by));
        paragraph(&s, 1, CELL_DIM, strbuf_str(&refuted));
    }
    show_holders(&s, f);
    if (f->has_onset)
        show_advice(&s, f);
}
