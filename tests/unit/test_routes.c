/* SPDX-License-Identifier: MIT */
#include "observe/routes.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tap.h"
#include "time/now.h"

/* A file with this in it; gone at the end of the test. */
static const char *
file_with(const char *text)
{
    static char path[64];
    FILE *f;

    snprintf(path, sizeof(path), "/tmp/test-routes.%d", (int)getpid());
    f = fopen(path, "w");
    if (!f || fputs(text, f) < 0 || fclose(f) != 0)
        abort();
    return path;
}

static enum status
read_text(struct routes *r, const char *text)
{
    struct route_draft d = { .request = { .timeout = SECONDS(7), .fresh = true } };
    const char *path = file_with(text);
    enum status st = routes_read(r, path, &d);

    unlink(path);
    return st;
}

static bool
name_is(const struct routes *r, size_t i, const char *name)
{
    return r->len > i && str_eq(r->items[i]->name, str_of(name));
}

static void
sections_are_routes(void)
{
    AUTO(routes) r = { 0 };
    enum status st = read_text(&r, "timeout = 3s\n"
                                   "expect = 200\n"
                                   "[users]\n"
                                   "url = http://me:secret@shop:8080/api/users?token=abc\n"
                                   "header = Accept: text/html\n"
                                   "header = X-Second: 2\n"
                                   "max-latency = 250ms\n"
                                   "weight = 2.5\n"
                                   "keep = yes\n"
                                   "[orders]\n"
                                   "url = http://shop/orders\n"
                                   "method = POST\n"
                                   "body = a=b\n"
                                   "expect = 200-204,302\n");
    const struct route *u = r.len > 0 ? r.items[0] : NULL, *o = r.len > 1 ? r.items[1] : NULL;

    ok(st == OK && r.len == 2 && name_is(&r, 0, "users") && name_is(&r, 1, "orders"), "two: %s",
       err_text());
    if (!u || !o)
        return;
    ok(u->request.timeout == SECONDS(3) && o->request.timeout == SECONDS(3),
       "what stands before the first section holds for all");
    ok(u->request.headers_len == 2 && strcmp(u->request.headers[1].name, "X-Second") == 0,
       "headers, and more than one");
    ok(str_eq(u->shown, STR("http://shop:8080/api/users?token=‹secret›")),
       "a password in a file's URL is not shown");
    ok(u->expect.most_latency == MS(250) && u->weight > 2.4 && !u->request.fresh, "the rest");
    ok(o->request.headers_len == 0 && o->request.fresh && o->expect.most_latency == 0,
       "what one says is not said of the next");
    ok(route_statuses_has(&o->expect.statuses, 302) &&
           !route_statuses_has(&o->expect.statuses, 301) &&
           !route_statuses_has(&u->expect.statuses, 204),
       "statuses");
    ok(str_eq(o->request.body, STR("a=b")), "a body");
}

static void
json_lines_and_targets_say_the_same(void)
{
    AUTO(routes) json = { 0 };
    AUTO(routes) targets = { 0 };
    enum status a = read_text(&json, "{\"url\":\"http://shop/a\",\"expect\":[200,204],"
                                     "\"headers\":{\"Accept\":\"x\"},\"insecure\":true}\n\n"
                                     "{\"url\":\"http://shop/b\",\"method\":\"HEAD\"}\n");
    enum status b = read_text(&targets, "GET http://shop/a\nAccept: x\nHTTP 204\n\n"
                                        "# a comment\nHEAD http://shop/b\n");

    ok(a == OK && json.len == 2 && json.items[0]->request.unverified, "JSON lines: %s",
       err_text());
    ok(b == OK && targets.len == 2, "targets: %s", err_text());
    if (json.len < 2 || targets.len < 2)
        return;
    ok(route_statuses_has(&json.items[0]->expect.statuses, 204) &&
           route_statuses_has(&targets.items[0]->expect.statuses, 204) &&
           !route_statuses_has(&targets.items[0]->expect.statuses, 200),
       "what is expected");
    ok(json.items[0]->request.headers_len == 1 && targets.items[0]->request.headers_len == 1,
       "headers");
    ok(strcmp(json.items[1]->request.method, "HEAD") == 0 &&
           strcmp(targets.items[1]->request.method, "HEAD") == 0,
       "methods");
}

