/* SPDX-License-Identifier: MIT */
#include "logs/format.h"

#include <stdlib.h>

#include "logs/format_parts.h"
#include "logs/members.h"
#include "logs/regex.h"

enum { PREFIXES = 8 };

/* A row, made ready when a line first passes its gates. */
struct compiled {
    const struct format *row;
    uint64_t begins[4]; /* bit per byte; all set where anything goes */
    struct regex *regex;
    struct members *members;
    bool ready, broken;
};

struct formats {
    struct compiled *rows;
    size_t len;
    struct pg_prefix *prefixes[PREFIXES]; /* found in lines whose source gave none */
    size_t prefixes_len;
    struct pieces_memory memory[FORMAT_DEPTH];
    struct strbuf clean; /* the line without its colours */
};

/* "0-9[" as in tr(1). */
static void
byte_set(uint64_t set[4], const char *spec)
{
    memset(set, spec ? 0 : 0xff, 4 * sizeof(*set));
    for (const char *p = spec; p && *p; p++) {
        unsigned char from = (unsigned char)p[0], to = from;

        if (p[1] == '-' && p[2]) {
            to = (unsigned char)p[2];
            p += 2;
        }
        for (unsigned c = from; c <= to; c++)
            set[c / 64] |= UINT64_C(1) << (c % 64);
    }
}

static enum status
make_ready(struct compiled *c)
{
    enum status st = OK;

    if (c->ready || c->broken)
        return OK;
    if (c->row->how == BY_REGEX)
        st = regex_open(&c->regex, c->row->pattern, piece_names, PIECE_LEN);
    else if (c->row->pattern)
        st = members_open(&c->members, c->row->pattern);
    c->ready = st == OK;
    c->broken = st != OK;
    return st;
}

static enum status
check_own_sample(struct formats *f, struct compiled *c)
{
    struct parts parts;
    enum status st = make_ready(c);

    if (st != OK)
        return note(st, "format %s", c->row->name);
    if (c->row->sample && !format_reads(f, c->row, str_of(c->row->sample), &parts))
        return fail(ERR_USAGE, "format %s does not read its own sample", c->row->name);
    if (c->row->near_miss && format_reads(f, c->row, str_of(c->row->near_miss), &parts))
        return fail(ERR_USAGE, "format %s reads its own near miss", c->row->name);
    return OK;
}

static void
add_rows(struct formats *f, const struct format *rows, size_t len)
{
    for (size_t i = 0; i < len; i++, f->len++) {
        f->rows[f->len].row = &rows[i];
        byte_set(f->rows[f->len].begins, rows[i].begins);
    }
}

enum status
formats_open(struct formats **ret, const struct format *more, size_t more_len)
{
    struct formats *f = calloc(1, sizeof(*f));
    size_t len = more_len;
    enum status st = OK;

    for (size_t i = 0; i < formats_known_len; i++)
        len += *formats_known[i].len;
    if (f)
        f->rows = calloc(len, sizeof(*f->rows));
    if (f == NULL || f->rows == NULL) {
        free(f);
        return fail(ERR_SYSTEM, "no memory left");
    }
    add_rows(f, more, more_len);
    for (size_t i = 0; i < formats_known_len; i++)
        add_rows(f, formats_known[i].rows, *formats_known[i].len);
    for (size_t i = 0; i < more_len && st == OK; i++)
        st = check_own_sample(f, &f->rows[i]);
    if (st == OK)
        *ret = f;
    else
        formats_close(f);
    return st;
}

void
formats_close(struct formats *f)
{
    if (f == NULL)
        return;
    for (size_t i = 0; i < f->len; i++) {
        regex_close(f->rows[i].regex);
        members_close(f->rows[i].members);
    }
    for (size_t i = 0; i < f->prefixes_len; i++)
        pg_prefix_close(f->prefixes[i]);
    for (size_t i = 0; i < FORMAT_DEPTH; i++)
        pieces_memory_done(&f->memory[i]);
    strbuf_done(&f->clean);
    free(f->rows);
    free(f);
}

