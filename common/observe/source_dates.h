/* SPDX-License-Identifier: MIT */
#pragma once
#include "logs/format.h"
#include "observe/reader.h"
#include "sources/source.h"

/* When a record of one source happened: what the user said, what the source itself tells and
 * the stamps of the record, put together. */
struct source_dates;

must_check enum status source_dates_open(struct source_dates **ret,
                                         const struct reader_request *q,
                                         const struct source *source);
void source_dates_close(struct source_dates *d);

void source_dates_of(struct source_dates *d, const struct reading *rd, struct when *ret);

/* What is known of the source's clock by now. */
void source_dates_clock(const struct source_dates *d, struct store_clock *ret,
                        struct str *ret_why, bool *ret_guessed);
