/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>

#include "observe/feed_parts.h"
#include "observe/seek.h"

enum {
    SAMPLE = 64 << 10,
    SAMPLE_LINES = 400,
    TAIL = 8 << 10,
    HEAD = 4096,
    WORTH_SEEKING = 4 << 20,   /* bytes; less is read sooner than found */
    WORTH_COUNTING = 32 << 20, /* bytes before the window, for the numbers of its lines */
};

static enum status
sample_of(struct feed *s, struct str *ret)
{
    struct source_chunk chunk;
    bool more = false;
    enum status st;

    if (s->source->ops->read_at)
        if (s->source->ops->read_at(s->source, 0, SAMPLE, ret) == OK)
            return OK;
    *ret = STR("");
    if (s->tools->request->follow)
        return OK;
    st = source_next(s->source, &chunk, &more);
    if (st != OK)
        return st;
    strbuf_add(&s->kept_first, chunk.bytes);
    s->first = (struct source_chunk){ strbuf_str(&s->kept_first), chunk.offset, false };
    s->has_first = more;
    s->ended = !more;
    *ret = str_head(s->first.bytes, SAMPLE);
    return OK;
}

/* What the log is, as far as another one may want to know. */
static void
note_line(struct feed *s, const struct readout *rd)
{
    const char *name = rd->format ? rd->format->name : "";
    struct str zone = rd->parts.stamp.zone;

    s->unsorted |= rd->envelope && rd->envelope->blocks;
    s->quoted |= rd->envelope && rd->envelope->how == BY_JSON;
    s->unsifted |= rd->format && !rd->format->sifted && !rd->format->envelope;
    if (strcmp(name, "nginx-error") == 0)
        s->errors++;
    else if (strcmp(name, "access") == 0)
        s->requests++;
    else
        s->others++;
    if (s->others == 0 && s->requests && zone.n && zone.n < sizeof(s->zone))
        snprintf(s->zone, sizeof(s->zone), STR_FMT, STR_ARG(zone));
}

static struct str
folder_of(const struct feed *s)
{
    const char *name = s->source->name, *slash = strrchr(name, '/');

    return (struct str){ name, slash ? (size_t)(slash - name) : 0 };
}

struct str
feed_lends(const struct feed *s, const struct feed *to)
{
    bool lends = s->requests && !s->errors && !s->others && to->errors && !to->requests;

    return lends && str_eq(folder_of(s), folder_of(to)) ? str_of(s->zone) : STR("");
}

void
feed_borrow(struct feed *s, struct str zone)
{
    source_dates_sibling(s->dates, zone);
}

/* The lines as their innermost writers wrote them. */
static void
unwrap(struct feed *s, struct str sample, struct strbuf *out)
{
    struct format_lock lock = { { 0 } };
    struct lines lines = { .by = s->lines.by };
    struct line line;

    lines_feed(&lines, sample);
    for (int i = 0; i < SAMPLE_LINES && lines_next(&lines, &line); i++) {
        struct readout rd;

        formats_read(s->tools->formats, &lock, line.text, &rd, NULL);
        source_dates_learn(s->dates, &rd);
        if (s->probes)
            source_dates_learn(s->probes, &rd);
        strbuf_add(out, rd.inner);
        strbuf_addc(out, '\n');
        note_line(s, &rd);
    }
    lines_done(&lines);
}

/* The last lines: where the years of a log without years end. */
static void
look_at_end(struct feed *s)
{
    struct format_lock lock = { .prefix = s->prefix };
    struct lines lines = { .by = LINES_PLAIN };
    struct line line;
    struct str tail;

    if (s->source->ops->read_at == NULL || s->source->size < 2 * SAMPLE ||
        s->source->ops->read_at(s->source, s->source->size - TAIL, TAIL, &tail) != OK)
        return;
    lines_feed(&lines, str_skip(tail, str_find_byte(tail, '\n') + 1));
    while (lines_next(&lines, &line)) {
        struct readout rd;

        formats_read(s->tools->formats, &lock, line.text, &rd, NULL);
        source_dates_learn(s->dates, &rd);
        if (s->probes)
            source_dates_learn(s->probes, &rd);
    }
    lines_done(&lines);
}

/* How a request that failed stands in an access log: the end of what was asked, quoted, and
 * the status; likewise where JSON has escaped the quote. */
static const char *const failed_requests[] = {
    ".1\" 5",   ".0\" 5",  "P/2\" 5", "P/3\" 5", "\"-\" 5",
    "] \"\" 5", "1\\\" 5", "0\\\" 5", "2\\\" 5", "3\\\" 5",
};

/* What a server says of its own log. */
static const char *const log_settings[] = { "parameter \"log_timezone\" changed",
                                            "parameter \"log_line_prefix\" changed" };

/* A literal as it stands in a JSON string: the longest piece of it without what would be
 * escaped. */
