/* SPDX-License-Identifier: MIT */
#include "report/sections.h"

#include "base/file.h"
#include "report/advice.h"

static void
section_actions(struct page *p)
{
    const struct findings *f = p->report->f;

    for (size_t i = 0; i < advices_len; i++) {
        AUTO(strbuf) command = { 0 };

        if (!advice_applies(&advices[i], f))
            continue;
        advice_command(&command, &advices[i], f);
        p->ops->command(p, strbuf_str(&command), advices[i].what);
    }
    page_paragraph(p, "These are suggestions; nothing has been run.");
}

static void
section_trigger(struct page *p)
{
    const struct findings *f = p->report->f;

    if (!f->has_rotation) {
        page_paragraph(p, "The record does not show what set it off.");
        return;
    }
    page_say(p, "The credential was changed at ");
    page_instant(p, "scope.rotation", f->rotation);
    page_say(p, " UTC, known by: ");
    page_put(p, VOICE_PLAIN, f->rotation_how);
    page_paragraph(p, ".");
}

static bool
has_outage(const struct report *r)
{
    return r->f->has_onset;
}

static bool
has_others(const struct report *r)
{
    return r->f->outages_len > 1;
}

static bool
has_exhibits(const struct report *r)
{
    return r->exhibits_len > 0;
}

/* clang-format off */
const struct section sections[] = {
    { "summary",   "Summary",                     section_summary,  NULL, NULL },
    { "impact",    "What users saw",              section_impact,   NULL, NULL },
    { "happened",  "What happened",               section_happened, has_exhibits, NULL },
    { "trigger",   "Trigger",                     section_trigger,  has_outage, NULL },
    { "why",       "Why",                         section_why,      has_outage, NULL },
    { "stale",     "Who was stale",               section_stale,    has_outage, NULL },
    { "others",    "Other failures",              section_others,   has_others, NULL },
    { "recovery",  "Proof of recovery",           section_recovery, has_outage, NULL },
    { "clocks",    "Clocks and data quality",     section_clocks,   NULL, NULL },
    { "actions",   "What to do next",             section_actions,  has_outage, NULL },
    { "evidence",  "Evidence",                    section_evidence, has_exhibits, NULL },
    { "made",      "How this report was made",    section_made,     NULL, NULL },
    { "people",    "Who took part",               NULL, NULL, "Names and roles: who led, who wrote, who helped." },
    { "detection", "Detection",                   NULL, NULL, "How was it noticed, by whom, and how long after the first failure above?" },
    { "well",      "What went well",              NULL, NULL, "What worked as it should, and is worth keeping?" },
    { "badly",     "What went badly",             NULL, NULL, "What made it longer or worse than it had to be?" },
    { "luck",      "Where we were lucky",         NULL, NULL, "What kept it small without anybody's doing?" },
    { "factors",   "Contributing factors",        NULL, NULL, "What had to be true for this to happen? There are usually several." },
    { "mitigators","What limited it",             NULL, NULL, "Who or what kept it from being worse?" },
    { "risks",     "Risks that remain",           NULL, NULL, "Where could the same thing happen again?" },
    { "themes",    "Themes",                      NULL, NULL, "What does this have in common with earlier incidents?" },
    { "tasks",     "Actions",                     NULL, NULL, "What will be done, by whom, until when? One line each." },
    { "internal",  "Message to colleagues",       NULL, NULL, "What do colleagues need to know?" },
    { "external",  "Message to customers",        NULL, NULL, "What do customers need to know?" },
};

/* The headings are those of the published templates: the Google SRE book's example postmortem,
 * PagerDuty's post-mortem template, and the Howie guide. */
