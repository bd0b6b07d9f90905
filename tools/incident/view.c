/* SPDX-License-Identifier: MIT */
#include "view.h"

#include <stdlib.h>

static bool
is_failure(const struct view *v, const struct event *e)
{
    (void)v;
    return event_kinds[e->kind].failure;
}

static enum status
take(struct view *v, const struct findings *findings, const struct event *events, size_t n)
{
    size_t *shown = malloc(MAX(n, (size_t)1) * sizeof(*shown));

    if (shown == NULL)
        return fail(ERR_SYSTEM, "no memory for a list of %zu events", n);
    free(v->shown);
    v->shown = shown;
    v->shown_len = 0;
    v->findings = findings;
    v->events = events;
    v->events_len = n;
    return OK;
}

enum status
view_open(struct view *ret, const struct findings *findings, const struct event *events,
          size_t n)
{
    struct view v = { .window = findings->covered, .now = findings->covered.high };
    enum status st = take(&v, findings, events, n);

    if (st != OK)
        return st;
    view_filter(&v);
    if (v.shown_len > 0 && !is_failure(&v, &events[v.shown[0]]))
        view_seek(&v, is_failure, false);
    *ret = v;
    return OK;
}

void
view_done(struct view *v)
{
    free(v->shown);
    strbuf_done(&v->search);
    strbuf_done(&v->filter);
    *v = (struct view){ 0 };
}

/* The place of the same event in the list as it is now; `otherwise` if it is gone. */
static size_t
find_again(const struct view *v, const struct event *e, size_t otherwise)
{
    for (size_t i = 0; e && i < v->shown_len; i++) {
        const struct event *other = &v->events[v->shown[i]];

        if (other->source == e->source && other->offset == e->offset &&
            other->when.raw == e->when.raw)
            return i;
    }
    return otherwise;
}

enum status
view_renew(struct view *v, const struct findings *findings, const struct event *events,
           size_t n)
{
    struct span before = v->findings->covered;
    const struct event *selected = view_selected(v);
    bool at_end = v->shown_len > 0 && v->cursor == v->shown_len - 1;
    size_t cursor = v->cursor;
    enum status st = take(v, findings, events, n);

    if (st != OK)
        return st;
    if (v->window.low == before.low && v->window.high == before.high)
        v->window = findings->covered;
    view_filter(v);
    v->cursor = at_end ? v->shown_len : find_again(v, selected, cursor);
    view_move(v, 0);
    return OK;
}

const struct event *
view_selected(const struct view *v)
{
    return v->cursor < v->shown_len ? &v->events[v->shown[v->cursor]] : NULL;
}

void
view_filter(struct view *v)
{
    const struct event *selected = view_selected(v);
    struct str words = strbuf_str(&v->filter);
    size_t n = 0, cursor = 0;

    for (size_t i = 0; i < v->events_len; i++) {
        if (words.n > 0 && !view_matches(v, &v->events[i], words))
            continue;
        if (selected && &v->events[i] <= selected)
            cursor = n;
        v->shown[n++] = i;
    }
    v->shown_len = n;
    v->cursor = cursor;
    view_move(v, 0);
}

struct str
view_source(const struct view *v, uint32_t id)
{
    struct str name = { 0 };

    for (size_t i = 0; i < v->findings->sources_len; i++)
        if (v->findings->sources[i].source->id == id)
            name = v->findings->sources[i].source->name;
    for (size_t i = name.n; i > 0; i--)
        if (name.p[i - 1] == '/') {
            name = str_skip(name, i);
            break;
        }
    if (str_ends(name, STR(".log")))
        name.n -= 4;
    return name;
}

struct str
view_subject(const struct event *event)
{
    return event->route.n  ? event->route
           : event->role.n ? event->role
           : event->host.n ? event->host
                           : event->database;
}

static char
lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool
holds(struct str text, struct str words)
{
    for (size_t i = 0; i + words.n <= text.n; i++) {
        size_t same = 0;

        while (same < words.n && lower(text.p[i + same]) == lower(words.p[same]))
            same++;
        if (same == words.n)
            return true;
    }
    return false;
}

bool
view_matches(const struct view *v, const struct event *event, struct str words)
{
    return holds(event->text, words) || holds(view_subject(event), words) ||
           holds(view_source(v, event->source), words) ||
           holds(str_of(event_kinds[event->kind].name), words) || holds(event->sqlstate, words);
}

void
view_move(struct view *v, long by)
{
    long last = (long)v->shown_len - 1;
    long to = (long)v->cursor + by;

    v->cursor = (size_t)MAX(MIN(to, last), 0L);
}

bool
view_seek(struct view *v, bool (*want)(const struct view *, const struct event *),
          bool backwards)
{
    for (size_t i = 1; i <= v->shown_len; i++) {
        if (backwards ? i > v->cursor : v->cursor + i >= v->shown_len)
            return false;
        size_t at = backwards ? v->cursor - i : v->cursor + i;
        if (want(v, &v->events[v->shown[at]])) {
            v->cursor = at;
            return true;
        }
    }
    return false;
}

void
view_zoom(struct view *v, bool in)
{
    const struct event *e = view_selected(v);
    struct span all = v->findings->covered;
    int64_t centre = e ? span_mid(e->when.span) : span_mid(v->window);
    int64_t half = in ? span_width(v->window) / 4 : span_width(v->window);

    half = MAX(half, NS_PER_S);
    v->window = (struct span){ MAX(centre - half, all.low), MIN(centre + half, all.high) };
    if (span_width(v->window) < 1)
        v->window = all;
}
