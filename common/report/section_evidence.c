/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "report/chart.h"
#include "report/sections.h"
#include "report/words.h"

static void
clock_cell(struct page *p, const struct source_finding *s)
{
    AUTO(strbuf) said = { 0 };

    if (s->clock.has_offset)
        words_offset(&said, s->clock.offset);
    else
        strbuf_adds(&said, "not measured");
    page_cell_put(p, VOICE_PLAIN, strbuf_str(&said));
}

/* Without its folders, unless another source would then be called the same. */
static struct str
short_name(const struct findings *f, size_t at)
{
    struct str full = f->sources[at].source->name, name = model_file_name(full);

    for (size_t i = 0; i < f->sources_len; i++)
        if (i != at && str_eq(model_file_name(f->sources[i].source->name), name))
            return full;
    return name;
}

void
section_clocks(struct page *p)
{
    static const struct column columns[] = {
        { "Source", .wide = true },
        { "Zone" },
        { "Clock" },
        { "Coverage", .wide = true },
        { "Records", .number = true },
        { "Not read", .number = true },
    };
    const struct findings *f = p->report->f;
    const struct chart *c = chart_named("offsets");

    if (c->applies(p->report))
        p->ops->chart(p, c);
    p->ops->table(p, "Sources, their clocks and how much of them was read", columns,
                  LEN(columns));
    for (size_t i = 0; i < f->sources_len; i++) {
        const struct source_finding *s = &f->sources[i];

        page_cell_put(p, VOICE_LOG, short_name(f, i));
        page_put(p, VOICE_PLAIN, s->clock.zone.n ? s->clock.zone : STR("–"));
        page_put(p, VOICE_QUIET, STR(" "));
        page_put(p, VOICE_QUIET, str_of(zone_from_names[s->clock.zone_from]));
        p->ops->cell_end(p, NULL);
        clock_cell(p, s);
        page_cell_put(p, VOICE_PLAIN,
                      s->source->coverage.n ? s->source->coverage : STR("not known"));
        page_cell_count(p, page_at(p, "scope.sources.%zu.records", i), s->source->records);
        page_cell_count(p, page_at(p, "scope.sources.%zu.not_understood", i),
                        s->source->not_understood);
        p->ops->row_end(p);
    }
    p->ops->table_end(p);
    page_paragraph(p, "Clocks are given as source minus reference. A time in this report has "
                      "the measured offset taken off, and its margin holds what is left of "
                      "doubt.");
}

static void
evidence_row(struct page *p, size_t i)
{
    const struct exhibit *x = &p->report->exhibits[i];
    AUTO(strbuf) text = { 0 };
    char hash[2 * SHA256_LEN + 1], id[24];

    page_say(p, "E%zu", i + 1);
    snprintf(id, sizeof(id), "e%zu", i + 1);
    p->ops->cell_end(p, id);
    words_instant(&text, x->event->when.span, WORDS_DATE_TIME);
    strbuf_adds(&text, "; ");
    model_how(&text, x->event, x->source);
    page_cell_put(p, VOICE_PLAIN, strbuf_str(&text));
    if (x->source)
        page_put(p, VOICE_CODE, x->source->source->name);
    page_say(p, ", line %llu, byte ", (unsigned long long)x->event->line);
    page_put_number(p, page_at(p, "evidence.%zu.offset", i), x->event->offset);
    page_say(p, ", ");
    page_put_number(p, page_at(p, "evidence.%zu.length", i), x->event->length);
    page_say(p, " bytes, SHA-256 ");
    hex_print(hash, x->event->hash.bytes, SHA256_LEN);
    page_put(p, VOICE_CODE, str_of(hash));
    p->ops->cell_end(p, NULL);
    p->ops->row_end(p);
}

void
section_evidence(struct page *p)
{
    static const struct column columns[] = {
        { "No." },
        { "When, and how that is known", .wide = true },
        { "Where it stands", .wide = true },
    };

    p->ops->table(p, "Where each piece can be read again", columns, LEN(columns));
    for (size_t i = 0; i < p->report->exhibits_len; i++)
        evidence_row(p, i);
    p->ops->table_end(p);
    page_paragraph(p, "The text of a record is shown without its secrets; the hash is of its "
                      "bytes as they stand in the source. To check every line:");
    p->ops->command(p, STR("incident verify THIS-FILE"), "names any byte that changed");
}

void
section_made(struct page *p)
{
    const struct report *r = p->report;

    page_say(p, "Made by incident " VERSION " from ");
    page_count(p, "sources", r->f->sources_len, "source");
    if (r->timeline.n > 0) {
        page_say(p, " in the timeline ");
        page_put(p, VOICE_CODE, r->timeline);
    }
    page_say(p, ", which covers ");
    page_clock(p, r->f->covered.low);
    page_say(p, " to ");
    page_clock(p, r->f->covered.high);
    page_paragraph(p, " UTC. The same timeline gives the same report, byte by byte.");
    page_paragraph(p,
                   "Every instant is a span: ± is half of it; +1 s says that the clock wrote "
                   "whole seconds. One event is said to come before another only where "
                   "their spans do not overlap.");
}
