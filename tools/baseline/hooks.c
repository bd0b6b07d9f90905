/* SPDX-License-Identifier: MIT */
#include "hooks.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/child.h"
#include "base/json.h"
#include "time/civil.h"
#include "time/now.h"

static const int64_t patience = SECONDS(5);

/* A program or a request that was begun; its request is its own, for the body is. */
struct hook_call {
    struct hook_call *next;
    bool is_program;
    struct child child;
    struct http_request request;
    struct strbuf body;
};

enum status
hooks_open(struct hooks *ret, const char *program, const char *webhook)
{
    static const struct http_header json[] = { { "Content-Type", { "application/json", 16 } } };
    struct hooks h = { .program = program };
    enum status st = webhook ? secret_read(&h.url, webhook) : OK;

    if (st == OK && webhook)
        st = http_open(&h.http);
    if (st != OK) {
        secret_done(&h.url);
        return note(st, "--webhook");
    }
    h.request = (struct http_request){
        .url = secret_reveal(&h.url).p, .headers = json, .headers_len = 1, .timeout = patience
    };
    *ret = h;
    return OK;
}

static struct hook_call *
add_call(struct hooks *h)
{
    struct hook_call *c = calloc(1, sizeof(*c));

    if (c) {
        c->next = h->calls;
        h->calls = c;
    }
    return c;
}

static enum status
run_program(struct hooks *h, const struct route *r, const struct tally *t, const char *when)
{
    const char *const argv[] = { h->program, NULL };
    struct hook_call *c = add_call(h);
    AUTO(strbuf) route = { 0 };
    AUTO(strbuf) url = { 0 };
    AUTO(strbuf) error = { 0 };
    AUTO(strbuf) at = { 0 };
    const char *env[6];
    struct child_request q = { .argv = argv, .env = env, .merged = true };

    if (!c)
        return fail(ERR_SYSTEM, "no memory for --exec");
    strbuf_addf(&route, "BASELINE_ROUTE=" STR_FMT, STR_ARG(r->name));
    strbuf_addf(&url, "BASELINE_URL=" STR_FMT, STR_ARG(r->shown));
    strbuf_addf(&error, "BASELINE_ERROR=%s", t->failing && t->error ? t->error : "");
    strbuf_addf(&at, "BASELINE_SINCE=%s", when);
    env[0] = t->failing ? "BASELINE_STATE=failing" : "BASELINE_STATE=good";
    env[1] = strbuf_text(&route);
    env[2] = strbuf_text(&url);
    env[3] = strbuf_text(&error);
    env[4] = strbuf_text(&at);
    env[5] = NULL;
    if (child_start(&c->child, &q) != OK)
        return note(ERR_SYSTEM, "--exec");
    c->is_program = true;
    return OK;
}

static enum status
send_request(struct hooks *h, const struct route *r, const struct tally *t, const char *when)
{
    struct hook_call *c = add_call(h);
    struct json w = { .out = c ? &c->body : NULL };

    if (!c)
        return fail(ERR_SYSTEM, "no memory for --webhook");
    json_object(&w, NULL);
    json_text(&w, "state", t->failing ? "failing" : "good");
    json_str(&w, "route", r->name);
    json_str(&w, "url", r->shown);
    json_text(&w, "error", t->failing ? t->error : NULL);
    json_int(&w, "status", t->status);
    json_text(&w, "since", when);
    json_object_end(&w);
    c->request = h->request;
    c->request.body = strbuf_str(&c->body);
    return http_start(h->http, &c->request, NULL, NULL, NULL);
}

/* What has been answered meanwhile; nobody is interested in what. */
static void
let_go(struct hooks *h, int64_t until)
{
    struct http_answer a;

    while (h->http && http_under_way(h->http) && http_next(h->http, until, &a))
        http_answer_done(&a);
}

enum status
hooks_tell(struct hooks *h, const struct route *r, const struct tally *t)
{
    AUTO(strbuf) when = { 0 };
    enum status st = OK;

    let_go(h, now_monotonic());
    if (!t->changed)
        return OK;
    civil_print(&when,
                !t->failing     ? t->recovery.low
                : t->onset.high ? t->onset.low
                                : t->last_bad.low,
                3);
    if (h->http)
        st = send_request(h, r, t, strbuf_text(&when));
    if (st == OK && h->program)
        st = run_program(h, r, t, strbuf_text(&when));
    return st;
}

void
hooks_done(struct hooks *h)
{
    let_go(h, now_monotonic() + patience);
    http_close(h->http);
    for (struct hook_call *c = h->calls, *next; c; c = next) {
        next = c->next;
        if (c->is_program)
            child_stop(&c->child, patience);
        strbuf_done(&c->body);
        free(c);
    }
    secret_done(&h->url);
    *h = (struct hooks){ 0 };
}
