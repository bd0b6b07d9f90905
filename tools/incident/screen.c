/* SPDX-License-Identifier: MIT */
#include "screen.h"

#include "base/utf8.h"
#include "cli/output.h"
#include "report/advice.h"
#include "report/words.h"

enum {
    LABEL = 7, /* "when   " */
    ROUTES_SHOWN = 6,
    OTHERS_SHOWN = 3,
    HOLDERS_SHOWN = 5,
    NEXT_SHOWN = 4,
};

/* What is being drawn: lines are gathered one by one, so that each can be cut. */
struct screen {
    struct strbuf *out;
    const struct findings *f;
    int columns;
    bool utf8;
    struct strbuf line;
    const char *label; /* of the block that begins with the next line; NULL: none */
};

static void
screen_done(struct screen *s)
{
    strbuf_done(&s->line);
}

/* Cuts to the width; without UTF-8 the marks become what ASCII has for them. */
static void
put_cut(struct screen *s, struct str text)
{
    int width = 0;

    while (text.n && width < s->columns) {
        size_t n = utf8_length(text);

        if (n == 0)
            n = 1;
        if (n == 1 || s->utf8)
            strbuf_add(s->out, str_head(text, n));
        else
            strbuf_adds(s->out, str_starts(text, STR("\xc2\xb1")) ? "+-" : "?");
        width++;
        text = str_skip(text, n);
    }
}

static void
end_line(struct screen *s, enum style style)
{
    AUTO(strbuf) head = { 0 };

    while (s->line.n && s->line.p[s->line.n - 1] == ' ')
        s->line.p[--s->line.n] = '\0';
    if (s->label) {
        strbuf_addf(&head, "%-*s", LABEL, *s->label ? s->label : "");
        strbuf_add(s->out, strbuf_str(&head));
        s->columns -= LABEL;
    }
    if (style == STYLE_PLAIN) {
        put_cut(s, strbuf_str(&s->line));
    } else {
        AUTO(strbuf) cut = { 0 };
        struct strbuf *out = s->out;

        s->out = &cut;
        put_cut(s, strbuf_str(&s->line));
        s->out = out;
        output_styled(out, style, strbuf_str(&cut));
    }
    strbuf_addc(s->out, '\n');
    if (s->label) {
        s->columns += LABEL;
        s->label = "";
    }
    strbuf_clear(&s->line);
}

static void
begin_block(struct screen *s, const char *label)
{
    s->label = label;
}

static void
blank(struct screen *s)
{
    s->label = NULL;
    strbuf_addc(s->out, '\n');
}

static void
pad_to(struct strbuf *b, size_t width)
{
    if (b->n < width)
        strbuf_fill(b, ' ', width - b->n);
}

/* "CREDENTIAL MISMATCH": the class in capitals. */
static void
add_title(struct strbuf *out, const struct findings *f)
{
    const char *class = f->cause.class;

    if (!f->has_onset)
        strbuf_adds(out, f->state == STATE_HEALTHY ? "NO OUTAGE" : "NOT KNOWN");
    else if (!class || f->cause.confidence < 0.5)
        strbuf_adds(out, "CAUSE NOT KNOWN");
    else
        for (; *class; class ++)
            strbuf_addc(out, *class == '_'                    ? ' '
                             : *class >= 'a' && *class <= 'z' ? (char)(*class - 'a' + 'A')
                                                              : *class);
    if (!f->has_onset || !class)
        return;
    if (f->cause.role.n) {
        strbuf_adds(out, "  role ");
        utf8_show(out, f->cause.role, false);
    }
    if (f->cause.database.n) {
        strbuf_adds(out, ", database ");
        utf8_show(out, f->cause.database, false);
    }
}

