/* SPDX-License-Identifier: MIT */
#pragma once
#include "logs/pattern.h"
#include "logs/records.h"
#include "observe/reader.h"
#include "observe/shelf.h"
#include "observe/source_dates.h"
#include "sources/source.h"

/* One source on its way to events: bytes, lines, records, events in order of time. What
 * reader.c merges. */

/* What all streams of one reader share; borrowed. */
struct stream_tools {
    const struct reader_request *request;
    struct span window;
    uint64_t kinds;
    struct formats *formats;
    struct meaning *meaning;
    struct regex *wanted; /* -e; NULL: all */
    struct store *into;   /* whatever bears on an outage goes here as well; or NULL */
    const uint32_t *ids;  /* the timeline's numbers for the sources */
    void (*unread)(void *data, uint32_t source, const struct record *rec);
    void *data;
};

struct stream;

/* Opens the source and looks it over. */
must_check enum status stream_open(struct stream **ret, const char *spec, uint32_t number,
                                   const struct stream_tools *tools);
void stream_close(struct stream *s);

/* Makes the next event ready for stream_first(), reading as far as it takes. False in
 * `*ret_more`: there is none, and never will be. A source that is followed may have none for
 * now: `*ret_more` true and stream_first() NULL. */
must_check enum status stream_advance(struct stream *s, bool *ret_more);
const struct event *stream_first(const struct stream *s);
void stream_drop(struct stream *s);

/* From here on records keep their bytes: events that go `into` carry their hash. */
void stream_hash(struct stream *s);

/* Gives out all it holds: nothing came for a while. */
void stream_settle(struct stream *s);

/* Figures so far. */
const struct reader_source *stream_figures(struct stream *s);
int stream_fd(const struct stream *s);
const char *stream_kind(const struct stream *s);
