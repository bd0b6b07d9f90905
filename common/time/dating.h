/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/strbuf.h"
#include "time/abbreviation.h"
#include "time/stamp.h"
#include "time/when.h"

/* Turns the stamps of one source (one writer's clock face) into instants, and keeps what is
 * known of that face: its zone and how that is known, the year where stamps say none, which
 * of day and month comes first, which pass of an hour that occurred twice. What is better
 * known later changes what comes later, never what was said. */
struct dating;

/* What is known before the first line. Zeroed, nothing is. Borrowed. */
struct dating_given {
    const struct zone *zone;    /* the user's, for stamps that say none; or NULL */
    const struct zone *assumed; /* where nothing says; NULL: UTC */
    int year;                   /* the user's; 0: not said */
    int64_t modified;           /* when the file was last written, ns; 0: not known */
    int64_t now;                /* ns; 0: now_real() */
    bool now_said;              /* --now: years and dates count back from it, strictly */
    struct abbreviations *abbreviations; /* shared by sources; NULL: its own */
};

must_check enum status dating_open(struct dating **ret, const struct dating_given *given);
void dating_close(struct dating *d);

/* A stamp seen while looking the source over, in the source's order: years, the order of day
 * and month, and zones that stamps carry are learnt from it. */
void dating_learn(struct dating *d, const struct stamp *s);

/* The wall clock showed `wall` at `utc` (both ns): a Postgres session id against its start
 * stamp (ZONE_SESSION), an envelope's stamp against the writer's own (ZONE_ENVELOPE), the
 * same event in another source (ZONE_ANCHOR). What is left after whole quarters of an hour
 * is the clocks' difference and not the zone. */
void dating_pair(struct dating *d, enum zone_from how, int64_t wall, int64_t utc);

/* From here on the source writes in this zone: log_timezone changed (ZONE_CHANGED), or a
 * sibling's is known (ZONE_SIBLING). ERR_USAGE if it is none. */
must_check enum status dating_zone(struct dating *d, enum zone_from how, struct str name);

/* The instant of the next stamp, in the source's order. `ret->zone` lives as long as the
 * stamp's text and `d`. */
void dating_when(struct dating *d, const struct stamp *s, struct when *ret);

/* The zone held to be the source's, for stamps that say none, and how that is known. */
struct str dating_zone_name(const struct dating *d, enum zone_from *ret_how);

/* For people: "its session ids", "assumed: nothing says"; and behind it what contradicts. */
void dating_explain(const struct dating *d, struct strbuf *out);

/* A year, a zone or an order of day and month had to be assumed. */
bool dating_guessed(const struct dating *d);
