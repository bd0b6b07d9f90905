/* SPDX-License-Identifier: MIT */
#include "observe/sift.h"

#include <stdlib.h>

#include "logs/joins.h"

enum {
    ROOM = 1 << 20,      /* bytes at hand */
    HISTORY = 128 << 10, /* of them, before the place that is looked at */
    BACK_LINES = 600,    /* how far a record may begin before its telling line */
    PID_MAX = 32,
};

struct sift {
    const struct scan *scan;
    struct formats *formats;
    struct format_lock lock;
    char *room;
    size_t n;      /* bytes at hand */
    uint64_t base; /* the offset of the first of them */
    size_t looked; /* scanned up to here */
    size_t fed;    /* lines given up to here, while `feeding` */
    uint64_t hit;  /* the offset that has to be part of a complete record */
    bool feeding, skipping, last;
    uint64_t counted; /* newlines are counted up to this offset */
    uint64_t lines;   /* and are as many */
    bool numbered;
};

enum status
sift_open(struct sift **ret, const struct scan *scan, struct formats *f,
          const struct pg_prefix *prefix)
{
    struct sift *s = calloc(1, sizeof(*s));

    if (s)
        s->room = malloc(ROOM);
    if (s == NULL || s->room == NULL) {
        free(s);
        return fail(ERR_SYSTEM, "no memory left");
    }
    s->scan = scan;
    s->formats = f;
    s->lock.prefix = prefix;
    s->numbered = true;
    *ret = s;
    return OK;
}

void
sift_close(struct sift *s)
{
    if (s == NULL)
        return;
    free(s->room);
    free(s);
}

void
sift_start(struct sift *s, uint64_t offset, uint64_t line)
{
    s->base = s->counted = offset;
    s->n = s->looked = s->fed = 0;
    s->feeding = s->skipping = false;
    s->numbered = line > 0;
    s->lines = line ? line - 1 : 0;
}

static struct str
at_hand(const struct sift *s, size_t from, size_t to)
{
    return (struct str){ s->room + from, to - from };
}

static void
count_to(struct sift *s, uint64_t offset)
{
    if (offset <= s->counted)
        return;
    s->lines +=
        scan_newlines(at_hand(s, (size_t)(s->counted - s->base), (size_t)(offset - s->base)));
    s->counted = offset;
}

uint64_t
sift_lines(const struct sift *s)
{
    return s->lines;
}

/* Leaves the history, gives room for what comes. */
static void
slide(struct sift *s)
{
    size_t keep = s->feeding ? MIN(s->fed, s->looked) : s->looked;
    size_t drop = keep > HISTORY ? keep - HISTORY : 0;

    count_to(s, s->base + drop);
    memmove(s->room, s->room + drop, s->n - drop);
    s->base += drop;
    s->n -= drop;
    s->looked -= drop;
    s->fed -= MIN(s->fed, drop);
}

/* A line longer than all the room: its beginning was given, the rest is passed over. */
static void
give_up_line(struct sift *s)
{
    count_to(s, s->base + s->n);
    s->base += s->n;
    s->n = s->looked = s->fed = 0;
    s->skipping = true;
}

enum status
sift_add(struct sift *s, struct str bytes, bool last)
{
    s->last = last;
    if (s->n + bytes.n > ROOM)
        slide(s);
    if (s->n + bytes.n > ROOM)
        give_up_line(s);
    if (bytes.n > ROOM)
        return fail(ERR_LIMIT, "more than %d bytes at once", ROOM);
    if (bytes.n)
        memcpy(s->room + s->n, bytes.p, bytes.n);
    s->n += bytes.n;
    return OK;
}

static size_t
line_start(const struct sift *s, size_t at)
{
    const char *newline = at ? memrchr(s->room, '\n', at) : NULL;

    return newline ? (size_t)(newline - s->room) + 1 : 0;
}

/* After the newline; `s->n` if the line is the last and has none, SIZE_MAX if it may go on. */
static size_t
line_end(const struct sift *s, size_t at)
{
    const char *newline = memchr(s->room + at, '\n', s->n - at);

    if (newline)
        return (size_t)(newline - s->room) + 1;
    return s->last ? s->n : SIZE_MAX;
}

/* Where the record begins that the line at `at` belongs to: the first line before it that
 * begins one, of the same writer, and of the same process if a DETAIL is in between. */