static void
add_state(struct strbuf *out, const struct findings *f)
{
    if (f->state == STATE_FAILING) {
        strbuf_adds(out, "FAILING for ");
        words_duration(out, MAX(f->covered.high - span_mid(f->onset), 0));
    } else if (f->state == STATE_RECOVERED) {
        strbuf_adds(out, "RECOVERED after ");
        words_duration(out, MAX(span_mid(f->recovery) - span_mid(f->onset), 0));
    }
}

static void
draw_answer(struct screen *s)
{
    AUTO(strbuf) state = { 0 };
    const struct findings *f = s->f;
    enum style style = f->state == STATE_FAILING     ? STYLE_BAD
                       : f->state == STATE_RECOVERED ? STYLE_GOOD
                                                     : STYLE_STRONG;

    add_title(&s->line, f);
    add_state(&state, f);
    if (s->line.n + state.n + 2 < (size_t)s->columns)
        pad_to(&s->line, (size_t)s->columns - state.n);
    else if (state.n)
        strbuf_adds(&s->line, "  ");
    strbuf_add(&s->line, strbuf_str(&state));
    end_line(s, style);
    strbuf_add(&s->line, f->has_onset ? f->cause.sentence : f->sentence);
    end_line(s, STYLE_PLAIN);
}

static void
draw_instant(struct screen *s, const char *what, struct span when, struct str more)
{
    AUTO(strbuf) clock = { 0 }, margin = { 0 };

    words_clock(&clock, when, WORDS_TIME);
    words_margin(&margin, when);
    strbuf_addf(&s->line, "%-10s %-13s %-9s ", what, strbuf_text(&clock), strbuf_text(&margin));
    utf8_show(&s->line, str_head(more, 60), false);
    end_line(s, STYLE_PLAIN);
}

static void
draw_times(struct screen *s)
{
    const struct findings *f = s->f;

    begin_block(s, "when");
    if (f->has_rotation)
        draw_instant(s, "rotated", f->rotation, f->rotation_how);
    if (f->has_onset)
        draw_instant(s, "first bad", f->onset,
                     f->routes_len ? f->routes[0].route : (struct str){ 0 });
    if (f->has_recovery)
        draw_instant(s, "good again", f->recovery, (struct str){ 0 });
    if (!f->has_onset)
        draw_instant(s, "from", span_at(f->covered.low), (struct str){ 0 });
    if (!f->has_recovery)
        draw_instant(s, "seen until", span_at(f->covered.high), (struct str){ 0 });
}

static void
draw_holders(struct screen *s)
{
    static const char *const states[] = { "unknown", "stale", "current", "latent" };
    const struct findings *f = s->f;

    if (!f->has_onset)
        return;
    begin_block(s, "who");
    if (f->cause.stale != STALE_UNKNOWN) {
        strbuf_addf(&s->line, "%-10s %s", "stale", stale_names[f->cause.stale]);
        end_line(s, STYLE_PLAIN);
    }
    for (size_t i = 0; i < f->holders_len && i < HOLDERS_SHOWN; i++) {
        strbuf_addf(&s->line, "%-10s ", states[f->holders[i].state]);
        utf8_show(&s->line, f->holders[i].name, false);
        strbuf_adds(&s->line, "  ");
        utf8_show(&s->line, f->holders[i].why, false);
        end_line(s, STYLE_PLAIN);
    }
}

static void
draw_routes(struct screen *s)
{
    const struct findings *f = s->f;

    for (size_t i = 0; i < f->routes_len && i < ROUTES_SHOWN; i++) {
        const struct route_count *r = &f->routes[i];

        utf8_show(&s->line, str_head(r->route, 30), false);
        pad_to(&s->line, 18);
        strbuf_addf(&s->line, " %6lu of %6lu failed", (unsigned long)r->failed,
                    (unsigned long)r->requests);
        end_line(s, STYLE_PLAIN);
    }
    if (f->routes_len > ROUTES_SHOWN) {
        strbuf_addf(&s->line, "and %lu routes more",
                    (unsigned long)(f->routes_len - ROUTES_SHOWN));
        end_line(s, STYLE_DIM);
    }
}

