/* SPDX-License-Identifier: MIT */
#include "observe/explain.h"

#include <stdlib.h>

#include "logs/pattern.h"
#include "logs/redact.h"
#include "observe/record_event.h"
#include "observe/source_dates.h"

struct explainer {
    const struct reader_request *request;
    struct formats *formats;
    struct meaning *meaning;
    struct pg_prefix *prefix;
    struct source_dates *dates;
    struct abbreviations *abbreviations;
    struct redactor *redactor;
    struct strbuf hidden;
    struct source nowhere;
    char name[8];
};

enum status
explainer_open(struct explainer **ret, const struct reader_request *q)
{
    struct explainer *x = calloc(1, sizeof(*x));
    enum status st;

    if (x == NULL)
        return fail(ERR_SYSTEM, "no memory left");
    x->request = q;
    x->name[0] = '-';
    x->nowhere.name = x->name;
    st = formats_open(&x->formats, NULL, 0);
    if (st == OK)
        st = meaning_open(&x->meaning, NULL, 0);
    if (st == OK && !q->reveal)
        st = redactor_open(&x->redactor, q->redaction_key);
    if (st == OK && q->pg_prefix)
        st = pg_prefix_open(&x->prefix, str_of(q->pg_prefix));
    if (st == OK)
        st = abbreviations_open(&x->abbreviations);
    if (st == OK)
        st = source_dates_open(&x->dates, q, &x->nowhere, x->abbreviations);
    if (st == OK)
        *ret = x;
    else
        explainer_close(x);
    return st;
}

void
explainer_close(struct explainer *x)
{
    if (x == NULL)
        return;
    formats_close(x->formats);
    meaning_close(x->meaning);
    pg_prefix_close(x->prefix);
    source_dates_close(x->dates);
    abbreviations_close(x->abbreviations);
    redactor_close(x->redactor);
    strbuf_done(&x->hidden);
    free(x);
}

void
explainer_read(struct explainer *x, struct str line, uint64_t number, struct event *ret,
               struct strbuf *why)
{
    struct format_lock lock = { .prefix = x->prefix };
    struct record rec = { .line = number, .lines = 1, .length = (uint32_t)line.n };

    formats_read(x->formats, &lock, line, &rec.first, why);
    rec.text = rec.first.parts.text;
    record_event(&rec, ret);
    ret->source = 1;
    source_dates_of(x->dates, &rec.first, rec.text, &ret->when);
    meaning_of(x->meaning, ret, why);
    if (x->redactor == NULL)
        return;
    strbuf_clear(&x->hidden);
    redactor_apply(x->redactor, ret->text, &x->hidden);
    ret->text = strbuf_str(&x->hidden);
}
