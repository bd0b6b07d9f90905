/* SPDX-License-Identifier: MIT */
/* What needs no network: URLs, Date, header lines. The rest is tried against real servers. */
#include "net/date.h"
#include "net/http_answer.h"
#include "net/url.h"
#include "tap.h"

static void
shown_as(const char *text, const char *expected)
{
    AUTO(strbuf) out = { 0 };
    struct url u;

    if (url_read(str_of(text), &u) == OK)
        url_show(&out, &u);
    ok(strcmp(strbuf_text(&out), expected) == 0, "%s is shown as %s", text, expected);
}

static void
urls_are_shown_without_their_secrets(void)
{
    shown_as("http://shop/api", "http://shop/api");
    shown_as("http://shop", "http://shop/");
    shown_as("https://me:pass@shop:8443/a?b=c#d", "https://shop:8443/a?b=c");
    shown_as("http://a@b@shop/", "http://shop/");
    shown_as("http://[::1]:8080/", "http://[::1]:8080/");
    shown_as("http://h/?Access_Token=abc&n=1", "http://h/?Access_Token=‹secret›&n=1");
    shown_as("http://h?apikey=abc&password=", "http://h/?apikey=‹secret›&password=‹secret›");
}

static void
what_is_no_url_is_refused_with_a_reason(void)
{
    static const char *const bad[] = {
        "",           "shop",        "ftp://h/",        "http://",
        "http:///",   "http://h:0/", "http://h:99999/", "http://[::1",
        "http://h /", "http://h\n/"
    };
    struct url u = { .port = 7 };

    for (size_t i = 0; i < LEN(bad); i++)
        ok(url_read(str_of(bad[i]), &u) == ERR_USAGE && u.port == 7 && err_text()[0],
           "refused: '%.*s'", (int)strcspn(bad[i], "\n"), bad[i]);
}

static void
a_date_is_read_in_the_one_form_servers_may_send(void)
{
    static const char *const bad[] = {
        "",
        "Sun, 22 Nov 2026 03:06:11 UTC",
        "Mon, 22 Nov 2026 03:06:11 GMT",
        "Sunday, 22-Nov-26 03:06:11 GMT",
        "Sun Nov 22 03:06:11 2026",
        "Sun, 22 Nov 2026 03:06:60 GMT",
        "Sun, 22 Nov 2026 24:06:11 GMT",
        "Mon, 30 Feb 2026 03:06:11 GMT",
        "Sun, 22 Nov 2026 03:06:11 GMT ",
        "Sun, 22 xxx 2026 03:06:11 GMT",
        "Sun, 2  Nov 2026 03:06:11 GMT",
    };
    int64_t s = 0;

    ok(date_read(STR("Sun, 22 Nov 2026 03:06:11 GMT"), &s) && s == 1795316771, "read");
    ok(date_read(STR("Thu, 01 Jan 1970 00:00:00 GMT"), &s) && s == 0, "the epoch");
    s = 7;
    for (size_t i = 0; i < LEN(bad); i++)
        ok(!date_read(str_of(bad[i]), &s) && s == 7, "not taken: '%s'", bad[i]);
}

static void
the_last_answer_counts_and_two_dates_are_none(void)
{
    struct http_answer a = { 0 };

    ok(http_answer_line(&a, STR("HTTP/1.1 100 Continue\r\n"), NULL), "begins");
    (void)http_answer_line(&a, STR("Date: Sun, 22 Nov 2026 03:06:11 GMT\r\n"), NULL);
    ok(a.dates == 1 && http_answer_line(&a, STR("HTTP/1.1 200 OK\r\n"), NULL) && a.dates == 0,
       "a second answer voids the first");
    (void)http_answer_line(&a, STR("dAtE:Sun, 22 Nov 2026 03:06:12 GMT\r\n"), NULL);
    (void)http_answer_line(&a, STR("AGE: 12\r\n"), NULL);
    (void)http_answer_line(&a, STR("Server:  nginx/1.22.1 \r\n"), NULL);
    (void)http_answer_line(&a, STR("Dates: x\r\n"), NULL);
    ok(a.dates == 1 && a.date == 1795316772 && a.has_age && a.age == 12, "Date and Age");
    ok(strcmp(a.server, "nginx/1.22.1") == 0, "Server");
    (void)http_answer_line(&a, STR("Date: Sun, 22 Nov 2026 03:06:12 GMT\r\n"), NULL);
    ok(a.dates != 1, "two Dates are not taken");
    http_answer_done(&a);
}

static void
phases_add_up_to_the_whole(void)
{
    struct http_answer a = { .started = 1000, .ended = 9000, .monotonic = { 4000, 7000 } };
    struct http_phases *p = &a.phases;

    http_answer_phases(&a, true, 500, 1500, 0);
    ok(p->dns == 500 && p->connect == 1000 && p->tls == 0 && p->wait == 3000 && p->body == 2000,
       "each by itself");
    ok(p->queue + p->dns + p->connect + p->tls + p->wait + p->body == 8000, "the sum is exact");
    http_answer_phases(&a, false, 500, 0, 0);
    ok(p->queue == 8000 && p->wait == 0, "nothing was sent: all of it was waiting");
}

int
main(void)
{
    urls_are_shown_without_their_secrets();
    what_is_no_url_is_refused_with_a_reason();
    a_date_is_read_in_the_one_form_servers_may_send();
    the_last_answer_counts_and_two_dates_are_none();
    phases_add_up_to_the_whole();
    return done_testing();
}
