/* SPDX-License-Identifier: MIT */
#include "observe/seek.h"

#include "logs/lines.h"
#include "logs/scan.h"

enum {
    PROBE = 16 << 10, /* bytes read to find a stamp; what is left is read in full */
    CHECKS = 64,      /* places at which the order is looked at */
    SLACK_S = 5,
    CHUNK = 256 << 10,
};

/* The first stamped line that begins after `offset` (or at the file's beginning). */
static bool
stamped_after(struct seek *s, uint64_t offset, int64_t *ret_time, uint64_t *ret_offset)
{
    struct lines lines = { .number = 0 };
    struct line line;
    struct str bytes;
    bool found = false;

    if (s->source->ops->read_at(s->source, offset, PROBE, &bytes) != OK)
        return false;
    if (offset) {
        size_t newline = str_find_byte(bytes, '\n');

        if (newline == SIZE_MAX)
            return false;
        bytes = str_skip(bytes, newline + 1);
        offset += newline + 1;
    }
    lines_restart(&lines, offset, 1);
    lines_feed(&lines, bytes);
    while (!found && lines_next(&lines, &line)) {
        struct readout rd;
        struct when when;

        formats_read(s->formats, &s->lock, line.text, &rd, NULL);
        source_dates_of(s->dates, &rd, STR(""), &when);
        found = when.time_from != TIME_NONE && (rd.parts.has_stamp || rd.has_outer);
        *ret_time = when.span.low;
        *ret_offset = line.offset;
    }
    lines_done(&lines);
    return found;
}

static bool
is_in_order(struct seek *s)
{
    int64_t latest = INT64_MIN, time = 0;
    uint64_t at;

    for (unsigned i = 0; i < CHECKS; i++) {
        if (!stamped_after(s, s->source->size / CHECKS * i, &time, &at))
            return false;
        if (latest != INT64_MIN && time < latest - SECONDS(SLACK_S))
            return false;
        latest = MAX(latest, time);
    }
    return true;
}

/* The last stamped line known to be before `time`, and the first known not to be. */
static bool
bisect(struct seek *s, int64_t time, uint64_t *ret_before, uint64_t *ret_after)
{
    uint64_t low = 0, high = s->source->size, before = 0, after = s->source->size;

    while (high - low > PROBE) {
        uint64_t middle = low + (high - low) / 2, at = 0;
        int64_t there = 0;

        if (!stamped_after(s, middle, &there, &at))
            return false;
        if (there < time) {
            low = MAX(middle, at);
            before = at;
        } else {
            high = middle;
            after = at;
        }
    }
    *ret_before = before;
    *ret_after = after;
    return true;
}

static int64_t
shifted(int64_t time, int64_t by)
{
    int64_t sum;

    if (__builtin_add_overflow(time, by, &sum))
        return time;
    return sum;
}

bool
seek_window(struct seek *s, struct span window, struct seek_range *ret)
{
    uint64_t unused;

    *ret = (struct seek_range){ 0, s->source->size };
    if (!is_in_order(s))
        return false;
    if (window.low != INT64_MIN &&
        !bisect(s, shifted(window.low, -SECONDS(SLACK_S)), &ret->low, &unused))
        return false;
    return window.high == INT64_MAX ||
           bisect(s, shifted(window.high, SECONDS(SLACK_S)), &unused, &ret->high);
}

enum status
seek_newlines(struct source *source, uint64_t offset, uint64_t *ret)
{
    *ret = 0;
    for (uint64_t at = 0; at < offset;) {
        struct str bytes;
        enum status st =
            source->ops->read_at(source, at, (size_t)MIN(offset - at, (uint64_t)CHUNK), &bytes);

        if (st != OK)
            return st;
        if (bytes.n == 0)
            break;
        *ret += scan_newlines(bytes);
        at += bytes.n;
    }
    return OK;
}
