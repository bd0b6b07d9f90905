/* SPDX-License-Identifier: MIT */
#pragma once
#include "report/page.h"

/* What a report can say, one row a section; and in which order and under which headings the
 * known templates want it. */
struct section {
    const char *id;
    const char *heading;
    void (*write)(struct page *p);
    bool (*applies)(const struct report *r); /* NULL: always */
    const char *prompt; /* what people are asked, if `write` is NULL: the tools cannot know */
};

extern const struct section sections[];
extern const size_t sections_len;

const struct section *section_named(struct str id);

/* A line of a template: a section, and its heading there (empty: the section's own). */
struct template_row {
    const struct section *section;
    struct str heading;
};

struct template
{
    const char *name, *help;
    const char *text; /* "SECTION Heading" a line, as in a file of the user's */
};

extern const struct template templates[];
extern const size_t templates_len;

/* A template by name, or the file of that name. The rows live in the arena of `r`. ERR_USAGE
 * with file and line for a section there is none of. */
must_check enum status template_read(struct report *r, const char *name);

/* Writes every section of the report's template that has something to say. */
void sections_write(struct page *p);

/* Parts that have a file of their own. */
void section_summary(struct page *p);
void section_impact(struct page *p);
void section_happened(struct page *p);
void section_why(struct page *p);
void section_stale(struct page *p);
void section_others(struct page *p);
void section_recovery(struct page *p);
void section_clocks(struct page *p);
void section_evidence(struct page *p);
void section_made(struct page *p);