const struct template templates[] = {
    { "rotascope", "the answer first, then the proof",
      "summary\nimpact\nhappened\nwhy\nstale\nothers\nrecovery\nclocks\nactions\n"
      "well\nbadly\nluck\ntasks\nevidence\nmade\n" },
    { "sre", "as in the Google SRE book",
      "people Authors\nsummary Summary\nimpact Impact\nwhy Root causes\nstale Who was stale\n"
      "trigger Trigger\nrecovery Resolution\ndetection Detection\nactions Suggested actions\n"
      "tasks Action items\nwell What went well\nbadly What went wrong\nluck Where we got lucky\n"
      "happened Timeline\nothers\nclocks Data quality\nevidence Supporting information\nmade\n" },
    { "pagerduty", "as in PagerDuty's post-mortem template",
      "summary Overview\nhappened What happened\nwhy Contributing factors\nfactors Further factors\n"
      "recovery Resolution\nimpact Impact\npeople Responders\nothers\nstale Who was stale\n"
      "well What went well\nbadly What didn't go so well\nactions Suggested actions\n"
      "tasks Action items\ninternal Internal email\nexternal External message\n"
      "clocks Data quality\nevidence Data links\nmade\n" },
    { "howie", "as in the Howie guide",
      "summary Executive summary\nhappened Narrative timeline\nimpact Impact\nwhy Contributors\n"
      "factors Enablers\nmitigators Mitigators\nrisks Risks\nstale Who was stale\nothers\n"
      "recovery Epilogue\nthemes Themes\ntasks Follow-up\npeople Participants\n"
      "clocks Sources and their clocks\nevidence Evidence\nmade\n" },
};
/* clang-format on */
const size_t sections_len = LEN(sections);
const size_t templates_len = LEN(templates);

const struct section *
section_named(struct str id)
{
    for (size_t i = 0; i < sections_len; i++)
        if (str_eq(id, str_of(sections[i].id)))
            return &sections[i];
    return NULL;
}

/* One line of a template; lines that are empty or begin with # say nothing. */
static enum status
read_row(struct report *r, struct str line, struct template_row *rows)
{
    struct str heading = str_trim(line);
    struct str id = str_cut(&heading, ' ');

    if (id.n == 0 || id.p[0] == '#')
        return OK;
    rows[r->rows_len].section = section_named(id);
    if (rows[r->rows_len].section == NULL)
        return fail(ERR_USAGE, "there is no section '" STR_FMT "'", STR_ARG(id));
    rows[r->rows_len++].heading = arena_str(&r->memory, str_trim(heading));
    return OK;
}

static enum status
read_rows(struct report *r, const char *name, struct str text)
{
    struct template_row *rows;
    size_t lines = 1, line = 0;

    for (size_t i = 0; i < text.n; i++)
        lines += text.p[i] == '\n';
    rows = arena_alloc(&r->memory, lines * sizeof(*rows));
    if (rows == NULL)
        return fail(ERR_SYSTEM, "no memory for a template");
    r->rows = rows;
    while (text.n > 0) {
        enum status st = read_row(r, str_cut(&text, '\n'), rows);

        line++;
        if (st != OK)
            return note(st, "template %s:%zu", name, line);
    }
    return OK;
}

enum status
template_read(struct report *r, const char *name)
{
    AUTO(strbuf) text = { .max = STRBUF_LINE };
    enum status st;

    for (size_t i = 0; i < templates_len; i++)
        if (name == NULL || strcmp(templates[i].name, name) == 0)
            return read_rows(r, templates[i].name, str_of(templates[i].text));
    st = file_read(name, &text);
    return st == OK ? read_rows(r, name, strbuf_str(&text)) : note(st, "template");
}

void
sections_write(struct page *p)
{
    const struct report *r = p->report;

    p->ops->begin(p);
    for (size_t i = 0; i < r->rows_len; i++) {
        const struct section *s = r->rows[i].section;
        AUTO(strbuf) heading = { 0 };

        if (s->applies && !s->applies(r))
            continue;
        strbuf_add(&heading, r->rows[i].heading.n ? r->rows[i].heading : str_of(s->heading));
        p->ops->section(p, s->id, strbuf_text(&heading));
        if (s->write)
            s->write(p);
        else
            p->ops->prompt(p, s->prompt);
        p->ops->section_end(p);
    }
    p->ops->end(p);
}
