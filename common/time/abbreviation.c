/* SPDX-License-Identifier: MIT */
#include "time/abbreviation.h"

#include <stdlib.h>

/* Every set of letters that is known to stand for a zone, sorted. `likely`: which of several
 * offsets tzdata gives is met most, by how many people live by it. `other`: what it means to
 * writers outside tzdata (Java's and Windows' old tables, and the names tzdata gave up in
 * 2016, which Postgres wrote until then). In minutes east of UTC. */
#define NONE INT16_MIN
/* clang-format off */
static const struct known {
    const char *letters;
    int16_t likely, other[2];
} known[] = {
    { "ACDT", NONE, { NONE, NONE } },  { "ACST", NONE, { NONE, NONE } },
    { "ADT", NONE, { NONE, NONE } },   { "AEDT", NONE, { NONE, NONE } },
    { "AEST", NONE, { NONE, NONE } },  { "AFT", NONE, { 270, NONE } },
    { "AKDT", NONE, { NONE, NONE } },  { "AKST", NONE, { NONE, NONE } },
    { "ALMT", NONE, { 360, NONE } },   { "AMT", NONE, { 240, -240 } },
    { "ART", NONE, { -180, NONE } },   { "AST", NONE, { 180, NONE } },
    { "AWDT", NONE, { NONE, NONE } },  { "AWST", NONE, { NONE, NONE } },
    { "AZT", NONE, { 240, NONE } },    { "BDT", NONE, { 360, NONE } },
    { "BOT", NONE, { -240, NONE } },   { "BRST", NONE, { -120, NONE } },
    { "BRT", NONE, { -180, NONE } },   { "BST", NONE, { 360, NONE } },
    { "CAT", NONE, { NONE, NONE } },   { "CDT", -300, { NONE, NONE } },
    { "CEST", NONE, { NONE, NONE } },  { "CET", NONE, { NONE, NONE } },
    { "CHADT", NONE, { 825, NONE } },  { "CHAST", NONE, { 765, NONE } },
    { "CLST", NONE, { -180, NONE } },  { "CLT", NONE, { -240, NONE } },
    { "COT", NONE, { -300, NONE } },   { "CST", -360, { NONE, NONE } },
    { "ChST", NONE, { NONE, NONE } },  { "EAT", NONE, { NONE, NONE } },
    { "ECT", NONE, { -300, NONE } },   { "EDT", -240, { 660, NONE } },
    { "EEST", NONE, { NONE, NONE } },  { "EET", NONE, { NONE, NONE } },
    { "EST", -300, { 600, NONE } },    { "FJT", NONE, { 720, NONE } },
    { "GET", NONE, { 240, NONE } },    { "GMT", NONE, { NONE, NONE } },
    { "GST", NONE, { 240, -120 } },    { "HADT", NONE, { -540, NONE } },
    { "HAST", NONE, { -600, NONE } },  { "HDT", NONE, { NONE, NONE } },
    { "HKT", NONE, { NONE, NONE } },   { "HST", NONE, { NONE, NONE } },
    { "ICT", NONE, { 420, NONE } },    { "IDT", NONE, { NONE, NONE } },
    { "IRDT", NONE, { 270, NONE } },   { "IRKT", NONE, { 480, NONE } },
    { "IRST", NONE, { 210, NONE } },   { "IST", 330, { NONE, NONE } },
    { "JST", NONE, { NONE, NONE } },   { "KGT", NONE, { 360, NONE } },
    { "KRAT", NONE, { 420, NONE } },   { "KST", NONE, { NONE, NONE } },
    { "LINT", NONE, { 840, NONE } },   { "MAGT", NONE, { 660, NONE } },
    { "MART", NONE, { -570, NONE } },  { "MDT", NONE, { NONE, NONE } },
    { "MEST", NONE, { NONE, NONE } },  { "MESZ", NONE, { 120, NONE } },
    { "MET", NONE, { NONE, NONE } },   { "MEZ", NONE, { 60, NONE } },
    { "MMT", NONE, { 390, NONE } },    { "MSD", NONE, { NONE, NONE } },
    { "MSK", NONE, { NONE, NONE } },   { "MST", -420, { 480, NONE } },
    { "MUT", NONE, { 240, NONE } },    { "MVT", NONE, { 300, NONE } },
    { "MYT", NONE, { 480, NONE } },    { "NDT", NONE, { NONE, NONE } },
    { "NOVT", NONE, { 420, NONE } },   { "NPT", NONE, { 345, NONE } },
    { "NST", NONE, { NONE, NONE } },   { "NZDT", NONE, { NONE, NONE } },
    { "NZST", NONE, { NONE, NONE } },  { "OMST", NONE, { 360, NONE } },
    { "PDT", NONE, { NONE, NONE } },   { "PET", NONE, { -300, NONE } },
    { "PETT", NONE, { 720, NONE } },   { "PGT", NONE, { 600, NONE } },
    { "PHT", NONE, { 480, NONE } },    { "PKST", NONE, { NONE, NONE } },
    { "PKT", NONE, { NONE, NONE } },   { "PST", -480, { NONE, NONE } },
    { "PYST", NONE, { -180, NONE } },  { "PYT", NONE, { -240, NONE } },
    { "SAMT", NONE, { 240, NONE } },   { "SAST", NONE, { NONE, NONE } },
    { "SGT", NONE, { 480, NONE } },    { "SRT", NONE, { -180, NONE } },
    { "SST", NONE, { NONE, NONE } },   { "TJT", NONE, { 300, NONE } },
    { "TMT", NONE, { 300, NONE } },    { "TRT", NONE, { 180, NONE } },
    { "ULAT", NONE, { 480, NONE } },   { "UTC", NONE, { NONE, NONE } },
    { "UYT", NONE, { -180, NONE } },   { "UZT", NONE, { 300, NONE } },
    { "VET", NONE, { -240, NONE } },   { "VLAT", NONE, { 600, NONE } },
    { "WAST", NONE, { 120, NONE } },   { "WAT", NONE, { NONE, NONE } },
    { "WEST", NONE, { NONE, NONE } },  { "WET", NONE, { NONE, NONE } },
    { "WIB", NONE, { NONE, NONE } },   { "WIT", NONE, { NONE, NONE } },
    { "WITA", NONE, { NONE, NONE } },  { "YAKT", NONE, { 540, NONE } },
    { "YEKT", NONE, { 300, NONE } },
};
/* clang-format on */

