/* SPDX-License-Identifier: MIT */
#include "observe/salts.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/strbuf.h"

static bool
known(const struct salt_history *h, const char *tag)
{
    for (size_t i = 0; i < h->tags_len; i++)
        if (strcmp(h->tags[i], tag) == 0)
            return true;
    return false;
}

static void
remember(struct salt_history *h, const char *tag)
{
    if (h->tags_len == SALT_TAGS_MAX) {
        memmove(h->tags[0], h->tags[1], sizeof(h->tags) - sizeof(h->tags[0]));
        h->tags_len--;
    }
    memcpy(h->tags[h->tags_len++], tag, sizeof(h->tags[0]));
}

enum salt_news
salt_take(struct salt_history *h, const struct salt_sighting *s, struct span *ret)
{
    struct salt_sighting before = h->last;
    bool first = h->tags_len == 0, back = known(h, s->tag);

    h->last = *s;
    if (!first && strcmp(before.tag, s->tag) == 0)
        return SALT_SAME;
    if (!back)
        remember(h, s->tag);
    if (first)
        return SALT_FIRST;
    h->changes++;
    *ret = (struct span){ before.seen.low, s->seen.high };
    return back ? SALT_BACK : SALT_CHANGED;
}

static struct when
seen_at(struct span span)
{
    return (struct when){
        .raw = span.low,
        .grain = MAX(span_width(span), INT64_C(1)),
        .frame = FRAME_UTC,
        .zone_from = ZONE_EPOCH,
        .span = span,
    };
}

static enum status
add(struct store *t, const struct salt_of *of, struct event *e)
{
    struct store_source source = { .name = str_of(of->target),
                                   .kind = STR("database"),
                                   .format = STR("dbprobe"),
                                   .coverage = STR("sampled") };
    enum status st = store_source(t, &source);

    e->source = source.id;
    e->format = STR("dbprobe");
    e->role = str_of(of->role);
    e->database = str_of(of->database);
    e->host = str_of(of->address);
    e->hash = sha256_of(e->text);
    return st == OK ? store_add(t, e) : st;
}

enum status
salt_record(struct store *t, const struct salt_of *of, const struct salt_sighting *s)
{
    AUTO(strbuf) text = { .max = STRBUF_LINE };
    struct event e = { .when = seen_at(s->seen), .kind = KIND_SALT, .offset = KIND_SALT };

    strbuf_addf(&text, "salt %s", s->tag);
    e.request = str_of(s->tag);
    e.text = strbuf_str(&text);
    return add(t, of, &e);
}

enum status
salt_record_change(struct store *t, const struct salt_of *of, struct span bracket,
                   const char *words)
{
    struct event e = { .when = seen_at(bracket),
                       .kind = KIND_ROTATION,
                       .offset = KIND_ROTATION,
                       .rule = STR("salt"),
                       .text = str_of(words) };

    return add(t, of, &e);
}

/* A place where sightings of the role were made. */
struct place {
    uint32_t source;
    struct salt_sighting last;
};

/* One sighting more; true if it differs from the one before at the same place. */
static bool
differs(struct place *p, const struct event *e, struct salt_change *ret)
{
    struct salt_sighting now = { .seen = e->when.span };
    bool changed = p->last.tag[0] != '\0' && !str_eq(str_of(p->last.tag), e->request);

    snprintf(now.tag, sizeof(now.tag), "%.8s", e->request.n ? e->request.p : "");
    if (changed) {
        ret->bracket = (struct span){ p->last.seen.low, now.seen.high };
        memcpy(ret->before, p->last.tag, sizeof(ret->before));
        memcpy(ret->after, now.tag, sizeof(ret->after));
    }
    p->last = now;
    return changed;
}

enum { PLACES_MAX = 256 };

static struct place *
place_of(struct place *places, size_t *len, uint32_t source)
{
    for (size_t i = 0; i < *len; i++)
        if (places[i].source == source)
            return &places[i];
    if (*len == PLACES_MAX)
        return NULL;
    places[*len] = (struct place){ .source = source };
    return &places[(*len)++];
}

enum status
salt_last_change(struct store *t, struct str role, struct salt_change *ret, bool *ret_found)
{
    struct store_query q = { { INT64_MIN, INT64_MAX }, UINT64_C(1) << KIND_SALT, 0 };
    struct place *places = calloc(PLACES_MAX, sizeof(*places)), *p;
    struct store_cursor *c = NULL;
    size_t len = 0;
    struct event e;
    bool more = true, found = false;
    enum status st = places ? store_find(t, &q, &c) : fail(ERR_SYSTEM, "no memory for salts");

    while (st == OK && more) {
        st = store_next(c, &e, &more);
        if (st != OK || !more || !str_eq(e.role, role) || e.request.n == 0)
            continue;
        p = place_of(places, &len, e.source);
        if (p && differs(p, &e, ret))
            found = true;
    }
    store_cursor_close(c);
    free(places);
    if (st == OK)
        *ret_found = found;
    return st;
}