static void
mistakes_are_named_with_their_place(void)
{
    static const struct {
        const char *text, *place;
    } rows[] = {
        { "[a]\nurl = http://h/\nexpect = 99\n", ":2:1: " },
        { "[a]\nurl = http://h/\n nonsense\n[b]\nurk = 1\n", ":" },
        { "[a]\nurl = http://h/\nurk = 1\n", ":3:1: a route has no 'urk'" },
        { "[a]\nurl = http://h/\ntimeout = soon\n", ":3:1: timeout: 'soon'" },
        { "[a]\nmethod = GET\n", ":2:1: no url" },
        { "[a]\nurl = ftp://h/\n", ":2:1: 'ftp'" },
        { "[a]\nurl = http://h/\nmatches = (\n", ":2:1: matches" },
        { "[a]\nurl = http://h/\nvalue = x\n", ":2:1: value" },
        { "\n{\"url\":\"http://h/\",\"urk\":1}\n", ":2:27: a route has no 'urk'" },
        { "{\"url\":\"http://h/\"", ":1:" },
        { "{\"url\":\"http://h/\"} x", ":1:" },
        { "GET http://h/\nno header\n", ":2:1: a header" },
        { "GET ftp://h/\n", ":1:1: " },
        { "", "no routes" },
        { "# nothing\n", "no routes" },
    };

    for (size_t i = 0; i < LEN(rows); i++) {
        AUTO(routes) r = { 0 };
        enum status st = read_text(&r, rows[i].text);

        ok(st == ERR_USAGE && strstr(err_text(), rows[i].place), "mistake %zu: %s", i + 1,
           err_text());
    }
}

static void
answers_are_judged_by_what_was_expected(void)
{
    AUTO(routes) r = { 0 };
    struct route_draft d = { .url = "http://h/",
                             .contains = "users",
                             .matches = "\"n\": *[0-9]+",
                             .json = "/data/1/state = up",
                             .header = "Content-Type: ^application/json",
                             .most_latency = MS(100) };
    struct http_answer a = { .status = 200, .monotonic = { 0, MS(50) } };

    ok(routes_add(&r, &d) == OK, "understood: %s", err_text());
    if (r.len == 0)
        return;
    snprintf(a.wanted, sizeof(a.wanted), "application/json; charset=utf-8");
    strbuf_adds(&a.body, "{\"users\":[], \"n\": 3, \"data\":[{},{\"state\":\"up\"}]}");
    ok(route_judge(r.items[0], &a) == ROUTE_GOOD, "good");
    a.monotonic.high = MS(101);
    ok(route_judge(r.items[0], &a) == ROUTE_SLOW, "slow");
    a.wanted[0] = 'x';
    ok(route_judge(r.items[0], &a) == ROUTE_ASSERT, "another content type");
    a.status = 500;
    ok(route_judge(r.items[0], &a) == ROUTE_STATUS, "500");
    a.error = HTTP_TLS;
    ok(strcmp(route_fault_name(route_judge(r.items[0], &a), &a), "tls") == 0, "no answer");
    http_answer_done(&a);
}

static void
json_is_read_where_the_pointer_points(void)
{
    static const char json[] = "{\"a/b\":{\"~\":[10,{\"x\":null},\"t\\u00fc\"]},\"z\":true}";
    static const struct {
        const char *pointer, *value;
    } rows[] = { { "/a~1b/~0/0", "10" }, { "/a~1b/~0/1/x", "null" }, { "/a~1b/~0/2", "tü" },
                 { "/z", "true" },       { "/a~1b", NULL },          { "/a~1b/~0/3", NULL },
                 { "/a~1b/~0/x", NULL }, { "/nope", NULL },          { "/z/0", NULL } };

    for (size_t i = 0; i < LEN(rows); i++) {
        AUTO(strbuf) got = { 0 };
        bool found = route_json_at(str_of(json), str_of(rows[i].pointer), &got);

        ok(found == (rows[i].value != NULL) &&
               (!found || strcmp(strbuf_text(&got), rows[i].value) == 0),
           "%s is %s", rows[i].pointer, rows[i].value ? rows[i].value : "not there");
    }
}

static void
words_of_a_command_hold_no_password(void)
{
    AUTO(routes) r = { 0 };
    struct route_draft d = { .url = "http://me:hunter2@h/" };

    ok(routes_add(&r, &d) == ERR_USAGE && !strstr(err_text(), "hunter2"), "refused: %s",
       err_text());
}

static void
ten_thousand_routes_are_read_at_once(void)
{
    AUTO(routes) r = { 0 };
    AUTO(strbuf) text = { 0 };
    int64_t began, took;
    enum status st;

    for (int i = 0; i < 10000; i++)
        strbuf_addf(&text, "[route %d]\nurl = http://host-%d/path/%d\nexpect = 200\n", i,
                    i % 50, i);
    began = now_monotonic();
    st = read_text(&r, strbuf_text(&text));
    took = now_monotonic() - began;
    ok(st == OK && r.len == 10000, "all of them: %s", err_text());
    /* Ten times what it takes, for sanitizers and a busy machine. */
    ok(took < SECONDS(1), "in %.0f ms", (double)took / 1e6);
}

int
main(void)
{
    sections_are_routes();
    json_lines_and_targets_say_the_same();
    mistakes_are_named_with_their_place();
    answers_are_judged_by_what_was_expected();
    json_is_read_where_the_pointer_points();
    words_of_a_command_hold_no_password();
    ten_thousand_routes_are_read_at_once();
    return done_testing();
}
