/* SPDX-License-Identifier: MIT */
#include "observe/source_dates.h"

#include <fnmatch.h>
#include <stdlib.h>

#include "time/now.h"

enum { FACES = 64 };

/* The clock face of one writer. */
struct face {
    struct str host; /* owned; empty: who is not named */
    struct dating *dating;
};

struct source_dates {
    struct dating_given given;
    struct zone *zone;
    struct face faces[FACES];
    size_t len;
    struct dating *outer; /* of what stamps the lines on their way */
    struct strbuf why;
};

/* What the last "[GLOB=]VALUE" says that is meant for this source; NULL if none is. */
static const char *
said_for(const char *const *items, size_t len, const char *name)
{
    const char *found = NULL;

    for (size_t i = 0; i < len; i++) {
        const char *equals = strrchr(items[i], '=');
        char *glob = equals ? strndup(items[i], (size_t)(equals - items[i])) : NULL;

        if (equals == NULL)
            found = items[i];
        else if (glob && fnmatch(glob, name, 0) == 0)
            found = equals + 1;
        free(glob);
    }
    return found;
}

static enum status
read_year(struct dating_given *given, const char *text)
{
    uint64_t year;

    if (text == NULL)
        return OK;
    if (!str_to_u64(str_of(text), &year) || year < 1970 || year > 2200)
        return fail(ERR_USAGE, "--year: '%s' is no year", text);
    given->year = (int)year;
    return OK;
}

enum status
source_dates_open(struct source_dates **ret, const struct reader_request *q,
                  const struct source *source, struct abbreviations *abbreviations)
{
    struct source_dates *d = calloc(1, sizeof(*d));
    const char *zone = said_for(q->zones, q->zones_len, source->name);
    enum status st;

    if (d == NULL)
        return fail(ERR_SYSTEM, "no memory left");
    d->given = (struct dating_given){
        .modified = source->modified,
        .now = now_real(),
        .now_said = q->now_said,
        .abbreviations = abbreviations,
    };
    st = read_year(&d->given, said_for(q->years, q->years_len, source->name));
    if (st == OK && zone)
        st = zone_open(&d->zone, str_of(zone));
    d->given.zone = d->zone;
    if (st == OK)
        st = dating_open(&d->outer, &d->given);
    if (st == OK)
        *ret = d;
    else
        source_dates_close(d);
    return st;
}

void
source_dates_close(struct source_dates *d)
{
    if (d == NULL)
        return;
    for (size_t i = 0; i < d->len; i++) {
        dating_close(d->faces[i].dating);
        free((char *)(uintptr_t)d->faces[i].host.p);
    }
    dating_close(d->outer);
    zone_close(d->zone);
    strbuf_done(&d->why);
    free(d);
}

/* The face of this writer; the first one's if there is no room for another. */
static struct dating *
face_of(struct source_dates *d, struct str host)
{
    struct face *f = &d->faces[d->len];

    for (size_t i = 0; i < d->len; i++)
        if (str_eq(d->faces[i].host, host))
            return d->faces[i].dating;
    if (d->len == FACES || dating_open(&f->dating, &d->given) != OK)
        return d->len ? d->faces[0].dating : d->outer;
    f->host = (struct str){ host.n ? strndup(host.p, host.n) : NULL, host.n };
    if (f->host.p == NULL)
        f->host.n = 0;
    d->len++;
    return f->dating;
}

/* Seconds since 1970 in the hex digits before the dot of a Postgres session id. */
static bool
session_began(struct str session, int64_t *ret)
{
    size_t dot = str_find_byte(session, '.');
    int64_t seconds = 0;

    if (dot == SIZE_MAX || dot < 7 || dot > 9)
        return false;
    for (size_t i = 0; i < dot; i++) {
        char c = session.p[i];
        int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;

        if (digit < 0)
            return false;
        seconds = seconds * 16 + digit;
    }
    *ret = SECONDS(seconds);
    return true;
}

/* Said of a session that has just begun: its own stamp is as good as the start's. */
static bool
is_new_session(struct str text)
{
    return str_starts(text, STR("connection received")) ||
           str_starts(text, STR("LOG:  connection received"));
}

static void
learn_session(struct dating *face, const struct parts *p)
{
    struct stamp started;
    int64_t utc;

    if (!session_began(p->session, &utc))
        return;
    if (p->started.n && stamp_read(p->started, NULL, &started) && started.has_year)
        dating_pair(face, ZONE_SESSION, civil_to_ns(&started.civil), utc);
    else if (is_new_session(p->text) && p->stamp.has_year)
        dating_pair(face, ZONE_SESSION, civil_to_ns(&p->stamp.civil), utc);
}

/* The envelope's stamp of a line whose own says no zone. */
static void
learn_envelope(struct dating *face, const struct readout *rd)
{
    const struct stamp *own = &rd->parts.stamp, *outer = &rd->outer;

    if (!rd->has_outer || own->kind != STAMP_NAIVE || !own->has_year || !outer->has_year)
        return;
    if (outer->kind == STAMP_OFFSET || outer->kind == STAMP_EPOCH)
        dating_pair(face, ZONE_ENVELOPE, civil_to_ns(&own->civil),
                    civil_to_ns(&outer->civil) - SECONDS(outer->offset));
}

