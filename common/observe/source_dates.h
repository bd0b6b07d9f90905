/* SPDX-License-Identifier: MIT */
#pragma once
#include "logs/records.h"
#include "observe/reader.h"
#include "sources/source.h"
#include "time/dating.h"

/* When the records of one source happened: what the user said, what the source tells of its
 * zones and years, and the stamps of each record, put together. Every container, pod or host
 * that writes into it has a clock face of its own; so has what stamps their lines on the
 * way. */
struct source_dates;

must_check enum status source_dates_open(struct source_dates **ret,
                                         const struct reader_request *q,
                                         const struct source *source,
                                         struct abbreviations *abbreviations);
void source_dates_close(struct source_dates *d);

/* A line seen while the source is looked over, in its own order. */
void source_dates_learn(struct source_dates *d, const struct readout *rd);

/* The zone that another log of the same program was found to be written in. */
void source_dates_sibling(struct source_dates *d, struct str zone);

/* The instant of a record; TIME_NONE if it bears no stamp. `text` is all it says: a server
 * that changes its log_timezone says so. */
void source_dates_of(struct source_dates *d, const struct readout *rd, struct str text,
                     struct when *ret);

/* What is known of the source's clock by now; views live until the next call. */
void source_dates_clock(struct source_dates *d, struct store_clock *ret, struct str *ret_why,
                        bool *ret_guessed);
