/* SPDX-License-Identifier: MIT */
#include "observe/reader.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>

#include "base/arena.h"
#include "logs/regex.h"
#include "observe/feed.h"

enum { UNREAD_MAX = 200, UNREAD_TEXT = 400, IDLE_MS = 100, PATTERN_MAX = 4096 };

struct reader {
    struct reader_request request;
    struct feed_tools tools;
    struct feed **feeds;
    size_t len;
    struct feed *given; /* whose first event the caller holds */
    struct reader_source *figures;
    uint32_t *ids;
    struct reader_unread unread[UNREAD_MAX];
    size_t unread_len;
    struct arena memory;
};

static void
keep_unread(void *data, uint32_t source, const struct record *rec)
{
    struct reader *r = data;
    AUTO(strbuf) hidden = { 0 };
    struct str text = str_head(rec->text, UNREAD_TEXT);

    if (r->unread_len == UNREAD_MAX)
        return;
    if (r->tools.redactor) {
        redactor_apply(r->tools.redactor, text, &hidden);
        text = strbuf_str(&hidden);
    }
    r->unread[r->unread_len++] =
        (struct reader_unread){ source, rec->line, arena_str(&r->memory, text), rec->why };
}

static uint64_t
failures(void)
{
    uint64_t kinds = 0;

    for (enum kind k = KIND_NONE; k < KIND_LEN; k++)
        kinds |= (uint64_t)event_kinds[k].failure << k;
    return kinds;
}

/* Without a key of the incident's, one of this run's own: tags agree within it. */
static enum status
open_redactor(struct reader *r)
{
    uint8_t fresh[SHA256_LEN];
    struct str key = r->request.redaction_key;

    if (key.n)
        return redactor_open(&r->tools.redactor, key);
    if (random_bytes(fresh, sizeof(fresh)) != OK)
        return ERR_SYSTEM;
    return redactor_open(&r->tools.redactor, (struct str){ (char *)fresh, sizeof(fresh) });
}

static enum status
open_tools(struct reader *r)
{
    const struct reader_request *q = &r->request;
    struct feed_tools *t = &r->tools;
    enum status st = formats_open(&t->formats, NULL, 0);

    t->request = q;
    t->unread = keep_unread;
    t->data = r;
    t->kinds = q->kinds ? q->kinds : failures();
    t->window = q->window.low == 0 && q->window.high == 0
                    ? (struct span){ INT64_MIN, INT64_MAX }
                    : q->window;
    if (st == OK)
        st = meaning_open(&t->meaning, NULL, 0);
    if (st == OK && !q->reveal)
        st = open_redactor(r);
    if (st == OK)
        st = abbreviations_open(&t->abbreviations);
    if (st == OK && q->pcre)
        st = regex_open_search(&t->wanted, q->pcre);
    return st;
}

static enum status
open_feeds(struct reader *r)
{
    enum status st = OK;

    r->feeds = calloc(r->request.specs_len + 1, sizeof(struct feed *));
    r->figures = calloc(r->request.specs_len + 1, sizeof(*r->figures));
    if (r->feeds == NULL || r->figures == NULL)
        return fail(ERR_SYSTEM, "no memory left");
    for (size_t i = 0; i < r->request.specs_len && st == OK; i++) {
        st = feed_open(&r->feeds[i], r->request.specs[i], (uint32_t)i + 1, &r->tools);
        r->len += st == OK;
    }
    return st;
}

/* nginx writes its error log in the zone of its access log, and says it only there. */
static void
borrow_zones(struct reader *r)
{
    for (size_t i = 0; i < r->len; i++)
        for (size_t k = 0; k < r->len; k++) {
            struct str zone = feed_lends(r->feeds[k], r->feeds[i]);

            if (zone.n)
                feed_borrow(r->feeds[i], zone);
        }
}

enum status
reader_open(struct reader **ret, const struct reader_request *q)
{
    struct reader *r = calloc(1, sizeof(*r));
    enum status st;

    if (r == NULL)
        return fail(ERR_SYSTEM, "no memory left");
    r->request = *q;
    st = open_tools(r);
    if (st == OK)
        st = open_feeds(r);
    if (st == OK)
        borrow_zones(r);
    if (st == OK)
        *ret = r;
    else
        reader_close(r);
    return st;
}

void
reader_close(struct reader *r)
{
    if (r == NULL)
        return;
    for (size_t i = 0; i < r->len; i++)
        feed_close(r->feeds[i]);
    free(r->feeds);
    free(r->figures);
    free(r->ids);
    formats_close(r->tools.formats);
    meaning_close(r->tools.meaning);
    redactor_close(r->tools.redactor);
    abbreviations_close(r->tools.abbreviations);
    regex_close(r->tools.wanted);
    arena_done(&r->memory);
    free(r);
}