static void
draw_counts(struct screen *s)
{
    const struct findings *f = s->f;

    begin_block(s, "what");
    draw_routes(s);
    if (f->counts.auth_lines) {
        words_counted(&s->line, f->counts.auth_attempts, "refused login");
        if (f->counts.auth_attempts != f->counts.auth_lines) {
            strbuf_adds(&s->line, ", ");
            words_counted(&s->line, f->counts.auth_lines, "line");
            strbuf_adds(&s->line, ": each tried twice");
        }
        end_line(s, STYLE_PLAIN);
    }
    for (size_t i = 1; i < f->outages_len && i <= OTHERS_SHOWN; i++) {
        strbuf_adds(&s->line, "apart from it: ");
        utf8_show(&s->line, f->outages[i].what, false);
        end_line(s, STYLE_DIM);
    }
}

static void
draw_now(struct screen *s, struct str lines)
{
    begin_block(s, "now");
    while (lines.n) {
        strbuf_add(&s->line, str_cut(&lines, '\n'));
        end_line(s, STYLE_PLAIN);
    }
}

/* Only clocks that are off by more than their measuring noise are worth a line at 03:10. */
static void
draw_clocks(struct screen *s)
{
    const struct findings *f = s->f;

    begin_block(s, "clocks");
    for (size_t i = 0; i < f->sources_len; i++) {
        const struct source_finding *x = &f->sources[i];

        if (!x->clock.has_offset || !words_offset_matters(x->clock.offset))
            continue;
        utf8_show(&s->line, x->source->name, false);
        strbuf_adds(&s->line, " ");
        words_offset(&s->line, x->clock.offset);
        strbuf_adds(&s->line, " (!)");
        end_line(s, STYLE_BAD);
    }
}

static void
draw_confidence(struct screen *s)
{
    const struct findings *f = s->f;

    if (!f->has_onset)
        return;
    begin_block(s, "sure");
    words_percent(&s->line, (uint64_t)(f->cause.confidence * 100 + 0.5), 100);
    if (f->cause.refuted_by.n)
        strbuf_addf(&s->line, "   refuted by: " STR_FMT, STR_ARG(f->cause.refuted_by));
    end_line(s, STYLE_PLAIN);
    begin_block(s, "why");
    for (size_t i = 0; i < f->cause.evidence_len; i++) {
        const struct evidence *e = &f->cause.evidence[i];

        strbuf_addf(&s->line, "%s " STR_FMT, e->against ? "-" : "+", STR_ARG(e->says));
        end_line(s, STYLE_DIM);
    }
}

static void
draw_next(struct screen *s)
{
    unsigned n = 0;

    blank(s);
    begin_block(s, "next");
    for (size_t i = 0; i < advices_len && n < NEXT_SHOWN; i++) {
        if (!advice_applies(&advices[i], s->f))
            continue;
        strbuf_addf(&s->line, "%u %s", ++n, advices[i].what);
        end_line(s, STYLE_PLAIN);
        strbuf_adds(&s->line, "  ");
        advice_command(&s->line, &advices[i], s->f);
        end_line(s, STYLE_STRONG);
    }
    strbuf_addf(&s->line, "%u write it down", ++n);
    end_line(s, STYLE_PLAIN);
    strbuf_adds(&s->line, "  incident report -o outage.html");
    end_line(s, STYLE_STRONG);
}

void
screen_draw(struct strbuf *out, const struct findings *f, struct str now, int columns)
{
    AUTO(screen) s = { .out = out, .f = f, .columns = MAX(columns, 20), .utf8 = output_utf8() };

    draw_answer(&s);
    blank(&s);
    if (f->covered.high)
        draw_times(&s);
    draw_holders(&s);
    draw_counts(&s);
    draw_now(&s, now);
    draw_clocks(&s);
    draw_confidence(&s);
    if (f->has_onset)
        draw_next(&s);
}
