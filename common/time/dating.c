/* SPDX-License-Identifier: MIT */
#include "time/dating.h"

#include <stdlib.h>

#include "time/dating_parts.h"

#define QUARTER SECONDS(900)
#define HOUR    SECONDS(3600)

/* Who is asked about a stamp that says no zone, in order of trust. */
static const enum zone_from trusted[] = { ZONE_SESSION,  ZONE_CHANGED, ZONE_SAID,
                                          ZONE_ENVELOPE, ZONE_SIBLING, ZONE_ANCHOR };

static const char *const reasons[ZONE_FROM_LEN] = {
    [ZONE_EXPLICIT] = "written in its stamps",
    [ZONE_EPOCH] = "its stamps count from 1970",
    [ZONE_SESSION] = "its session ids",
    [ZONE_CHANGED] = "it said: log_timezone changed",
    [ZONE_ABBREVIATION] = "its abbreviations have one meaning then",
    [ZONE_SAID] = "said (--zone)",
    [ZONE_ENVELOPE] = "the second stamp of its lines",
    [ZONE_SIBLING] = "stamps beside it that carry a zone",
    [ZONE_ANCHOR] = "the same events in another source",
    [ZONE_ASSUMED] = "assumed: nothing says",
    [ZONE_AMBIGUOUS] = "its abbreviations have several meanings",
};

enum status
dating_open(struct dating **ret, const struct dating_given *given)
{
    struct dating *d = calloc(1, sizeof(*d));
    enum status st = OK;

    if (!d)
        return fail(ERR_SYSTEM, "out of memory");
    d->given = *given;
    d->abbreviations = given->abbreviations;
    if (!d->abbreviations)
        st = abbreviations_open(&d->abbreviations);
    if (st != OK) {
        free(d);
        return st;
    }
    *ret = d;
    return OK;
}

void
dating_close(struct dating *d)
{
    if (!d)
        return;
    for (int i = 0; i < ZONE_FROM_LEN; i++)
        zone_close(d->known[i].zone);
    if (!d->given.abbreviations)
        abbreviations_close(d->abbreviations);
    zone_close(d->written);
    arena_done(&d->names);
    free(d);
}

/* --- evidence --- */

/* One piece more. A single one against many is a line that was held up on its way; three in
 * a row are a clock that was set, or summer time. */
static void
weigh(struct evidence *e, int32_t offset)
{
    if (!e->has || (!e->zone && e->offset == offset)) {
        e->has = true;
        e->offset = offset;
        e->seen++;
        e->against = 0;
        return;
    }
    if (e->against > 0 && e->rival != offset)
        e->against = 0;
    e->rival = offset;
    if (++e->against < 3)
        return;
    zone_close(e->zone);
    *e = (struct evidence){ .has = true, .offset = offset, .seen = e->against };
}

void
dating_pair(struct dating *d, enum zone_from how, int64_t wall, int64_t utc)
{
    int64_t apart = wall - utc;
    int64_t quarters = (apart + (apart < 0 ? -QUARTER / 2 : QUARTER / 2)) / QUARTER;

    if (quarters < -13 * 4 || quarters > 15 * 4)
        return; /* no zone is so far away: these two are not about one moment */
    weigh(&d->known[how], (int32_t)(quarters * 900));
}

enum status
dating_zone(struct dating *d, enum zone_from how, struct str name)
{
    struct evidence *e = &d->known[how];
    struct zone *z;
    enum status st = zone_open(&z, name);

    if (st != OK)
        return st;
    zone_close(e->zone);
    *e = (struct evidence){ .has = true, .zone = z, .seen = 1 };
    return OK;
}

/* "Z" tells nothing about a clock on the wall: programs write it everywhere. An offset does. */
static void
learn_sibling(struct dating *d, const struct stamp *s)
{
    struct evidence *e = &d->known[ZONE_SIBLING];

    if (s->kind != STAMP_OFFSET || (s->zone.n == 1 && s->offset == 0) || e->zone)
        return;
    if (e->has && e->offset != s->offset)
        e->torn = true;
    e->has = true;
    e->offset = s->offset;
    e->seen++;
}

void
dating_learn(struct dating *d, const struct stamp *s)
{
    learn_sibling(d, s);
    dating_learn_order(d, s);
    if (s->has_year && s->has_date && !s->day_or_month && !d->has_year && !d->given.year) {
        d->has_year = true;
        d->year_wall = civil_to_ns(&s->civil);
    }
}

/* --- walls to instants --- */