static struct str
unescaped_piece(struct str literal)
{
    struct str best = STR("");

    while (literal.n) {
        size_t n = 0;

        while (n < literal.n && literal.p[n] != '"' && literal.p[n] != '\\')
            n++;
        best = n > best.n ? str_head(literal, n) : best;
        literal = str_skip(literal, n + 1);
    }
    return best;
}

static bool
add_literal(struct feed *s, struct str literal, size_t *n)
{
    if (s->quoted && literal.n && str_find_byte(literal, '\\') == SIZE_MAX)
        literal = unescaped_piece(literal);
    if (literal.n < SCAN_LITERAL_MIN)
        return false;
    s->literals[(*n)++] = str_head(literal, SCAN_LITERAL_MAX);
    return true;
}

static bool
collect(struct feed *s, size_t *ret_n)
{
    const struct str *needles;
    size_t n = 0, len = meaning_needles(s->tools->meaning, s->tools->kinds, &needles);

    s->literals = calloc(len + LEN(failed_requests) + LEN(log_settings), sizeof(struct str));
    if (s->literals == NULL || len == 0)
        return false;
    for (size_t i = 0; i < len; i++)
        if (!add_literal(s, needles[i], &n))
            return false;
    for (size_t i = 0; i < LEN(failed_requests); i++)
        s->literals[n++] = str_of(failed_requests[i]);
    for (size_t i = 0; i < LEN(log_settings); i++)
        if (!add_literal(s, str_of(log_settings[i]), &n))
            return false;
    *ret_n = n;
    return true;
}

/* Kinds that stand in words of their own, whatever else the record says. */
static const uint64_t worded = UINT64_C(1) << KIND_DISCONNECTED | UINT64_C(1) << KIND_UPSTREAM |
                               UINT64_C(1) << KIND_HTTP_5XX | UINT64_C(1) << KIND_APP_ERROR |
                               UINT64_C(1) << KIND_ROTATION | UINT64_C(1) << KIND_RELOAD |
                               UINT64_C(1) << KIND_RESTART;

static bool
may_sift(const struct feed *s)
{
    const struct reader_request *q = s->tools->request;
    uint64_t kinds = s->tools->kinds;

    for (enum kind k = KIND_NONE; k < KIND_LEN; k++)
        if (event_kinds[k].refused || (worded >> k & 1))
            kinds &= ~(UINT64_C(1) << k);
    return kinds == 0 && !q->all && !q->follow && !q->read_all && !s->unsifted &&
           s->lines.by == LINES_PLAIN && s->source->size + s->first.bytes.n > SAMPLE;
}

static enum status
look_for_literals(struct feed *s, struct str sample)
{
    size_t n;
    enum status st;

    if (!may_sift(s) || !collect(s, &n))
        return OK;
    st = scan_open(&s->scan, s->literals, n, sample);
    return st == OK ? sift_open(&s->sift, s->scan, s->tools->formats, s->prefix) : st;
}

static bool
may_seek(const struct feed *s)
{
    const struct source *source = s->source;
    struct span window = s->tools->window;

    return (window.low != INT64_MIN || window.high != INT64_MAX) && source->ops->read_at &&
           source->ops->seek && source->size > WORTH_SEEKING && !s->unsorted &&
           s->lines.by == LINES_PLAIN && !s->tools->request->follow &&
           !s->tools->request->read_all;
}

/* Goes to where the window begins, and marks where it ends. */
static enum status
look_for_window(struct feed *s)
{
    struct seek seek = { .source = s->source,
                         .formats = s->tools->formats,
                         .lock = { .prefix = s->prefix },
                         .dates = s->probes };
    struct seek_range range;
    uint64_t before = 0;
    enum status st;

    if (!may_seek(s) || !seek_window(&seek, s->tools->window, &range))
        return OK;
    st = s->source->ops->seek(s->source, range.low);
    s->unnumbered = range.low > WORTH_COUNTING;
    if (st == OK && !s->unnumbered)
        st = seek_newlines(s->source, range.low, &before);
    s->stop_at = range.high;
    lines_restart(&s->lines, range.low, before + 1);
    if (s->sift)
        sift_start(s->sift, range.low, s->unnumbered ? 0 : before + 1);
    return st;
}

enum status
feed_look_over(struct feed *s)
{
    const struct reader_request *q = s->tools->request;
    AUTO(strbuf) inner = { 0 };
    struct str sample;
    enum status st = sample_of(s, &sample);

    if (st != OK)
        return st;
    s->lines.by = lines_guess(sample);
    s->figures.head = sha256_of(str_head(sample, HEAD));
    unwrap(s, sample, &inner);
    look_at_end(s);
    if (q->pg_prefix)
        st = pg_prefix_open(&s->prefix, str_of(q->pg_prefix));
    else if (!pg_prefix_infer(strbuf_str(&inner), &s->prefix))
        s->prefix = NULL;
    if (st == OK)
        st = look_for_literals(s, sample);
    return st == OK ? look_for_window(s) : st;
}