void
source_dates_learn(struct source_dates *d, const struct readout *rd)
{
    struct dating *face;

    if (rd->has_outer)
        dating_learn(d->outer, &rd->outer);
    if (!rd->parts.has_stamp)
        return;
    face = face_of(d, rd->parts.host);
    dating_learn(face, &rd->parts.stamp);
    learn_session(face, &rd->parts);
    learn_envelope(face, rd);
}

void
source_dates_sibling(struct source_dates *d, struct str zone)
{
    for (size_t i = 0; i < d->len; i++)
        if (dating_zone(d->faces[i].dating, ZONE_SIBLING, zone) != OK)
            return;
}

/* `parameter "log_timezone" changed to "Asia/Shanghai"`: the line itself already is in it. */
static void
heed_change(struct dating *face, struct str text)
{
    static const char said[] = "parameter \"log_timezone\" changed to \"";
    struct str head = str_head(text, 200), name;
    size_t at = str_find(head, str_of(said));

    if (at == SIZE_MAX)
        return;
    name = str_skip(head, at + sizeof(said) - 1);
    name = str_cut(&name, '"');
    if (dating_zone(face, ZONE_CHANGED, name) != OK)
        return; /* a zone that tzdata does not have tells nothing */
}

/* A stamp without a date, or without a year, that another clock stamped again: of the days it
 * may mean, the nearest. */
static struct stamp
with_date(const struct stamp *own, int64_t near)
{
    struct stamp best = *own;
    int64_t least = INT64_MAX;

    for (int k = -1; k <= 1; k++) {
        struct stamp s = *own;
        struct civil day = civil_from_ns(near + k * (own->has_date ? 0 : SECONDS(86400)));
        int64_t apart;

        s.civil.year = day.year + (own->has_date ? k : 0);
        if (!own->has_date) {
            s.civil.month = day.month;
            s.civil.day = day.day;
        }
        if (!civil_valid(&s.civil))
            continue;
        apart = civil_to_ns(&s.civil) - near;
        apart = apart < 0 ? -apart : apart;
        if (apart < least) {
            least = apart;
            best = s;
            best.has_year = best.has_date = true;
        }
    }
    return best;
}

static bool
is_proven(const struct when *w)
{
    return w->zone_from >= ZONE_EXPLICIT && w->zone_from <= ZONE_ABBREVIATION;
}

/* A writer that stamps whole seconds: when the line passed within that second, its passing
 * says more exactly when it was written. */
static bool
is_finer(const struct when *outer, const struct when *own)
{
    return is_proven(own) && is_proven(outer) && outer->grain < own->grain &&
           outer->span.low >= own->span.low && outer->span.low <= own->span.high;
}

/* The line's own stamp says no zone and its envelope's does, and they are one moment: then the
 * moment is the one that is proven. */
static bool
is_surer(const struct when *outer, const struct when *own)
{
    int64_t apart = outer->span.low - own->span.low;

    return !is_proven(own) && is_proven(outer) && apart > -NS_PER_S && apart < NS_PER_S;
}

/* Several writers, several zones, one source: what was read off each face is told as the
 * instant it meant, for the timeline knows one zone a source. */
static void
fix_instant(struct when *w)
{
    if (w->frame != FRAME_WALL || w->span.high - w->span.low >= w->grain)
        return;
    w->raw = w->span.low;
    w->frame = FRAME_UTC;
}

void
source_dates_of(struct source_dates *d, const struct readout *rd, struct str text,
                struct when *ret)
{
    struct when outer = { .time_from = TIME_NONE };
    struct dating *face;
    struct stamp own = rd->parts.stamp;

    *ret = outer;
    if (rd->has_outer) {
        outer.time_from = TIME_ENVELOPE;
        dating_when(d->outer, &rd->outer, &outer);
        outer.time_from = outer.time_from == TIME_NONE ? TIME_NONE : TIME_ENVELOPE;
    }
    if (!rd->parts.has_stamp) {
        *ret = outer;
        return;
    }
    face = face_of(d, rd->parts.host);
    heed_change(face, text);
    if (outer.time_from == TIME_ENVELOPE && is_proven(&outer) &&
        !(own.has_year && own.has_date))
        own = with_date(&own, outer.span.low);
    dating_when(face, &own, ret);
    if (ret->time_from == TIME_NONE ||
        (outer.time_from == TIME_ENVELOPE && (is_finer(&outer, ret) || is_surer(&outer, ret))))
        *ret = outer;
    if (outer.time_from == TIME_ENVELOPE && is_proven(&outer)) {
        ret->has_envelope = true;
        ret->envelope = outer.span.low;
    }
    if (d->len > 1)
        fix_instant(ret);
}

void
source_dates_clock(struct source_dates *d, struct store_clock *ret, struct str *ret_why,
                   bool *ret_guessed)
{
    const struct dating *face = d->len ? d->faces[0].dating : d->outer;

    *ret = (struct store_clock){ .zone = STR("") };
    ret->zone = dating_zone_name(face, &ret->zone_from);
    strbuf_clear(&d->why);
    dating_explain(face, &d->why);
    *ret_why = strbuf_str(&d->why);
    *ret_guessed = dating_guessed(d->outer);
    for (size_t i = 0; i < d->len; i++)
        *ret_guessed |= dating_guessed(d->faces[i].dating);
}
