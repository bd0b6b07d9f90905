/* SPDX-License-Identifier: MIT */
#include "observe/record.h"

#include "base/utf8.h"
#include "logs/redact.h"
#include "time/now.h"

enum { BODY = 512 };

static enum status
add_source(struct record *r)
{
    struct store_source source = { .name = STR("baseline"),
                                   .kind = STR("probe"),
                                   .format = STR("probe"),
                                   .coverage = STR("complete") };
    /* All other clocks are held against the one of this machine. */
    struct store_clock clock = { .zone = STR("UTC"),
                                 .zone_from = ZONE_EPOCH,
                                 .has_offset = true,
                                 .how = STR("this machine's own clock") };
    enum status st = store_source(r->store, &source);

    r->source = source.id;
    return st == OK ? store_know(r->store, source.id, &clock) : st;
}

/* Without a timeline nobody else's tags have to be equal to ours. */
static enum status
open_redactor(struct record *r)
{
    uint8_t fresh[SHA256_LEN];
    struct str key = { (const char *)fresh, sizeof(fresh) };
    enum status st =
        r->store ? store_redaction_key(r->store, &key) : random_bytes(fresh, sizeof(fresh));

    return st == OK ? redactor_open(&r->redactor, key) : st;
}

enum status
record_open(struct record *ret, const char *path)
{
    struct record r = { 0 };
    enum status st = OK;

    if (path)
        st = store_open(&r.store, path, STORE_WRITE);
    if (st == OK && path)
        st = add_source(&r);
    if (st == OK)
        st = open_redactor(&r);
    if (st != OK) {
        record_done(&r);
        return st;
    }
    *ret = r;
    return OK;
}

struct str
record_body(struct record *r, const struct probe *p)
{
    strbuf_clear(&r->body);
    strbuf_clear(&r->half);
    if (p->error && p->answer.body.n) {
        if (r->routes)
            routes_mask(r->routes, strbuf_str(&p->answer.body), &r->half);
        else
            strbuf_add(&r->half, strbuf_str(&p->answer.body));
        redactor_apply(r->redactor, str_head(strbuf_str(&r->half), BODY), &r->body);
    }
    return strbuf_str(&r->body);
}

enum status
record_probe(struct record *r, const struct probe *p)
{
    struct event e;

    if (!r->store)
        return OK;
    if (r->since == 0) {
        if (store_begin(r->store) != OK)
            return ERR_SYSTEM;
        r->since = now_monotonic();
    }
    probe_event(p, &r->text, &e);
    e.source = r->source;
    if (record_body(r, p).n) {
        strbuf_adds(&r->text, ": ");
        utf8_show(&r->text, strbuf_str(&r->body), false);
        e.text = strbuf_str(&r->text);
        e.hash = sha256_of(e.text);
    }
    return store_add(r->store, &e);
}

enum status
record_said(struct record *r, enum kind kind, struct span when, const struct route *route,
            struct str text)
{
    struct event e = {
        .when = { .raw = when.low,
                  .grain = when.high - when.low,
                  .frame = FRAME_UTC,
                  .zone_from = ZONE_EPOCH,
                  .time_from = TIME_STAMP,
                  .span = when },
        .source = r->source,
        .lines = 1,
        .kind = kind,
        .format = STR("probe"),
        .route = route->path,
        .host = route->host,
        .text = text,
        .hash = sha256_of(text),
    };
    enum status st = record_flush(r);

    return st == OK && r->store ? store_add(r->store, &e) : st;
}

enum status
record_flush(struct record *r)
{
    if (r->since == 0)
        return OK;
    r->since = 0;
    return store_commit(r->store);
}

void
record_done(struct record *r)
{
    store_close(r->store);
    redactor_close(r->redactor);
    strbuf_done(&r->text);
    strbuf_done(&r->body);
    strbuf_done(&r->half);
    *r = (struct record){ 0 };
}