enum { ANSWERS_MAX = 32 };

/* True for walls in [from, to). */
struct answer {
    char letters[8];
    int64_t from, to;
    struct offsets readings;
};

struct abbreviations {
    struct zone **zones;
    size_t len, room;
    bool loaded;
    struct answer answers[ANSWERS_MAX];
    unsigned next;
};

static int
order_known(const void *key, const void *row)
{
    const struct str *letters = key;
    const char *name = ((const struct known *)row)->letters;
    int order = strncmp(letters->p, name, letters->n);

    return order ? order : -(int)(name[letters->n] != '\0');
}

/* No word like INFO or ERROR ends as they do: most are turned away here. */
static bool
may_end(char c)
{
    switch (c) {
    case 'T':
    case 'Z':
    case 'D':
    case 'K':
    case 'C':
    case 'B':
    case 'A':
        return true;
    default:
        return false;
    }
}

static const struct known *
find_known(struct str letters)
{
    if (letters.n < 3 || letters.n > 5 || !may_end(letters.p[letters.n - 1]))
        return NULL;
    return bsearch(&letters, known, LEN(known), sizeof(known[0]), order_known);
}

bool
abbreviation_known(struct str letters)
{
    return find_known(letters) != NULL;
}

enum status
abbreviations_open(struct abbreviations **ret)
{
    struct abbreviations *a = calloc(1, sizeof(*a));

    if (!a)
        return fail(ERR_SYSTEM, "out of memory");
    *ret = a;
    return OK;
}

void
abbreviations_close(struct abbreviations *a)
{
    if (!a)
        return;
    for (size_t i = 0; i < a->len; i++)
        zone_close(a->zones[i]);
    free(a->zones);
    free(a);
}

static bool
load(const char *name, void *data)
{
    struct abbreviations *a = data;
    struct zone *z = NULL;

    if (a->len == a->room) {
        size_t room = a->room ? a->room * 2 : 1024;
        void *more = realloc(a->zones, room * sizeof(struct zone *));
        if (!more)
            return false;
        a->zones = more;
        a->room = room;
    }
    if (zone_open(&z, str_of(name)) == OK)
        a->zones[a->len++] = z;
    return true;
}

