/* SPDX-License-Identifier: MIT */
#pragma once
#include "time/zone.h"

/* What "CST" means. Not a fixed table's answer: every zone of tzdata that writes these
 * letters at that very instant, which leaves most of them one reading (in January 2026 only
 * CST, IST and PST have several). Readings that writers outside tzdata use come behind. */
struct abbreviations;

enum { READINGS_MAX = 12 };

struct offset_reading {
    int32_t offset; /* seconds east of UTC */
    bool tzdata;    /* a zone of tzdata writes it so at that instant */
};

/* The likeliest first; those of tzdata before the others. */
struct offsets {
    struct offset_reading is[READINGS_MAX];
    unsigned len;
    unsigned tzdata; /* how many of them tzdata vouches for */
};

must_check enum status abbreviations_open(struct abbreviations **ret);
void abbreviations_close(struct abbreviations *a);

/* What `letters` may mean where they stand behind the wall clock time `wall` (ns). None:
 * nobody is known to use them. All zones are read at the first call, answers are kept. */
struct offsets abbreviation_readings(struct abbreviations *a, struct str letters,
                                      int64_t wall);

/* Somebody uses these letters for a zone; needs no zone files. */
bool abbreviation_known(struct str letters);
