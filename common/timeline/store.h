/* SPDX-License-Identifier: MIT */
#pragma once
#include "timeline/event.h"

/* The timeline file: one incident, written by all four tools at once. SQLite in WAL mode
 * with an application id of its own (man incident-timeline(5)). What was seen is never
 * rewritten; what is known of a source is appended, the latest row holds, and spans are
 * computed on reading. Untrusted files are opened defensively. */
struct store;

enum store_mode { STORE_READ, STORE_WRITE /* created if need be */ };

/* ERR_SYSTEM if it cannot be opened, ERR_PARSE if it is some other file. The caller closes. */
must_check enum status store_open(struct store **ret, const char *path, enum store_mode mode);
void store_close(struct store *s);

/* Where events come from. Views are borrowed on writing; on reading they live as long as
 * the store. */
struct store_source {
    uint32_t id;
    struct str name;     /* as given: a path, a URL, "baseline" */
    struct str kind;     /* "file", "stdin", "probe", "database", "human" */
    struct str format;   /* the format most of it is in */
    struct str coverage; /* "complete", or what is missing and why */
    uint64_t bytes, lines, records, not_understood;
    struct sha256 head; /* of its first bytes: the same log given twice is noticed */
};

/* What is known of a source's clock: events on FRAME_WALL get `zone`, then every event gets
 * minus `offset`. An envelope's clock is another clock. */
struct store_clock {
    struct str zone; /* IANA name or +hh:mm; empty: not known */
    enum zone_from zone_from;
    bool has_offset, has_envelope_offset;
    struct span offset; /* ns, source minus reference */
    struct span envelope_offset;
    struct str how; /* in words: "90 FATAL lines against the application's errors" */
};

/* Finds the source by name or adds it; then writes its figures. */
must_check enum status store_source(struct store *s, struct store_source *source);
must_check enum status store_know(struct store *s, uint32_t source,
                                  const struct store_clock *c);

/* Adding the same event twice (raw, source, offset) changes nothing. Between begin and
 * commit many are written at once; outside, each is on disk when the call returns. */
must_check enum status store_begin(struct store *s);
must_check enum status store_add(struct store *s, const struct event *e);
must_check enum status store_commit(struct store *s);

size_t store_sources(struct store *s, const struct store_source **ret);
void store_clock_of(struct store *s, uint32_t source, struct store_clock *ret);

/* Events whose span may overlap `window`, in order of span.low; ties by source and offset. */
struct store_query {
    struct span window; /* { INT64_MIN, INT64_MAX }: all */
    uint64_t kinds;     /* bit per enum kind; 0: all */
    uint32_t source;    /* 0: all */
};

struct store_cursor;
must_check enum status store_find(struct store *s, const struct store_query *q,
                                  struct store_cursor **ret);

/* `*ret_more` false at the end. The event's views live until the next call. */
must_check enum status store_next(struct store_cursor *c, struct event *ret, bool *ret_more);
void store_cursor_close(struct store_cursor *c);

/* The union of two timelines; both keep their own sources. */
must_check enum status store_merge(struct store *into, struct store *from);

/* A small value kept with the incident ("title"). */
must_check enum status store_set(struct store *s, const char *key, struct str value);
struct str store_get(struct store *s, const char *key); /* empty if there is none */

/* The key of the incident's redaction, made when it is first asked for: equal secrets have
 * equal tags in all that is said of one incident. */
must_check enum status store_redaction_key(struct store *s, struct str *ret);
