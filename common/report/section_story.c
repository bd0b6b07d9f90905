/* SPDX-License-Identifier: MIT */
#include "report/sections.h"
#include "report/words.h"

/* "E7", leading to the row of the evidence. */
static void
refer(struct page *p, const struct event *e)
{
    size_t n = model_exhibit(p->report, e);
    AUTO(strbuf) name = { 0 };
    AUTO(strbuf) href = { 0 };

    if (n == 0)
        return;
    strbuf_addf(&name, "E%zu", n);
    strbuf_addf(&href, "e%zu", n);
    p->ops->words(p, &(struct words){ strbuf_str(&name), .href = strbuf_text(&href) });
}

static struct str
one_line(struct str text)
{
    return str_trim(str_cut(&text, '\n'));
}

static void
say_moment(struct page *p, const struct event *e)
{
    page_say(p, "%s", event_kinds[e->kind].plain ? event_kinds[e->kind].plain : "seen");
    if (e->role.n > 0) {
        page_say(p, ", role ");
        page_put(p, VOICE_LOG, e->role);
    }
    if (e->route.n > 0) {
        page_say(p, ", ");
        page_put(p, VOICE_LOG, e->route);
    }
    if (e->text.n > 0) {
        page_say(p, ": ");
        page_put(p, VOICE_LOG, str_head(one_line(e->text), 160));
    }
}

void
section_happened(struct page *p)
{
    static const struct column columns[] = {
        { "UTC" },
        { "±" },
        { "What", .wide = true },
        { "Seen in", .wide = true },
    };
    const struct report *r = p->report;

    p->ops->table(p, "What happened, in order of time", columns, LEN(columns));
    for (size_t i = 0; i < r->exhibits_len; i++) {
        const struct event *e = r->exhibits[i].event;
        AUTO(strbuf) clock = { 0 };
        AUTO(strbuf) margin = { 0 };

        words_clock(&clock, e->when.span, WORDS_TIME);
        words_margin(&margin, e->when.span);
        page_cell_put(p, VOICE_PLAIN, strbuf_str(&clock));
        page_cell_put(p, VOICE_PLAIN, strbuf_str(&margin));
        say_moment(p, e);
        p->ops->cell_end(p, NULL);
        if (r->exhibits[i].source)
            page_put(p, VOICE_QUIET, model_file_name(r->exhibits[i].source->source->name));
        page_say(p, " ");
        refer(p, e);
        p->ops->cell_end(p, NULL);
        p->ops->row_end(p);
    }
    p->ops->table_end(p);
    if (r->left_out > 0) {
        page_count(p, "left_out", r->left_out, "more moment");
        page_paragraph(p, " are in the timeline file and not shown here.");
    }
}

static size_t
count_evidence(const struct cause *c, bool against)
{
    size_t n = 0;

    for (size_t i = 0; i < c->evidence_len; i++)
        n += c->evidence[i].against == against;
    return n;
}

static void
evidence_table(struct page *p, bool against)
{
    static const struct column columns[] = { { "Observation", .wide = true }, { "See" } };
    const struct cause *c = &p->report->f->cause;

    p->ops->table(p, against ? "Evidence against" : "Evidence for", columns, LEN(columns));
    for (size_t i = 0; i < c->evidence_len; i++) {
        if (c->evidence[i].against != against)
            continue;
        page_cell_put(p, VOICE_PLAIN, c->evidence[i].says);
        if (c->evidence[i].event.kind != KIND_NONE)
            refer(p, &c->evidence[i].event);
        else
            page_say(p, "counted");
        p->ops->cell_end(p, NULL);
        p->ops->row_end(p);
    }
    p->ops->table_end(p);
}

void
section_why(struct page *p)
{
    const struct cause *c = &p->report->f->cause;

    if (c->class == NULL || c->confidence < 0.5) {
        page_paragraph(p, "The record does not decide the cause.");
    } else {
        page_put(p, VOICE_STRONG, c->sentence);
        page_say(p, " Confidence ");
        page_put_number(p, "confidence_percent", (uint64_t)(c->confidence * 100 + 0.5));
        page_paragraph(p, " %%.");
    }
    if (count_evidence(c, false) > 0)
        evidence_table(p, false);
    if (count_evidence(c, true) > 0)
        evidence_table(p, true);
    else
        page_paragraph(p, "Nothing in the record speaks against it.");
    if (c->refuted_by.n > 0) {
        page_say(p, "It would be refuted by: ");
        page_put(p, VOICE_PLAIN, c->refuted_by);
        page_paragraph(p, ".");
    }
}

void
section_stale(struct page *p)
{
    static const char *const states[] = { "not known", "stale", "current", "latent" };
    static const struct column columns[] = { { "Holder", .wide = true },
                                             { "State" },
                                             { "Because", .wide = true } };
    const struct findings *f = p->report->f;

    if (f->cause.stale == STALE_UNKNOWN) {
        page_paragraph(p, "Which side is stale is not known from this record.");
    } else {
        page_say(p, "The stale side is the ");
        page_put(p, VOICE_STRONG, str_of(stale_names[f->cause.stale]));
        page_paragraph(p, ".");
    }
    if (f->holders_len == 0)
        return;
    p->ops->table(p, "Who holds which secret", columns, LEN(columns));
    for (size_t i = 0; i < f->holders_len; i++) {
        page_cell_put(p, VOICE_LOG, f->holders[i].name);
        page_cell(p, "%s", states[f->holders[i].state]);
        page_cell_put(p, VOICE_PLAIN, f->holders[i].why);
        p->ops->row_end(p);
    }
    p->ops->table_end(p);
}

void
section_others(struct page *p)
{
    static const struct column columns[] = {
        { "From" }, { "To" }, { "Failures", .number = true }, { "What", .wide = true }
    };
    const struct findings *f = p->report->f;

    p->ops->table(p, "Failures of another cause in the same record", columns, LEN(columns));
    for (size_t i = 1; i < f->outages_len; i++) {
        const struct outage *o = &f->outages[i];

        page_instant(p, page_at(p, "scope.other_outages.%zu.onset", i - 1), o->onset);
        p->ops->cell_end(p, NULL);
        if (o->over)
            page_instant(p, page_at(p, "scope.other_outages.%zu.recovery", i - 1), o->recovery);
        else
            page_say(p, "not over");
        p->ops->cell_end(p, NULL);
        page_cell_count(p, page_at(p, "scope.other_outages.%zu.failures", i - 1), o->failures);
        page_put(p, VOICE_PLAIN, o->what.n ? o->what : str_of(o->class));
        p->ops->cell_end(p, NULL);
        p->ops->row_end(p);
    }
    p->ops->table_end(p);
}
