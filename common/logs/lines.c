/* SPDX-License-Identifier: MIT */
#include "logs/lines.h"

static const char *const export_fields[] = { "__CURSOR=", "__REALTIME_TIMESTAMP=",
                                             "__SEQNUM=" };

/* csvlog: a stamp, then nothing but quoted and bare columns. */
static bool
looks_like_csvlog(struct str first)
{
    unsigned commas = 0;

    for (size_t i = 0; i < first.n; i++)
        commas += first.p[i] == ',';
    return commas >= 12 && first.p[0] >= '0' && first.p[0] <= '9' &&
           str_find_byte(first, ',') < 40;
}

enum lines_by
lines_guess(struct str sample)
{
    struct str first = str_cut(&sample, '\n');

    for (size_t i = 0; i < LEN(export_fields); i++)
        if (str_starts(first, str_of(export_fields[i])))
            return LINES_EXPORT;
    first = str_trim(first);
    if (str_eq(first, STR("{")) || str_eq(first, STR("[")) || str_eq(first, STR("[{")))
        return LINES_JSON;
    return first.n && looks_like_csvlog(first) ? LINES_CSV : LINES_PLAIN;
}

static void
put_utf8(struct strbuf *out, uint32_t point)
{
    char bytes[3];
    size_t n = 0;

    if (point < 0x80) {
        bytes[n++] = (char)point;
    } else if (point < 0x800) {
        bytes[n++] = (char)(0xc0 | point >> 6);
        bytes[n++] = (char)(0x80 | (point & 0x3f));
    } else {
        bytes[n++] = (char)(0xe0 | point >> 12);
        bytes[n++] = (char)(0x80 | (point >> 6 & 0x3f));
        bytes[n++] = (char)(0x80 | (point & 0x3f));
    }
    strbuf_add(out, (struct str){ bytes, n });
}

/* UTF-16 units as UTF-8. Characters past the basic plane do not occur where a log is read
 * for its words: each half of a pair is shown as U+FFFD. */
static struct str
narrowed(struct lines *l, struct str bytes)
{
    strbuf_clear(&l->narrow);
    for (size_t i = 0; i < bytes.n; i++) {
        uint32_t unit;

        l->half[l->half_n++] = (unsigned char)bytes.p[i];
        if (l->half_n < 2)
            continue;
        unit = l->wide == 1 ? (uint32_t)(l->half[0] | l->half[1] << 8)
                            : (uint32_t)(l->half[1] | l->half[0] << 8);
        l->half_n = 0;
        if (unit != 0xfeff)
            put_utf8(&l->narrow, unit >= 0xd800 && unit <= 0xdfff ? 0xfffd : unit);
    }
    return strbuf_str(&l->narrow);
}

void
lines_feed(struct lines *l, struct str bytes)
{
    if (!l->started && bytes.n >= 2) {
        l->started = true;
        l->wide = memcmp(bytes.p, "\xff\xfe", 2) == 0   ? 1
                  : memcmp(bytes.p, "\xfe\xff", 2) == 0 ? 2
                                                        : 0;
        if (str_starts(bytes, STR("\xef\xbb\xbf"))) {
            bytes = str_skip(bytes, 3);
            l->offset += 3;
        }
    }
    l->chunk = l->wide ? narrowed(l, bytes) : bytes;
}

/* Follows quotes and braces through one physical line; true if the record ends with it. */
static bool
ends_csv(struct lines *l, struct str text)
{
    for (size_t i = 0; i < text.n; i++)
        l->quoted ^= text.p[i] == '"';
    return !l->quoted;
}

static bool
ends_json(struct lines *l, struct str text)
{
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];

        if (l->escaped)
            l->escaped = false;
        else if (l->quoted && c == '\\')
            l->escaped = true;
        else if (c == '"')
            l->quoted = !l->quoted;
        else if (!l->quoted)
            l->depth += (c == '{') - (c == '}');
    }
    return l->depth <= 0;
}

static bool
ends_record(struct lines *l, struct str text)
{
    switch (l->by) {
    case LINES_CSV:
        return ends_csv(l, text);
    case LINES_EXPORT:
        return text.n == 0;
    case LINES_JSON:
        return ends_json(l, text);
    default:
        return true;
    }
}

static void
keep(struct lines *l, struct str text)
{
    size_t left = l->kept.n < LINES_MAX ? LINES_MAX - l->kept.n : 0;

    l->cut |= text.n > left;
    strbuf_add(&l->kept, str_head(text, left));
}

static void
forget(struct lines *l)
{
    l->joined = 0;
    l->line_at = 0;
    l->cut = l->quoted = l->escaped = false;
    l->depth = 0;
    l->begun = l->offset;
    l->begun_line = l->number;
}

static void
give(struct lines *l, struct str text, struct line *ret)
{
    bool cut = l->cut || text.n > LINES_MAX;

    text = str_head(text, LINES_MAX);
    /* What separates the objects of an array is no part of them. */
    while (l->by == LINES_JSON && text.n &&
           (text.p[0] == '[' || text.p[0] == ',' || text.p[0] == ' '))
        text = str_skip(text, 1);
    if (text.n && text.p[text.n - 1] == '\r')
        text.n--;
    *ret = (struct line){ text,
                          l->begun,
                          l->begun_line + 1,
                          (uint32_t)MIN(l->offset - l->begun, (uint64_t)UINT32_MAX),
                          l->joined,
                          cut };
    forget(l);
}

/* A physical line ended with `rest`; `l->kept` may hold what came before. */
static bool
complete(struct lines *l, struct str rest, struct line *ret)
{
    l->joined++;
    l->number++;
    if (l->kept.n == 0 && l->by == LINES_PLAIN) {
        give(l, rest, ret);
        return true;
    }
    keep(l, rest);
    if (l->by != LINES_PLAIN && !ends_record(l, str_skip(strbuf_str(&l->kept), l->line_at)) &&
        l->joined < LINES_JOINED_MAX && !l->cut) {
        keep(l, STR("\n"));
        l->line_at = l->kept.n;
        return false;
    }
    give(l, strbuf_str(&l->kept), ret);
    return true;
}

bool
lines_next(struct lines *l, struct line *ret)
{
    while (l->chunk.n) {
        size_t end = str_find_byte(l->chunk, '\n');
        struct str text = str_head(l->chunk, end);

        if (end == SIZE_MAX) {
            keep(l, text);
            l->offset += text.n;
            l->chunk = STR("");
            return false;
        }
        l->offset += end + 1;
        l->chunk = str_skip(l->chunk, end + 1);
        if (complete(l, text, ret)) {
            l->kept.n = 0; /* its bytes stay until something is kept again */
            return true;
        }
    }
    return false;
}

bool
lines_last(struct lines *l, struct line *ret)
{
    if (l->kept.n == 0 && l->joined == 0)
        return false;
    if (l->kept.n == 0 || l->kept.p[l->kept.n - 1] != '\n' || l->by == LINES_PLAIN) {
        l->joined++;
        l->number++;
    }
    give(l, str_trim(strbuf_str(&l->kept)).n ? strbuf_str(&l->kept) : STR(""), ret);
    l->kept.n = 0;
    return true;
}

void
lines_restart(struct lines *l, uint64_t offset, uint64_t number)
{
    strbuf_clear(&l->kept);
    l->chunk = STR("");
    l->offset = offset;
    l->number = number - 1;
    l->started = true;
    l->half_n = 0;
    forget(l);
}

void
lines_done(struct lines *l)
{
    strbuf_done(&l->kept);
    strbuf_done(&l->narrow);
    *l = (struct lines){ 0 };
}
