/* SPDX-License-Identifier: MIT */
#include "logs/records.h"

#include <stdlib.h>

#include "logs/joins.h"
#include "time/span.h"

enum {
    READY_MAX = RECORDS_OPEN_MAX + 2,
    OPEN_OF_ONE_WRITER = 8, /* Postgres: processes whose DETAIL may be still to come */
    TRACE_GAP_MS = 200,     /* lines of one traceback follow each other that closely */
    PENDING_MAX = 1 << 20,
    PENDING_LEN = 8,
};

/* A record being put together; slots are used again. */
struct slot {
    struct record record;
    struct strbuf memory; /* the views of the parts */
    struct strbuf text, raw;
    uint64_t writer;  /* whose it is */
    uint64_t touched; /* when its last line came, in lines */
    int64_t last;     /* the envelope's stamp of that line, on its face; 0: none */
    bool trace;
};

/* The beginning of a line that its envelope cut. */
struct pending {
    uint64_t writer;
    struct strbuf text;
    struct line line;
    struct readout
        first; /* of the first piece: the envelope's stamp; no views but the zone's */
    bool used;
};

struct records {
    struct formats *formats;
    struct format_lock lock;
    struct records_want want;
    struct records_count count;
    struct slot slots[READY_MAX];
    uint16_t open[READY_MAX], ready[READY_MAX], unused[READY_MAX]; /* indices of slots */
    size_t open_len, ready_from, ready_len, unused_len;
    struct pending pending[PENDING_LEN];
};

enum status
records_open(struct records **ret, struct formats *f, const struct records_want *want)
{
    struct records *r = calloc(1, sizeof(*r));

    if (r == NULL)
        return fail(ERR_SYSTEM, "no memory left");
    r->formats = f;
    r->want = *want;
    for (size_t i = 0; i < READY_MAX; i++) {
        r->slots[i].text.max = RECORD_TEXT_MAX;
        r->unused[r->unused_len++] = (uint16_t)(READY_MAX - 1 - i);
    }
    *ret = r;
    return OK;
}

void
records_close(struct records *r)
{
    if (r == NULL)
        return;
    for (size_t i = 0; i < READY_MAX; i++) {
        strbuf_done(&r->slots[i].memory);
        strbuf_done(&r->slots[i].text);
        strbuf_done(&r->slots[i].raw);
    }
    for (size_t i = 0; i < PENDING_LEN; i++)
        strbuf_done(&r->pending[i].text);
    free(r);
}

void
records_prefix(struct records *r, const struct pg_prefix *prefix)
{
    r->lock.prefix = prefix;
}

void
records_keep_raw(struct records *r)
{
    r->want.raw = true;
}

const struct records_count *
records_count(const struct records *r)
{
    return &r->count;
}

static void
finish(struct records *r, struct slot *s)
{
    uint16_t at = (uint16_t)(s - r->slots);

    s->record.text = strbuf_str(&s->text);
    s->record.raw = strbuf_str(&s->raw);
    for (size_t i = 0; i < r->open_len; i++)
        if (r->open[i] == at)
            r->open[i--] = r->open[--r->open_len];
    r->ready[(r->ready_from + r->ready_len++) % READY_MAX] = at;
}

static struct slot *
oldest(struct records *r)
{
    struct slot *found = NULL;

    for (size_t i = 0; i < r->open_len; i++) {
        struct slot *s = &r->slots[r->open[i]];

        if (found == NULL || s->touched < found->touched)
            found = s;
    }
    return found;
}

/* How many records of `writer` are open; the one touched last, and the one touched first. */
static size_t
open_of(struct records *r, uint64_t writer, struct slot **ret_last, struct slot **ret_first)
{
    size_t n = 0;

    *ret_last = *ret_first = NULL;
    for (size_t i = 0; i < r->open_len; i++) {
        struct slot *s = &r->slots[r->open[i]];

        if (s->writer != writer)
            continue;
        n++;
        if (*ret_last == NULL || s->touched > (*ret_last)->touched)
            *ret_last = s;
        if (*ret_first == NULL || s->touched < (*ret_first)->touched)
            *ret_first = s;
    }
    return n;
}

static struct slot *
open_of_pid(struct records *r, uint64_t writer, struct str pid)
{
    struct slot *found = NULL;

    for (size_t i = 0; i < r->open_len; i++) {
        struct slot *s = &r->slots[r->open[i]];

        if (s->writer == writer && str_eq(s->record.first.parts.pid, pid) &&
            (found == NULL || s->touched > found->touched))
            found = s;
    }
    return found;
}

static int64_t
face_of(const struct readout *rd)
{
    return rd->has_outer && rd->outer.has_year ? civil_to_ns(&rd->outer.civil) : 0;
}

