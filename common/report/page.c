/* SPDX-License-Identifier: MIT */
#include "report/page.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "report/words.h"

const char *
page_at(struct page *p, const char *fmt, size_t i)
{
    snprintf(p->at, sizeof(p->at), fmt, i);
    return p->at;
}

static void
put(struct page *p, const struct words *w)
{
    if (w->text.n > 0)
        p->ops->words(p, w);
}

void
page_put(struct page *p, enum voice voice, struct str text)
{
    put(p, &(struct words){ .text = text, .voice = voice });
}

static void
say_list(struct page *p, const char *fmt, va_list ap)
{
    char text[1024];
    int n = vsnprintf(text, sizeof(text), fmt, ap);

    if (n > 0)
        page_put(p, VOICE_PLAIN, (struct str){ text, MIN((size_t)n, sizeof(text) - 1) });
}

void
page_say(struct page *p, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    say_list(p, fmt, ap);
    va_end(ap);
}

void
page_paragraph(struct page *p, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    say_list(p, fmt, ap);
    va_end(ap);
    p->ops->paragraph_end(p);
}

static void
put_buffer(struct page *p, const char *is, struct strbuf *text)
{
    put(p, &(struct words){ .text = strbuf_str(text), .is = is });
}

void
page_count(struct page *p, const char *is, uint64_t n, const char *noun)
{
    AUTO(strbuf) text = { 0 };

    words_count(&text, n);
    put_buffer(p, is, &text);
    if (noun == NULL)
        return;
    strbuf_clear(&text);
    words_counted(&text, n, noun);
    page_put(p, VOICE_PLAIN,
             str_skip(strbuf_str(&text), str_find_byte(strbuf_str(&text), ' ')));
}

void
page_put_number(struct page *p, const char *is, uint64_t n)
{
    AUTO(strbuf) text = { 0 };

    strbuf_addf(&text, "%" PRIu64, n);
    put_buffer(p, is, &text);
}

void
page_instant(struct page *p, const char *is, struct span when)
{
    AUTO(strbuf) text = { 0 };

    words_instant(&text, when, WORDS_TIME);
    put_buffer(p, is, &text);
}

void
page_clock(struct page *p, int64_t at)
{
    AUTO(strbuf) text = { 0 };

    words_clock(&text, span_at(at), WORDS_DATE_TIME);
    put_buffer(p, NULL, &text);
}

void
page_duration(struct page *p, const char *is, struct span lasting)
{
    AUTO(strbuf) text = { 0 };

    words_lasting(&text, lasting);
    put_buffer(p, is, &text);
}

void
page_cell(struct page *p, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    say_list(p, fmt, ap);
    va_end(ap);
    p->ops->cell_end(p, NULL);
}

void
page_cell_count(struct page *p, const char *is, uint64_t n)
{
    page_count(p, is, n, NULL);
    p->ops->cell_end(p, NULL);
}

void
page_cell_put(struct page *p, enum voice voice, struct str text)
{
    page_put(p, voice, text);
    p->ops->cell_end(p, NULL);
}
