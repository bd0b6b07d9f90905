/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/strbuf.h"
#include "report/model.h"

/* A report on its way to a reader. Sections (sections.h) say what there is to say; the ops of
 * a format decide how it looks. A number or an instant in prose names the place in the
 * report's JSON it stands for ("counts.failed_requests"), so that the two can be compared. */

enum voice {
    VOICE_PLAIN,
    VOICE_STRONG,
    VOICE_QUIET, /* context */
    VOICE_CODE,  /* a name, a path, a command: to be copied */
    VOICE_LOG,   /* bytes out of a log: hostile, shown as they are and kept apart */
};

struct words {
    struct str text;
    enum voice voice;
    const char *is;   /* its place in the JSON; NULL: it has none */
    const char *href; /* where it leads to within the page; NULL: nowhere */
};

struct column {
    const char *title;
    bool number; /* set flush right */
    bool wide;   /* takes what room is left */
};

struct figure {
    struct words value;
    const char *label;
};

struct chart;
struct page;

struct page_ops {
    void (*begin)(struct page *p);
    void (*end)(struct page *p);
    void (*section)(struct page *p, const char *id, const char *title);
    void (*section_end)(struct page *p);
    void (*paragraph_end)(struct page *p); /* what was said since the last end */
    void (*words)(struct page *p, const struct words *w);
    void (*table)(struct page *p, const char *caption, const struct column *c, size_t n);
    void (*cell_end)(struct page *p, const char *id); /* the first cell of a row may have one */
    void (*row_end)(struct page *p);
    void (*table_end)(struct page *p);
    void (*figures)(struct page *p, const struct figure *f, size_t n);
    void (*chart)(struct page *p, const struct chart *c);
    void (*command)(struct page *p, struct str command, const char *why);
    void (*prompt)(struct page *p, const char *question);
};

struct page {
    const struct page_ops *ops;
    const struct report *report;
    struct strbuf *out;
    struct strbuf line;       /* the paragraph or cell being said */
    struct page_table *table; /* text only: cells wait for the widest */
    const struct column *columns;
    size_t columns_len, column;
    char at[64];
};

/* A place in the JSON, printed; lives until the next call. */
const char *page_at(struct page *p, const char *fmt, size_t i);

/* Short forms for sections. */
void page_say(struct page *p, const char *fmt, ...) printf_like(2, 3);
void page_put(struct page *p, enum voice voice, struct str text);
void page_count(struct page *p, const char *is, uint64_t n, const char *noun);
/* Only the digits, not grouped. */
void page_put_number(struct page *p, const char *is, uint64_t n);

void page_instant(struct page *p, const char *is, struct span when);
void page_clock(struct page *p, int64_t at); /* day and time, without a margin */
void page_duration(struct page *p, const char *is, struct span lasting);
void page_paragraph(struct page *p, const char *fmt, ...) printf_like(2, 3);

/* A cell that says only this. */
void page_cell(struct page *p, const char *fmt, ...) printf_like(2, 3);
void page_cell_count(struct page *p, const char *is, uint64_t n);
void page_cell_put(struct page *p, enum voice voice, struct str text);
