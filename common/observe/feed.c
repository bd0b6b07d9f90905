/* SPDX-License-Identifier: MIT */
#include "observe/feed.h"

#include <stdio.h>
#include <stdlib.h>

#include "logs/regex.h"
#include "observe/feed_parts.h"
#include "observe/record_event.h"

enum {
    SLACK_S = 5, /* how far a log is allowed to be out of order */
    SHELF_MAX = 24 << 20,
};

static enum status
prepare(struct feed *s, const char *spec)
{
    const struct reader_request *q = s->tools->request;
    const struct source_range range = { s->tools->window, q->follow };
    const struct records_want want = { .parts = q->all };
    enum status st = source_open(&s->source, spec, &range);

    if (st == OK)
        st = source_dates_open(&s->dates, q, s->source, s->tools->abbreviations);
    if (st == OK)
        st = source_dates_open(&s->probes, q, s->source, s->tools->abbreviations);
    if (st == OK)
        st = feed_look_over(s);
    if (st == OK)
        st = records_open(&s->records, s->tools->formats, &want);
    if (st == OK)
        records_prefix(s->records, s->prefix);
    return st;
}

enum status
feed_open(struct feed **ret, const char *spec, uint32_t number, const struct feed_tools *tools)
{
    struct feed *s = calloc(1, sizeof(*s));
    enum status st;

    if (s == NULL)
        return fail(ERR_SYSTEM, "no memory left");
    s->tools = tools;
    s->shelf.max = SHELF_MAX;
    s->event.source = number;
    if (s->unnumbered)
        s->event.line = 0;
    s->seen_until = s->given_until = INT64_MIN;
    s->last.time_from = TIME_NONE;
    st = prepare(s, spec);
    if (st == OK)
        *ret = s;
    else
        feed_close(s);
    return st;
}

void
feed_close(struct feed *s)
{
    if (s == NULL)
        return;
    records_close(s->records);
    sift_close(s->sift);
    scan_close(s->scan);
    free(s->literals);
    source_dates_close(s->dates);
    source_dates_close(s->probes);
    pg_prefix_close(s->prefix);
    source_close(s->source);
    shelf_done(&s->shelf);
    lines_done(&s->lines);
    strbuf_done(&s->kept_first);
    strbuf_done(&s->hidden);
    strbuf_done(&s->hidden_route);
    free(s);
}

static void
make_event(struct feed *s, const struct record *rec)
{
    uint32_t number = s->event.source;

    record_event(rec, &s->event);
    s->event.source = number;
    source_dates_of(s->dates, &rec->first, rec->text, &s->event.when);
    if (s->event.when.time_from == TIME_NONE && s->last.time_from != TIME_NONE) {
        s->event.when = s->last;
        s->event.when.time_from = TIME_INHERITED;
    } else if (!rec->continues) {
        s->last = s->event.when;
    }
    if (s->event.when.time_from != TIME_NONE)
        s->seen_until = MAX(s->seen_until, s->event.when.span.low);
}

static bool
in_window(const struct feed *s)
{
    struct span window = s->tools->window, span = s->event.when.span;

    if (s->event.when.time_from == TIME_NONE)
        return window.low == INT64_MIN && window.high == INT64_MAX;
    return span.high >= window.low && span.low <= window.high;
}

static bool
is_wanted(const struct feed *s)
{
    const struct event *e = &s->event;
    struct str none[1] = { { 0 } };

    if (!s->tools->request->all && !(s->tools->kinds >> e->kind & 1))
        return false;
    return s->tools->wanted == NULL || regex_match(s->tools->wanted, e->text, none, 0);
}

/* Onto the timeline, if that is asked for and it bears on an outage. */
static enum status
tell(const struct feed *s, const struct record *rec, const struct event *e)
{
    struct event told = *e;

    if (s->tools->into == NULL || e->kind == KIND_NONE || e->when.time_from == TIME_NONE)
        return OK;
    told.source = s->tools->ids[e->source - 1];
    /* A record put together from pieces has no bytes of its own in the source. */
    if (rec->raw.n == rec->length)
        told.hash = sha256_of(rec->raw);
    return store_add(s->tools->into, &told);
}

static void
hide(struct redactor *r, struct strbuf *into, struct str *text)
{
    size_t from = into->n;

    redactor_apply(r, *text, into);
    *text = str_skip(strbuf_str(into), from);
}

/* What leaves here, to a screen or to a file, has no secret in it. Its meaning was read
 * before: the patterns see what was written. */
static void
hide_secrets(struct feed *s)
{
    struct event *e = &s->event;

    if (s->tools->redactor == NULL)
        return;
    strbuf_clear(&s->hidden);
    strbuf_clear(&s->hidden_route);
    hide(s->tools->redactor, &s->hidden, &e->text);
    hide(s->tools->redactor, &s->hidden_route, &e->route);
}

/* Whether this very record was given already; and notes that it is now. */
static bool
is_given(struct feed *s)
{
    if (s->sift == NULL)
        return false;
    for (size_t i = 0; i < GIVEN; i++)
        if (s->given[i] == s->event.offset + 1)
            return true;
    s->given[s->given_len++ % GIVEN] = s->event.offset + 1;
    return false;
}