static struct compiled *
compiled_of(struct formats *f, const struct format *row)
{
    for (size_t i = 0; i < f->len; i++)
        if (f->rows[i].row == row)
            return &f->rows[i];
    return NULL;
}

/* What all but the rarest lines are asked of a row. */
static const char *
turned_down(const struct compiled *c, struct str line)
{
    unsigned char first = line.n ? (unsigned char)line.p[0] : 0;

    if (line.n == 0 || !(c->begins[first / 64] >> (first % 64) & 1))
        return "begins otherwise";
    if (c->row->needle && str_find(line, str_of(c->row->needle)) == SIZE_MAX)
        return c->row->needle;
    return NULL;
}

/* Severity words of every language are followed by a colon and two blanks. */
static bool
may_be_postgres(struct str line)
{
    return str_find(str_head(line, 400), STR(":  ")) != SIZE_MAX;
}

static bool
read_postgres(struct formats *f, const struct format_lock *lock, struct str line,
              struct parts *ret)
{
    struct pg_prefix *found;

    if (!may_be_postgres(line))
        return false;
    if (lock->prefix && pg_prefix_read(lock->prefix, line, ret))
        return true;
    for (size_t i = 0; i < f->prefixes_len; i++)
        if (pg_prefix_read(f->prefixes[i], line, ret))
            return true;
    if (f->prefixes_len == PREFIXES || !pg_prefix_infer(line, &found))
        return false;
    /* One line proves a prefix only if it bears a time: drivers quote severities too. */
    if (!pg_prefix_read(found, line, ret) || !ret->has_stamp) {
        pg_prefix_close(found);
        return false;
    }
    f->prefixes[f->prefixes_len++] = found;
    return true;
}

static bool
read_stamped(struct format_lock *lock, unsigned depth, struct str line, struct parts *ret)
{
    if (!stamp_find(line, lock->stamps[depth], &ret->stamp) ||
        (!ret->stamp.has_date && format_impossible(line)))
        return false;
    ret->has_stamp = true;
    ret->text = str_trim(str_skip(line, ret->stamp.at + ret->stamp.length));
    if (ret->text.n == 0)
        ret->text = line;
    format_level(line, ret);
    return true;
}

static bool
read_pieces(struct formats *f, struct compiled *c, unsigned depth, struct str line,
            struct str *pieces)
{
    switch (c->row->how) {
    case BY_REGEX:
        return regex_match(c->regex, line, pieces, PIECE_LEN);
    case BY_JSON:
        return members_json(c->members, &f->memory[depth], line, pieces);
    case BY_LOGFMT:
        return members_logfmt(c->members, &f->memory[depth], line, pieces);
    case BY_EXPORT:
        return members_export(c->members, &f->memory[depth], line, pieces);
    default:
        return false;
    }
}

/* One row, its gates passed. NULL: read; else why not. */
static const char *
read_row(struct formats *f, struct compiled *c, struct format_lock *lock, unsigned depth,
         struct str line, struct parts *ret)
{
    struct str pieces[PIECE_LEN] = { { 0 } };
    bool read;

    *ret = (struct parts){ 0 };
    switch (c->row->how) {
    case BY_PG_STDERR:
        read = read_postgres(f, lock, line, ret);
        break;
    case BY_PG_CSV:
        read = pg_csv_read(line, &f->memory[depth].text, ret);
        break;
    case BY_PG_JSON:
        read = pg_json_read(line, &f->memory[depth].text, ret);
        break;
    case BY_STAMP:
        read = read_stamped(lock, depth, line, ret);
        break;
    default:
        if (make_ready(c) != OK || !c->ready)
            return "cannot be compiled";
        if (!read_pieces(f, c, depth, line, pieces))
            return "has another shape";
        return format_put(c->row, pieces, line, lock->stamps[depth], ret);
    }
    return read ? NULL : "has another shape";
}