/* What a line has in the source and its text has not: the newline, and a CR before it. */
static struct str
ending_of(const struct line *line)
{
    size_t more = line->length - MIN((size_t)line->length, line->text.n);

    return more == 1 ? STR("\n") : more == 2 ? STR("\r\n") : STR("");
}

static void
add_raw(struct records *r, struct slot *s, const struct line *line)
{
    struct record *rec = &s->record;

    if (rec->offset + rec->length != line->offset)
        return;
    rec->length += line->length;
    if (!r->want.raw)
        return;
    strbuf_add(&s->raw, line->text);
    strbuf_add(&s->raw, ending_of(line));
}

/* A line more for a record. */
static void
append(struct records *r, struct slot *s, const struct line *line, const struct readout *rd)
{
    struct str text = rd->parts.joins ? rd->parts.text : rd->inner;

    strbuf_addc(&s->text, '\n');
    strbuf_add(&s->text,
               str_head(text, RECORD_TEXT_MAX - MIN(s->text.n, (size_t)RECORD_TEXT_MAX)));
    s->trace |= joins_as_trace(rd->parts.text);
    s->touched = r->count.lines;
    s->last = face_of(rd);
    s->record.lines += line->lines;
    add_raw(r, s, line);
    r->count.continuation += line->lines;
}

static struct slot *
begin(struct records *r, const struct line *line, const struct readout *rd, uint64_t writer)
{
    struct slot *s;

    if (r->unused_len == 0)
        return NULL;
    r->open[r->open_len++] = r->unused[--r->unused_len];
    s = &r->slots[r->open[r->open_len - 1]];
    s->record =
        (struct record){ .offset = line->offset, .line = line->number, .lines = line->lines };
    s->writer = writer;
    s->touched = r->count.lines;
    s->last = face_of(rd);
    s->trace = joins_as_trace(rd->parts.text);
    strbuf_clear(&s->text);
    strbuf_clear(&s->raw);
    strbuf_add(&s->text, str_head(rd->parts.text, RECORD_TEXT_MAX));
    readout_keep(&s->record.first, rd, &s->memory);
    add_raw(r, s, line);
    return s;
}

static const char *
not_understood(const struct line *line, const struct readout *rd)
{
    if (line->cut)
        return "longer than a line may be";
    if (rd->impossible)
        return "its time does not exist";
    if (rd->format || (rd->envelope && rd->has_outer))
        return NULL;
    return "no format reads it, and it bears no stamp";
}

static void
begin_counted(struct records *r, const struct line *line, const struct readout *rd,
              uint64_t writer)
{
    struct slot *s = begin(r, line, rd, writer);

    if (s == NULL)
        return;
    s->record.why = not_understood(line, rd);
    if (s->record.why)
        r->count.not_understood++;
    else
        r->count.records++;
    r->count.continuation += line->lines - 1;
    if (joins_never_more(rd) || r->want.alone)
        finish(r, s);
}

/* Whether an unstamped line goes on with `s`. */
static bool
goes_on(const struct slot *s, const struct readout *rd)
{
    struct str text = rd->parts.text;
    int64_t now = face_of(rd);
    const struct readout *first = &s->record.first;

    if (joins_by_itself(text))
        return true;
    if (rd->envelope == NULL)
        return first->format != NULL && first->parts.has_stamp;
    return s->trace && (now == 0 || s->last == 0 || now - s->last < MS(TRACE_GAP_MS));
}

/* A stamped or otherwise complete line: what may be open of its writer is closed, but for
 * what other Postgres processes have begun. */
static void
make_way(struct records *r, const struct readout *rd, uint64_t writer)
{
    bool postgres = rd->format && rd->format->how == BY_PG_STDERR;
    struct slot *last, *first, *same = open_of_pid(r, writer, rd->parts.pid);

    if (joins_never_more(rd))
        return;
    if (same)
        finish(r, same);
    while (open_of(r, writer, &last, &first) >= (postgres ? OPEN_OF_ONE_WRITER : 1))
        finish(r, first);
}

static void
give_part(struct records *r, const struct line *line, const struct readout *rd, uint64_t of)
{
    struct slot *s =
        r->want.parts && (rd->parts.has_stamp || rd->has_outer) ? begin(r, line, rd, 0) : NULL;

    if (s == NULL)
        return;
    s->record.continues = of;
    finish(r, s);
}