static struct zone_instants
by_offset(int64_t wall, int32_t offset)
{
    return (struct zone_instants){ wall - SECONDS(offset), wall - SECONDS(offset), false };
}

static const struct evidence *
best_evidence(const struct dating *d, enum zone_from *ret)
{
    for (size_t i = 0; i < LEN(trusted); i++) {
        const struct evidence *e = &d->known[trusted[i]];
        *ret = trusted[i];
        if (trusted[i] == ZONE_SAID && d->given.zone)
            return NULL; /* it is not held here: by the caller */
        if (e->has && !e->torn)
            return e;
    }
    *ret = ZONE_ASSUMED;
    return NULL;
}

static const struct zone *
zone_for(const struct dating *d, enum zone_from how, const struct evidence *e)
{
    if (how == ZONE_SAID)
        return d->given.zone;
    return e ? e->zone : d->given.assumed;
}

static struct zone_instants
ask(const struct dating *d, enum zone_from how, const struct evidence *e, int64_t wall)
{
    const struct zone *z = zone_for(d, how, e);

    return z ? zone_to_utc(z, wall) : by_offset(wall, e ? e->offset : 0);
}

int64_t
dating_wall(const struct dating *d, int64_t utc)
{
    enum zone_from how;
    const struct evidence *e = best_evidence(d, &how);
    const struct zone *z = zone_for(d, how, e);

    return z ? zone_to_wall(z, utc) : utc + SECONDS(e ? e->offset : 0);
}

/* "+01:00", kept as long as `d`. */
static struct str
offset_name(struct dating *d, int32_t offset)
{
    unsigned minutes = (unsigned)(offset < 0 ? -offset : offset) / 60;

    if (offset == 0)
        return STR("UTC");
    if (d->name.n == 0 || d->named != offset) {
        d->name = arena_strf(&d->names, "%c%02u:%02u", offset < 0 ? '-' : '+',
                             minutes / 60 % 100, minutes % 60);
        d->named = offset;
    }
    return d->name;
}

/* Of the two passes of an hour: the second if the first would go back behind what was
 * already written, the first if it follows on at once; else either. */
static void
settle_pass(const struct dating *d, struct zone_instants i, struct when *w)
{
    const int64_t slack = SECONDS(300);
    int64_t last = d->has_last ? when_best(&d->last) : INT64_MIN;

    w->span = (struct span){ i.early, i.late };
    if (i.early == i.late || !d->has_last)
        return;
    if (last > i.early + slack && last <= i.late + slack)
        w->span = span_at(i.late);
    else if (last <= i.early && i.early - last <= 2 * slack)
        w->span = span_at(i.early);
}

static void
date_naive(struct dating *d, int64_t wall, struct when *w)
{
    const struct evidence *e = best_evidence(d, &w->zone_from);
    const struct zone *z = zone_for(d, w->zone_from, e);

    settle_pass(d, ask(d, w->zone_from, e, wall), w);
    w->zone = z ? str_of(zone_name(z)) : offset_name(d, e ? e->offset : 0);
    w->frame = FRAME_WALL;
    d->guessed |= w->zone_from == ZONE_ASSUMED;
}

/* Several readings: evidence may single one out. */
static bool
narrow(struct dating *d, const struct offsets *r, int64_t wall, struct when *w)
{
    for (size_t i = 0; i < LEN(trusted); i++) {
        const struct evidence *e = &d->known[trusted[i]];
        bool said = trusted[i] == ZONE_SAID && d->given.zone;
        struct zone_instants at;
        if (!said && (!e->has || e->torn))
            continue;
        at = ask(d, trusted[i], said ? NULL : e, wall);
        for (unsigned k = 0; k < r->len; k++) {
            int64_t utc = wall - SECONDS(r->is[k].offset);
            if (utc != at.early && utc != at.late)
                continue;
            w->zone_from = trusted[i];
            w->span = span_at(utc);
            return true;
        }
    }
    return false;
}

/* Evidence that no reading of the letters agrees with. */
static void
check_letters(struct dating *d, const struct when *w, int64_t wall)
{
    const struct evidence *e = &d->known[ZONE_SESSION];

    if (e->has && !e->zone && e->seen > 1 && wall - SECONDS(e->offset) != w->span.low)
        d->conflict = true;
}