/* The feed whose first event is the earliest of all; NULL if none has one, or one must
 * still be waited for. */
static enum status
earliest(struct reader *r, struct feed **ret, bool *ret_more)
{
    *ret = NULL;
    *ret_more = false;
    for (size_t i = 0; i < r->len; i++) {
        const struct event *mine, *best = *ret ? feed_first(*ret) : NULL;
        bool more;
        enum status st = feed_advance(r->feeds[i], &more);

        if (st != OK)
            return st;
        *ret_more |= more;
        mine = feed_first(r->feeds[i]);
        if (mine && (best == NULL || mine->when.span.low < best->when.span.low))
            *ret = r->feeds[i];
    }
    return OK;
}

/* Nothing came from any source that is followed: what is held is given out and is on disk,
 * then waits. */
static enum status
wait_for_more(struct reader *r)
{
    struct pollfd fds[16];
    nfds_t n = 0;
    enum status st = OK;

    for (size_t i = 0; i < r->len; i++) {
        feed_settle(r->feeds[i]);
        if (strcmp(feed_kind(r->feeds[i]), "file") != 0 && n < LEN(fds))
            fds[n++] = (struct pollfd){ feed_fd(r->feeds[i]), POLLIN, 0 };
    }
    if (r->tools.into)
        st = store_commit(r->tools.into);
    if (st == OK && r->tools.into)
        st = store_begin(r->tools.into);
    if (poll(fds, n, IDLE_MS) < 0 && errno != EINTR)
        return fail_errno("wait for the logs");
    return st;
}

enum status
reader_next(struct reader *r, struct event *ret, bool *ret_more)
{
    struct feed *s;
    bool more;

    if (r->given)
        feed_drop(r->given);
    r->given = NULL;
    for (;;) {
        enum status st = earliest(r, &s, &more);

        if (st != OK)
            return st;
        if (s || !more)
            break;
        st = wait_for_more(r);
        if (st != OK)
            return st;
    }
    *ret_more = s != NULL;
    if (s)
        *ret = *feed_first(s);
    r->given = s;
    return OK;
}

size_t
reader_sources(const struct reader *r, const struct reader_source **ret)
{
    for (size_t i = 0; i < r->len; i++)
        r->figures[i] = *feed_figures(r->feeds[i]);
    *ret = r->figures;
    return r->len;
}

size_t
reader_unread(const struct reader *r, const struct reader_unread **ret)
{
    *ret = r->unread;
    return r->unread_len;
}

/* The source as the timeline knows it, with what is known of it so far. */
static enum status
tell_source(struct reader *r, size_t i, struct store *into, uint32_t *ret_id)
{
    const struct reader_source *figures = feed_figures(r->feeds[i]);
    struct store_source source = {
        .name = str_of(figures->name),
        .kind = str_of(feed_kind(r->feeds[i])),
        .format = str_of(figures->format),
        .coverage = str_of(figures->coverage),
        .bytes = figures->bytes,
        .lines = figures->lines,
        .records = figures->records,
        .not_understood = figures->not_understood,
        .head = figures->head,
    };
    enum status st = store_source(into, &source);

    if (st == OK)
        *ret_id = source.id;
    return st;
}

static enum status
tell_sources(struct reader *r)
{
    enum status st = OK;

    for (size_t i = 0; i < r->len && st == OK; i++)
        st = tell_source(r, i, r->tools.into, &r->ids[i]);
    return st;
}

enum status
reader_into(struct reader *r, struct store *into)
{
    enum status st;

    r->ids = calloc(r->len + 1, sizeof(*r->ids));
    if (r->ids == NULL)
        return fail(ERR_SYSTEM, "no memory left");
    r->tools.into = into;
    r->tools.ids = r->ids;
    for (size_t i = 0; i < r->len; i++)
        feed_hash(r->feeds[i]);
    st = store_begin(into);
    return st == OK ? tell_sources(r) : st;
}

enum status
reader_settle(struct reader *r)
{
    enum status st = tell_sources(r);

    for (size_t i = 0; i < r->len && st == OK; i++)
        st = store_know(r->tools.into, r->ids[i], &feed_figures(r->feeds[i])->clock);
    if (st == OK)
        st = store_commit(r->tools.into);
    for (size_t i = 0; i < r->len && st == OK; i++)
        if (strcmp(feed_figures(r->feeds[i])->coverage, "complete") != 0)
            st = fail(ERR_PARTIAL, "%s: %s", feed_figures(r->feeds[i])->name,
                      feed_figures(r->feeds[i])->coverage);
    return st;
}

enum status
reader_record(struct reader *r, struct store *into)
{
    struct event e;
    bool more = true;
    enum status st = reader_into(r, into);

    r->tools.kinds = 0;
    while (st == OK && more)
        st = reader_next(r, &e, &more);
    return st == OK ? reader_settle(r) : st;
}