static void
place(struct records *r, const struct line *line, const struct readout *rd)
{
    uint64_t writer = rd->writer;
    struct slot *last, *first, *to = NULL;

    if (r->want.alone) {
        begin_counted(r, line, rd, writer);
        return;
    }
    open_of(r, writer, &last, &first);
    if (rd->parts.joins)
        to = open_of_pid(r, writer, rd->parts.pid);
    else if (last && !joins_nothing(rd) && goes_on(last, rd))
        to = last;
    if (to) {
        append(r, to, line, rd);
        give_part(r, line, rd, to->record.line);
        return;
    }
    if (line->text.n == 0) {
        r->count.continuation += line->lines;
        return;
    }
    make_way(r, rd, writer);
    begin_counted(r, line, rd, writer);
}

static struct pending *
pending_of(struct records *r, uint64_t writer)
{
    for (size_t i = 0; i < PENDING_LEN; i++)
        if (r->pending[i].used && r->pending[i].writer == writer)
            return &r->pending[i];
    return NULL;
}

/* Room for another line's pieces; the one that waited there is given up. */
static struct pending *
pending_new(struct records *r, uint64_t writer, const struct line *line)
{
    struct pending *p = &r->pending[0];

    for (size_t i = 0; i < PENDING_LEN; i++)
        if (!r->pending[i].used || r->pending[i].line.number < p->line.number)
            p = &r->pending[i];
    if (p->used)
        r->count.not_understood += p->line.lines;
    strbuf_clear(&p->text);
    p->text.max = PENDING_MAX;
    p->used = true;
    p->writer = writer;
    p->line = *line;
    p->line.lines = p->line.length = 0;
    return p;
}

/* A piece of a line: kept until its end comes from the same writer. */
static void
keep_piece(struct records *r, const struct line *line, const struct readout *rd)
{
    struct pending *p = pending_of(r, rd->writer);

    if (p == NULL) {
        p = pending_new(r, rd->writer, line);
        p->first = *rd;
        p->first.outer.zone = STR("");
        p->first.parts = (struct parts){ .partial = true };
    }
    p->line.lines += line->lines;
    p->line.length += line->length;
    strbuf_add(&p->text, rd->inner);
}

/* The last piece came. */
static void
place_whole(struct records *r, struct pending *p, const struct line *line, struct readout *rd)
{
    keep_piece(r, line, rd);
    p->used = false;
    p->line.text = strbuf_str(&p->text);
    formats_read_on(r->formats, &r->lock, p->line.text, rd);
    place(r, &p->line, rd);
}

void
records_line(struct records *r, const struct line *line)
{
    struct readout rd;
    struct pending *waiting;

    r->count.lines += line->lines;
    if (r->open_len >= RECORDS_OPEN_MAX)
        finish(r, oldest(r));
    formats_read(r->formats, &r->lock, line->text, &rd, NULL);
    if (rd.parts.partial) {
        keep_piece(r, line, &rd);
        return;
    }
    waiting = pending_of(r, rd.writer);
    if (waiting)
        place_whole(r, waiting, line, &rd);
    else
        place(r, line, &rd);
}

bool
records_next(struct records *r, const struct record **ret)
{
    struct slot *s;

    if (r->ready_len == 0)
        return false;
    s = &r->slots[r->ready[r->ready_from]];
    r->unused[r->unused_len++] = r->ready[r->ready_from];
    r->ready_from = (r->ready_from + 1) % READY_MAX;
    r->ready_len--;
    *ret = &s->record;
    return true;
}

uint64_t
records_oldest(const struct records *r)
{
    uint64_t oldest_at = UINT64_MAX;

    for (size_t i = 0; i < r->open_len; i++)
        oldest_at = MIN(oldest_at, r->slots[r->open[i]].record.offset);
    for (size_t i = 0; i < PENDING_LEN; i++)
        if (r->pending[i].used)
            oldest_at = MIN(oldest_at, r->pending[i].line.offset);
    return oldest_at;
}

void
records_forget(struct records *r)
{
    while (r->open_len)
        r->unused[r->unused_len++] = r->open[--r->open_len];
    for (size_t i = 0; i < PENDING_LEN; i++)
        r->pending[i].used = false;
}

/* The end never came: what there is of the line stands for it. */
static void
place_piece(struct records *r, struct pending *p)
{
    struct readout rd = p->first;

    p->used = false;
    p->line.text = strbuf_str(&p->text);
    formats_read_on(r->formats, &r->lock, p->line.text, &rd);
    if (r->open_len >= RECORDS_OPEN_MAX)
        finish(r, oldest(r));
    place(r, &p->line, &rd);
}

void
records_flush(struct records *r)
{
    struct slot *s;

    for (size_t i = 0; i < PENDING_LEN; i++) {
        struct pending *p = &r->pending[i];

        if (p->used)
            place_piece(r, p);
    }
    while ((s = oldest(r)) != NULL)
        finish(r, s);
}