static void
date_letters(struct dating *d, const struct stamp *s, int64_t wall, struct when *w)
{
    struct offsets r = abbreviation_readings(d->abbreviations, s->zone, wall);
    unsigned open = r.tzdata ? r.tzdata : r.len;

    if (r.len == 0) {
        date_naive(d, wall, w);
        return;
    }
    if (s->zone.n < sizeof(d->letters) && !str_eq(s->zone, str_of(d->letters))) {
        memcpy(d->letters, s->zone.p, s->zone.n);
        d->letters[s->zone.n] = '\0';
    }
    w->zone = s->zone;
    w->frame = FRAME_UTC;
    if (open == 1) {
        w->zone_from = ZONE_ABBREVIATION;
        w->span = span_at(wall - SECONDS(r.is[0].offset));
        check_letters(d, w, wall);
    } else if (!narrow(d, &r, wall, w)) {
        w->zone_from = ZONE_AMBIGUOUS;
        w->span = span_at(wall - SECONDS(r.is[0].offset));
        for (unsigned k = 1; k < open; k++)
            w->span = span_join(w->span, span_at(wall - SECONDS(r.is[k].offset)));
        d->guessed = true;
    }
    w->raw = wall - SECONDS(r.is[0].offset);
    if (w->zone_from != ZONE_AMBIGUOUS)
        w->raw = w->span.low;
}

static void
date_named(struct dating *d, const struct stamp *s, int64_t wall, struct when *w)
{
    if (d->written == NULL || !str_eq(str_of(zone_name(d->written)), s->zone)) {
        zone_close(d->written);
        d->written = NULL;
        if (zone_open(&d->written, s->zone) != OK) {
            date_naive(d, wall, w);
            return;
        }
    }
    settle_pass(d, zone_to_utc(d->written, wall), w);
    w->zone = s->zone;
    w->zone_from = ZONE_EXPLICIT;
    w->frame = FRAME_WALL;
    if (w->span.low == w->span.high) {
        w->frame = FRAME_UTC;
        w->raw = w->span.low;
    }
}

static void
date_wall(struct dating *d, const struct stamp *s, int64_t wall, struct when *w)
{
    w->raw = wall;
    switch (s->kind) {
    case STAMP_EPOCH:
    case STAMP_OFFSET:
        w->frame = FRAME_UTC;
        w->zone_from = s->kind == STAMP_EPOCH ? ZONE_EPOCH : ZONE_EXPLICIT;
        w->zone = s->zone;
        w->raw = wall - SECONDS(s->offset);
        w->span = span_at(w->raw);
        break;
    case STAMP_ABBREVIATION:
        date_letters(d, s, wall, w);
        break;
    case STAMP_NAMED:
        date_named(d, s, wall, w);
        break;
    default:
        date_naive(d, wall, w);
    }
}

void
dating_when(struct dating *d, const struct stamp *s, struct when *ret)
{
    struct when w = { .grain = s->grain };
    struct civil c;
    int64_t wall;

    learn_sibling(d, s);
    if (!dating_complete(d, s, &c, &w.year_from)) {
        *ret = (struct when){ .grain = s->grain, .time_from = TIME_NONE };
        return;
    }
    wall = civil_to_ns(&c);
    date_wall(d, s, wall, &w);
    w.span.high += s->grain - 1;
    d->last = w;
    d->last_wall = wall;
    d->has_last = true;
    *ret = w;
}

struct str
dating_zone_name(const struct dating *d, enum zone_from *ret_how)
{
    const struct evidence *e = best_evidence(d, ret_how);
    const struct zone *z = zone_for(d, *ret_how, e);

    if (*ret_how == ZONE_ASSUMED && d->letters[0] && d->has_last &&
        (d->last.zone_from == ZONE_ABBREVIATION || d->last.zone_from == ZONE_AMBIGUOUS)) {
        *ret_how = d->last.zone_from;
        return str_of(d->letters);
    }
    if (z)
        return str_of(zone_name(z));
    /* a name at hand is no knowledge: it may change under a const */
    return offset_name((struct dating *)d, e ? e->offset : 0);
}

void
dating_explain(const struct dating *d, struct strbuf *out)
{
    enum zone_from how;

    (void)best_evidence(d, &how);
    if (how == ZONE_ASSUMED && d->has_last && d->last.zone_from != ZONE_ASSUMED)
        how = d->last.zone_from;
    strbuf_adds(out, reasons[how]);
    if (d->known[ZONE_SIBLING].torn && how == ZONE_ASSUMED)
        strbuf_adds(out, "; its stamps with a zone disagree");
    if (d->conflict)
        strbuf_adds(out, "; but its abbreviations contradict that");
}

bool
dating_guessed(const struct dating *d)
{
    return d->guessed;
}