static size_t
record_start(struct sift *s, size_t at)
{
    size_t from = at;
    char pid[PID_MAX];
    size_t pid_n = SIZE_MAX;
    uint64_t writer = 0;

    for (int i = 0; i < BACK_LINES; i++) {
        size_t end = line_end(s, from);
        struct readout rd;

        formats_read(s->formats, &s->lock, at_hand(s, from, end == SIZE_MAX ? s->n : end), &rd,
                     NULL);
        if (i == 0)
            writer = rd.writer;
        if (rd.format && rd.parts.joins && rd.writer == writer) {
            pid_n = MIN(rd.parts.pid.n, (size_t)PID_MAX);
            memcpy(pid, rd.parts.pid.n ? rd.parts.pid.p : "", pid_n);
        } else if (joins_nothing(&rd) && rd.writer == writer &&
                   (i == 0 || !joins_never_more(&rd)) &&
                   (pid_n == SIZE_MAX || str_eq(rd.parts.pid, (struct str){ pid, pid_n }))) {
            return from;
        }
        if (from == 0)
            break;
        from = line_start(s, from - 1);
    }
    return at;
}

/* The next place with a literal; false if there is none in what is at hand. */
static bool
find_hit(struct sift *s, size_t to)
{
    size_t at = scan_find(s->scan, at_hand(s, 0, to), s->looked);

    if (at == SIZE_MAX)
        return false;
    s->hit = s->base + at;
    s->looked = at + 1;
    return true;
}

static bool
give_line(struct sift *s, struct line *ret)
{
    size_t end = line_end(s, s->fed), from = s->fed;
    struct str text;

    if (end == SIZE_MAX && s->n - s->fed < ROOM - HISTORY - 1)
        return false;
    if (end == from)
        return false;
    s->skipping = end == SIZE_MAX;
    end = end == SIZE_MAX ? s->n : end;
    text = at_hand(s, from, end);
    count_to(s, s->base + from);
    *ret = (struct line){ .text = text,
                          .offset = s->base + from,
                          .number = s->numbered ? s->lines + 1 : 0,
                          .length = (uint32_t)text.n,
                          .lines = 1 };
    while (ret->text.n &&
           (ret->text.p[ret->text.n - 1] == '\n' || ret->text.p[ret->text.n - 1] == '\r'))
        ret->text.n--;
    ret->cut = ret->text.n > LINES_MAX;
    s->fed = end;
    return true;
}

/* What is left of a line that was given up. */
static bool
skip_rest(struct sift *s)
{
    const char *newline = memchr(s->room + s->fed, '\n', s->n - s->fed);

    if (newline == NULL) {
        give_up_line(s);
        return false;
    }
    s->skipping = false;
    s->looked = s->fed = (size_t)(newline - s->room) + 1;
    return true;
}

/* Nothing at hand needs to be looked at again, but for a literal that may go on beyond. */
static enum sifted
want_more(struct sift *s)
{
    size_t edge = s->last ? s->n : s->n - MIN(s->n, (size_t)SCAN_LITERAL_MAX - 1);

    s->looked = MAX(s->looked, edge);
    return SIFT_MORE;
}

static void
count_all(struct sift *s)
{
    if (s->counted == s->base + s->n)
        return;
    count_to(s, s->base + s->n);
    s->lines += s->room[s->n - 1] != '\n';
}

static enum sifted
next(struct sift *s, uint64_t open, struct line *ret)
{
    if (s->skipping && !skip_rest(s))
        return SIFT_MORE;
    if (s->feeding && s->base + s->fed > s->hit && open > s->hit) {
        /* Complete. Another literal among the lines already given keeps it going. */
        if (!find_hit(s, s->fed)) {
            s->feeding = false;
            s->looked = s->fed; /* literals hold no newline */
            return SIFT_DROP;
        }
    }
    if (!s->feeding) {
        if (!find_hit(s, s->n))
            return want_more(s);
        s->fed = record_start(s, line_start(s, (size_t)(s->hit - s->base)));
        s->feeding = true;
    }
    return give_line(s, ret) ? SIFT_LINE : SIFT_MORE;
}

enum sifted
sift_next(struct sift *s, uint64_t open, struct line *ret)
{
    enum sifted is = next(s, open, ret);

    if (is == SIFT_MORE && s->last)
        count_all(s);
    return is;
}