static void
add(struct offsets *r, int32_t offset, bool tzdata)
{
    for (unsigned i = 0; i < r->len; i++)
        if (r->is[i].offset == offset)
            return;
    if (r->len == READINGS_MAX)
        return;
    r->is[r->len++] = (struct offset_reading){ offset, tzdata };
    r->tzdata += tzdata;
}

/* Seconds; the far ends stay where they are. */
static int64_t
shifted(int64_t end, int64_t by)
{
    return end == INT64_MIN || end == INT64_MAX ? end : end + by;
}

/* The periods of one zone that may hold `wall` (seconds); narrows how long the answer
 * holds, a day on the safe side. */
static void
ask(const struct zone *z, int64_t wall, struct answer *a)
{
    struct zone_period p = zone_period_at(z, wall - 86400);

    for (;; p = zone_period_at(z, p.to)) {
        int64_t utc = wall - p.offset;
        if (utc >= p.from && utc < p.to && strcmp(p.abbreviation, a->letters) == 0)
            add(&a->readings, p.offset, true);
        for (int i = 0; i < 2; i++) {
            int64_t edge = i ? p.to : p.from;
            if (shifted(edge, 2 * 86400) <= wall)
                a->from = MAX(a->from, shifted(edge, 2 * 86400));
            else if (shifted(edge, -2 * 86400) > wall)
                a->to = MIN(a->to, shifted(edge, -2 * 86400));
            else {
                a->from = MAX(a->from, wall - wall % 900);
                a->to = MIN(a->to, wall - wall % 900 + 900);
            }
        }
        if (p.to > wall + 86400)
            return;
    }
}

static void
put_first(struct offsets *r, int32_t offset)
{
    for (unsigned i = 1; i < r->len; i++) {
        if (r->is[i].offset != offset || !r->is[i].tzdata)
            continue;
        r->is[i] = r->is[0];
        r->is[0].offset = offset;
    }
}

/* Nobody writes "EDT" in January; who does means summer time all the same: what the letters
 * stood for at some other time of the same years. */
static void
ask_seasons(struct abbreviations *a, int64_t wall, struct answer *answer)
{
    struct answer other = *answer;

    for (int step = 1; step <= 24 && other.readings.len == 0; step++)
        for (int side = -1; side <= 1; side += 2)
            for (size_t i = 0; i < a->len; i++)
                ask(a->zones[i], wall + side * step * INT64_C(86400) * 61, &other);
    for (unsigned i = 0; i < other.readings.len; i++)
        add(&answer->readings, other.readings.is[i].offset, false);
}

static const struct answer *
find_answer(const struct abbreviations *a, struct str letters, int64_t wall)
{
    for (unsigned i = 0; i < ANSWERS_MAX; i++) {
        const struct answer *it = &a->answers[i];
        if (wall >= it->from && wall < it->to && str_eq(letters, str_of(it->letters)))
            return it;
    }
    return NULL;
}

/* "GMT+3": three hours east for most, west where POSIX is spoken. */
static struct offsets
signed_gmt(struct str letters)
{
    struct offsets r = { 0 };
    int32_t hours = 0;

    for (size_t i = 4; i < letters.n; i++)
        hours = hours * 10 + (letters.p[i] - '0');
    hours = letters.p[3] == '-' ? -hours : hours;
    add(&r, hours * 3600, true);
    add(&r, -hours * 3600, true);
    return r;
}

struct offsets
abbreviation_readings(struct abbreviations *a, struct str letters, int64_t wall_ns)
{
    int64_t wall = wall_ns / NS_PER_S;
    const struct known *row = find_known(letters);
    const struct answer *found = find_answer(a, letters, wall);
    struct answer it = { .from = INT64_MIN, .to = INT64_MAX };

    if (letters.n > 4 && (letters.p[3] == '+' || letters.p[3] == '-'))
        return signed_gmt(letters);
    if (!row)
        return it.readings;
    if (found)
        return found->readings;
    if (!a->loaded)
        zone_each_name(load, a);
    a->loaded = true;
    memcpy(it.letters, letters.p, letters.n);
    for (size_t i = 0; i < a->len; i++)
        ask(a->zones[i], wall, &it);
    if (row->likely != NONE)
        put_first(&it.readings, row->likely * 60);
    for (int i = 0; i < 2 && row->other[i] != NONE; i++)
        add(&it.readings, row->other[i] * 60, false);
    if (it.readings.len == 0)
        ask_seasons(a, wall, &it);
    a->answers[a->next++ % ANSWERS_MAX] = it;
    return it.readings;
}