bool
format_reads(struct formats *f, const struct format *row, struct str line, struct parts *ret)
{
    struct compiled *c = compiled_of(f, row);
    struct format_lock none = { { 0 } };

    return c && !turned_down(c, line) && read_row(f, c, &none, 0, line, ret) == NULL;
}

/* The row that reads the line at this depth: the one of the lines before, or the first. */
static const struct format *
find_row(struct formats *f, struct format_lock *lock, unsigned depth, struct str line,
         struct parts *ret, struct strbuf *why)
{
    const struct format *likely = why ? NULL : lock->likely[depth];
    struct compiled *c = likely ? compiled_of(f, likely) : NULL;

    if (c && !turned_down(c, line) && read_row(f, c, lock, depth, line, ret) == NULL)
        return likely;
    for (size_t i = 0; i < f->len; i++) {
        const char *not_so;

        c = &f->rows[i];
        if (c->row == likely || turned_down(c, line))
            continue;
        not_so = read_row(f, c, lock, depth, line, ret);
        if (why && not_so)
            strbuf_addf(why, "%s: %s; ", c->row->name, not_so);
        if (not_so)
            continue;
        if (why)
            strbuf_addf(why, "%s: reads it; ", c->row->name);
        return c->row;
    }
    return NULL;
}

/* What an envelope knows and the line itself does not say. */
static void
inherit(struct parts *inner, const struct parts *outer)
{
    if (inner->host.n == 0)
        inner->host = outer->host;
    if (inner->pid.n == 0)
        inner->pid = outer->pid;
    if (inner->stream.n == 0)
        inner->stream = outer->stream;
    if (inner->level.n == 0)
        inner->level = outer->level;
    inner->partial |= outer->partial;
}

static uint64_t
mix(uint64_t hash, struct str text)
{
    for (size_t i = 0; i < text.n; i++)
        hash = (hash ^ (unsigned char)text.p[i]) * UINT64_C(0x100000001b3);
    return hash * UINT64_C(0x9e3779b97f4a7c15) + 1;
}

static void
note_envelope(struct readout *ret, const struct format *row, const struct parts *parts)
{
    if (parts->has_stamp && !ret->has_outer) {
        ret->outer = parts->stamp;
        ret->has_outer = true;
    }
    ret->envelope = ret->envelope ? ret->envelope : row;
    ret->writer = mix(mix(mix(ret->writer, parts->host), parts->stream), parts->pid);
}

/* From `depth` on; `outer` is what the envelopes above have said. */
static void
read_from(struct formats *f, struct format_lock *lock, unsigned depth, struct parts outer,
          struct str line, struct readout *ret, struct strbuf *why)
{
    for (;; depth++) {
        struct parts parts;
        const struct format *row = find_row(f, lock, depth, line, &parts, why);

        if (row == NULL) {
            parts = (struct parts){ .text = line };
            ret->impossible = format_impossible(line);
        } else {
            lock->likely[depth] = row;
            lock->stamps[depth] = parts.has_stamp ? parts.stamp.row : lock->stamps[depth];
        }
        inherit(&parts, &outer);
        ret->parts = parts;
        ret->format = row;
        ret->inner = line;
        if (row == NULL || !row->envelope)
            return;
        note_envelope(ret, row, &parts);
        outer = parts;
        line = parts.inner;
        if (depth + 1 == FORMAT_DEPTH || line.n == 0 || parts.partial)
            break;
    }
    ret->format = NULL;
    ret->inner = ret->parts.text = line;
    ret->parts.has_stamp = false;
}

void
formats_read(struct formats *f, struct format_lock *lock, struct str line, struct readout *ret,
             struct strbuf *why)
{
    *ret = (struct readout){ 0 };
    read_from(f, lock, 0, (struct parts){ 0 }, format_plain(line, &f->clean), ret, why);
}

void
formats_read_on(struct formats *f, struct format_lock *lock, struct str inner,
                struct readout *ret)
{
    struct parts outer = ret->parts;

    outer.partial = false;
    read_from(f, lock, 1, outer, inner, ret, NULL);
}
