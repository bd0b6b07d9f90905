/* SPDX-License-Identifier: MIT */
#pragma once
#include "cells.h"
#include "diagnose/findings.h"

/* What the dashboard shows and where the reader stands in it. Keys change a view, drawing
 * reads it: neither knows a terminal. */

enum mode { MODE_BROWSE, MODE_SEARCH, MODE_FILTER, MODE_HELP };

struct view {
    const struct findings *findings; /* borrowed */
    const struct event *events;      /* borrowed, in order of time */
    size_t events_len;
    bool events_more; /* later ones are in the file alone */
    size_t *shown;    /* owned: places in `events` that the filter lets through */
    size_t shown_len;
    size_t cursor, top; /* in `shown` */
    bool detail;        /* the record under the cursor, in full */
    struct span window; /* of the lanes */
    size_t pane;
    size_t scroll; /* of a pane of text */
    enum mode mode;
    struct strbuf search, filter;
    struct str title; /* the file, for the status line */
    int64_t now;
    bool live, paused;
    bool wants_quit, wants_report; /* for who runs the view */
    char said[160];                /* the answer to the last key; "" for none */
};

/* `ret` borrows both; the window is all that is covered, the cursor on the first failure. */
must_check enum status view_open(struct view *ret, const struct findings *findings,
                                 const struct event *events, size_t n);
void view_done(struct view *v);

/* Newer findings and events under the same eyes: pane, selected event, filter and window stay.
 * The old events must still be there; a cursor at the end stays at the end. */
must_check enum status view_renew(struct view *v, const struct findings *findings,
                                  const struct event *events, size_t n);

/* Lists again what the filter lets through. */
void view_filter(struct view *v);

/* NULL if the list is empty. */
const struct event *view_selected(const struct view *v);

/* Whether `event` holds `words`, letter case aside, in anything the list shows of it. */
bool view_matches(const struct view *v, const struct event *event, struct str words);

/* The name of a source as the list shows it: without folders and endings. */
struct str view_source(const struct view *v, uint32_t id);

/* What an event is about: the route, the role, the host. */
struct str view_subject(const struct event *event);

/* Moves the cursor; it stays in the list. */
void view_move(struct view *v, long by);

/* To the next (or, backwards, the previous) event for which `want` is true; false if none. */
bool view_seek(struct view *v, bool (*want)(const struct view *, const struct event *),
               bool backwards);

/* The lanes' window narrowed (or widened) around the selected event. */
void view_zoom(struct view *v, bool in);
