/* SPDX-License-Identifier: MIT */
#include "net/http_answer.h"

#include <stdio.h>
#include <strings.h>

#include "net/date.h"
#include "time/now.h"

const char *const http_error_names[HTTP_ERROR_LEN] = {
    [HTTP_OK] = NULL,
    [HTTP_DNS] = "dns",
    [HTTP_REFUSED] = "refused",
    [HTTP_UNREACHABLE] = "unreachable",
    [HTTP_TLS] = "tls",
    [HTTP_RESET] = "reset",
    [HTTP_TIMEOUT_DNS] = "timeout_dns",
    [HTTP_TIMEOUT_CONNECT] = "timeout_connect",
    [HTTP_TIMEOUT_TLS] = "timeout_tls",
    [HTTP_TIMEOUT_WAIT] = "timeout_wait",
    [HTTP_TIMEOUT_BODY] = "timeout_body",
    [HTTP_REDIRECTS] = "redirects",
    [HTTP_TOO_LARGE] = "too_large",
    [HTTP_PROTOCOL] = "protocol",
    [HTTP_LOCAL] = "local",
};

void
http_answer_done(struct http_answer *a)
{
    strbuf_done(&a->body);
}

static bool
header_is(struct str line, struct str name, struct str *ret)
{
    if (line.n <= name.n || line.p[name.n] != ':' || strncasecmp(line.p, name.p, name.n) != 0)
        return false;
    *ret = str_trim(str_skip(line, name.n + 1));
    return true;
}

static void
begin(struct http_answer *a)
{
    a->at.high = now_real();
    a->monotonic.high = now_monotonic();
    a->dates = 0;
    a->has_age = false;
    a->server[0] = a->wanted[0] = '\0';
    a->bytes = 0;
    strbuf_clear(&a->body);
}

bool
http_answer_line(struct http_answer *a, struct str line, const char *want)
{
    struct str value;
    uint64_t age;

    if (str_starts(line, STR("HTTP/"))) {
        begin(a);
        return true;
    }
    if (want && header_is(line, str_of(want), &value))
        snprintf(a->wanted, sizeof(a->wanted), STR_FMT, STR_ARG(value));
    if (header_is(line, STR("date"), &value)) {
        /* Two of them: nobody knows whose is whose. */
        a->dates += date_read(value, &a->date) ? 1 : 2;
    } else if (header_is(line, STR("age"), &value)) {
        a->has_age = true;
        a->age = str_to_u64(value, &age) && age < INT32_MAX ? (int64_t)age : 1;
    } else if (header_is(line, STR("server"), &value)) {
        snprintf(a->server, sizeof(a->server), STR_FMT, STR_ARG(value));
    }
    return false;
}

void
http_answer_phases(struct http_answer *a, bool sent, int64_t dns, int64_t connected,
                   int64_t secured)
{
    struct http_phases *p = &a->phases;
    int64_t before = a->monotonic.low - a->started;

    *p = (struct http_phases){ 0 };
    if (!sent) {
        p->queue = a->ended - a->started;
        return;
    }
    connected = MAX(connected, dns);
    secured = MAX(secured, connected);
    /* After a redirect, curl's timers are those of all hops: they say nothing of this one. */
    if (secured <= before) {
        p->dns = dns;
        p->connect = connected - dns;
        p->tls = secured - connected;
    }
    p->queue = before - p->dns - p->connect - p->tls;
    p->wait = a->monotonic.high - a->monotonic.low;
    p->body = a->ended - a->monotonic.high;
}

enum status
http_ask(const struct http_request *q, struct http_answer *ret)
{
    struct http *h = NULL;
    enum status st = http_open(&h);

    if (st == OK)
        st = http_start(h, q, NULL, NULL, NULL);
    if (st == OK && !http_next(h, INT64_MAX, ret))
        st = fail(ERR_NETWORK, "no answer"); /* the request's own timeout ends it before */
    http_close(h);
    return st;
}
