/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/arena.h"
#include "time/dating.h"

/* What dating.c (zones) and dating_date.c (years, days) share. */

/* One kind of evidence of a zone. */
struct evidence {
    bool has;
    bool torn;         /* its own pieces disagree: not used */
    struct zone *zone; /* owned; NULL: `offset` */
    int32_t offset;
    unsigned seen, against;
    int32_t rival; /* what the ones against it say */
};

struct dating {
    struct dating_given given;
    struct abbreviations *abbreviations; /* owned if not given */
    struct evidence known[ZONE_FROM_LEN];
    struct zone *written; /* the last that stood in a stamp by name */
    struct arena names;   /* of fixed offsets */
    struct str name;      /* the one last taken */
    int32_t named;        /* its offset */
    char letters[8];      /* the last abbreviation */
    bool conflict, guessed;

    /* The clock's last reading, to tell the passes of an hour and the turns of days. */
    bool has_last;
    struct when last;
    int64_t last_wall;

    /* Dates. */
    bool has_year; /* a stamp with a year was seen at `year_wall` */
    int64_t year_wall;
    int said_turns; /* turns of the year since --year began */
    bool has_date;  /* the day of the last time, for times without one */
    int64_t date_wall;
    uint8_t orders;        /* those that every stamp allowed; 0: none seen */
    int64_t order_last[3]; /* by order: the last wall, and how often it went back */
    unsigned order_backward[3];
    bool order_half; /* AM and PM were written */
};

/* The date of `s`, what it does not say filled in; false if no date fits. */
bool dating_complete(struct dating *d, const struct stamp *s, struct civil *ret,
                     enum year_from *ret_from);

void dating_learn_order(struct dating *d, const struct stamp *s);

/* Where the wall clock of the source stood at a UTC instant, as far as is known. */
int64_t dating_wall(const struct dating *d, int64_t utc);