static enum status
take_record(struct feed *s, const struct record *rec)
{
    struct event *e = &s->event;
    enum status st;
    bool wanted;

    make_event(s, rec);
    if (rec->why)
        s->tools->unread(s->tools->data, e->source, rec);
    if (s->figures.format == NULL && rec->first.format)
        s->figures.format = rec->first.format->name;
    if (!in_window(s))
        return OK;
    if (!e->continues)
        meaning_of(s->tools->meaning, e, NULL);
    wanted = is_wanted(s) && !is_given(s);
    if (!wanted && (s->tools->into == NULL || e->kind == KIND_NONE))
        return OK;
    hide_secrets(s);
    st = tell(s, rec, e);
    return wanted && st == OK ? shelf_add(&s->shelf, e) : st;
}

static enum status
take_records(struct feed *s)
{
    const struct record *rec;
    enum status st = OK;

    while (st == OK && records_next(s->records, &rec))
        st = take_record(s, rec);
    return st;
}

static enum status
sift_lines_of(struct feed *s, struct str bytes, bool last)
{
    enum status st = sift_add(s->sift, bytes, last);
    struct line line;

    while (st == OK) {
        enum sifted is = sift_next(s->sift, records_oldest(s->records), &line);

        if (is == SIFT_MORE)
            break;
        if (is == SIFT_DROP) {
            records_forget(s->records);
            continue;
        }
        records_line(s->records, &line);
        st = take_records(s);
    }
    return st;
}

static enum status
take_chunk(struct feed *s, const struct source_chunk *chunk)
{
    struct line line;
    enum status st = OK;

    if (chunk->anew) {
        records_flush(s->records);
        st = take_records(s);
        lines_restart(&s->lines, 0, 1);
    }
    s->figures.bytes_read += chunk->bytes.n;
    if (s->sift)
        return sift_lines_of(s, chunk->bytes, false);
    lines_feed(&s->lines, chunk->bytes);
    while (st == OK && lines_next(&s->lines, &line)) {
        records_line(s->records, &line);
        st = take_records(s);
    }
    return st;
}

static enum status
take_rest(struct feed *s)
{
    struct line line;
    enum status st = s->sift ? sift_lines_of(s, STR(""), true) : OK;

    if (st == OK && lines_last(&s->lines, &line)) {
        records_line(s->records, &line);
        st = take_records(s);
    }
    records_flush(s->records);
    return st == OK ? take_records(s) : st;
}

static enum status
read_more(struct feed *s, bool *ret_idle)
{
    struct source_chunk chunk;
    bool more;
    enum status st;

    *ret_idle = false;
    if (s->has_first) {
        s->has_first = false;
        return take_chunk(s, &s->first);
    }
    st = s->ended ? OK : source_next(s->source, &chunk, &more);
    if (st != OK)
        return st;
    if (!s->ended && more && s->stop_at) {
        more = chunk.offset < s->stop_at;
        chunk.bytes = str_head(chunk.bytes, more ? (size_t)(s->stop_at - chunk.offset) : 0);
    }
    if (!s->ended && more) {
        *ret_idle = chunk.bytes.n == 0;
        return take_chunk(s, &chunk);
    }
    s->ended = s->settled = true;
    return take_rest(s);
}

/* Whether nothing that may still come can be earlier than the first that is held. */
static bool
first_is_safe(const struct feed *s)
{
    const struct event *first = shelf_first(&s->shelf);

    if (first == NULL)
        return false;
    if (s->settled || shelf_full(&s->shelf))
        return true;
    if (s->seen_until == INT64_MIN)
        return false;
    return !s->unsorted && first->when.span.low < s->seen_until - SECONDS(SLACK_S);
}

enum status
feed_advance(struct feed *s, bool *ret_more)
{
    bool idle = false;
    enum status st = OK;

    while (st == OK && !idle && !first_is_safe(s) &&
           !(s->ended && s->settled && s->shelf.len == 0))
        st = read_more(s, &idle);
    *ret_more = !(s->ended && s->shelf.len == 0);
    return st;
}

const struct event *
feed_first(const struct feed *s)
{
    return first_is_safe(s) ? shelf_first(&s->shelf) : NULL;
}

void
feed_drop(struct feed *s)
{
    const struct event *e = shelf_first(&s->shelf);

    s->figures.out_of_order += e->when.span.low < s->given_until;
    s->given_until = MAX(s->given_until, e->when.span.low);
    shelf_drop(&s->shelf);
    if (s->shelf.len == 0 && !s->ended)
        s->settled = false;
}

void
feed_hash(struct feed *s)
{
    records_keep_raw(s->records);
    /* What goes onto the timeline is more than failures: every line is read. */
    sift_close(s->sift);
    s->sift = NULL;
}

void
feed_settle(struct feed *s)
{
    records_flush(s->records);
    if (take_records(s) == OK)
        s->settled = true;
}

const struct reader_source *
feed_figures(struct feed *s)
{
    const struct records_count *count = records_count(s->records);

    s->figures.name = s->source->name;
    s->figures.coverage = s->source->partial ? s->source->coverage : "complete";
    s->figures.bytes = s->source->size ? s->source->size : s->figures.bytes_read;
    s->figures.sifted = s->sift != NULL;
    s->figures.lines = s->sift ? sift_lines(s->sift) : count->lines;
    s->figures.records = count->records;
    s->figures.continuation_lines = count->continuation;
    s->figures.not_understood = count->not_understood;
    source_dates_clock(s->dates, &s->figures.clock, &s->figures.zone_why, &s->figures.guessed);
    return &s->figures;
}

int
feed_fd(const struct feed *s)
{
    return s->source->fd;
}

const char *
feed_kind(const struct feed *s)
{
    return s->source->ops->kind;
}
