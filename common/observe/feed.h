/* SPDX-License-Identifier: MIT */
#pragma once
#include "logs/pattern.h"
#include "logs/records.h"
#include "logs/redact.h"
#include "observe/reader.h"
#include "observe/shelf.h"
#include "observe/source_dates.h"
#include "sources/source.h"

/* One source on its way to events: bytes, lines, records, events in order of time. What
 * reader.c merges. */

/* What all feeds of one reader share; borrowed. */
struct feed_tools {
    const struct reader_request *request;
    struct span window;
    uint64_t kinds;
    struct formats *formats;
    struct meaning *meaning;
    struct abbreviations *abbreviations;
    struct redactor *redactor; /* NULL: secrets are shown as they stand */
    struct regex *wanted;      /* -e; NULL: all */
    struct store *into;        /* whatever bears on an outage goes here as well; or NULL */
    const uint32_t *ids;       /* the timeline's numbers for the sources */
    void (*unread)(void *data, uint32_t source, const struct record *rec);
    void *data;
};

struct feed;

/* Opens the source and looks it over. */
must_check enum status feed_open(struct feed **ret, const char *spec, uint32_t number,
                                 const struct feed_tools *tools);
void feed_close(struct feed *s);

/* Makes the next event ready for feed_first(), reading as far as it takes. False in
 * `*ret_more`: there is none, and never will be. A source that is followed may have none for
 * now: `*ret_more` true and feed_first() NULL. */
must_check enum status feed_advance(struct feed *s, bool *ret_more);
const struct event *feed_first(const struct feed *s);
void feed_drop(struct feed *s);

/* From here on records keep their bytes: events that go `into` carry their hash. */
void feed_hash(struct feed *s);

/* Gives out all it holds: nothing came for a while. */
void feed_settle(struct feed *s);

/* The zone that `to` is written in as well, if `s` is the access log and `to` the error log
 * of one server, side by side; else empty. */
struct str feed_lends(const struct feed *s, const struct feed *to);
void feed_borrow(struct feed *s, struct str zone);

/* Figures so far. */
const struct reader_source *feed_figures(struct feed *s);
int feed_fd(const struct feed *s);
const char *feed_kind(const struct feed *s);
