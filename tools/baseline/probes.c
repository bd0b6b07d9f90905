/* SPDX-License-Identifier: MIT */
#include "probes.h"

#include "base/json.h"
#include "base/utf8.h"
#include "time/civil.h"

static void
add_time(struct json *w, const char *key, int64_t ns, int digits)
{
    AUTO(strbuf) text = { 0 };

    civil_print(&text, ns, digits);
    json_str(w, key, strbuf_str(&text));
}

static void
add_phases(struct json *w, const struct http_phases *p)
{
    json_object(w, "phases");
    json_seconds(w, "queue", p->queue);
    json_seconds(w, "dns", p->dns);
    json_seconds(w, "connect", p->connect);
    json_seconds(w, "tls", p->tls);
    json_seconds(w, "wait", p->wait);
    json_seconds(w, "body", p->body);
    json_object_end(w);
}

void
probes_json(const struct probe *p, struct str body, struct strbuf *out)
{
    const struct http_answer *a = &p->answer;
    struct json w = { .out = out };

    json_object(&w, NULL);
    add_time(&w, "sent", a->at.low, 9);
    add_time(&w, "got", a->at.high, 9);
    if (a->dates == 1)
        add_time(&w, "date", SECONDS(a->date), 0);
    else
        json_null(&w, "date");
    json_str(&w, "url", p->route->shown);
    json_str(&w, "route", p->route->name);
    if (a->status)
        json_int(&w, "status", a->status);
    else
        json_null(&w, "status");
    json_text(&w, "error", p->error);
    json_maybe(&w, "said", str_of(a->said));
    add_phases(&w, &a->phases);
    json_seconds(&w, "latency", p->latency);
    json_maybe(&w, "remote", str_of(a->remote));
    json_maybe(&w, "local", str_of(a->local));
    json_bool(&w, "reused", a->reused);
    json_maybe(&w, "request_id", str_of(a->id));
    json_maybe(&w, "server", str_of(a->server));
    if (a->has_age)
        json_int(&w, "age", a->age);
    json_int(&w, "redirects", a->redirected);
    json_int(&w, "bytes", (int64_t)a->bytes);
    json_maybe(&w, "body", body);
    json_object_end(&w);
    strbuf_addc(out, '\n');
}

void
probes_line(const struct probe *p, struct strbuf *out)
{
    const struct http_answer *a = &p->answer;
    AUTO(strbuf) clock = { 0 };

    civil_print(&clock, a->at.low, 3);
    strbuf_add(out, str_head(str_skip(strbuf_str(&clock), 11), 12));
    strbuf_adds(out, "  ");
    utf8_show(out, p->route->name, false);
    if (a->status)
        strbuf_addf(out, "  %d", a->status);
    strbuf_addf(out, "  %.1f ms", (double)p->latency / 1e6);
    if (p->error)
        strbuf_addf(out, "  %s", p->error);
    if (a->said[0]) {
        strbuf_adds(out, "  ");
        utf8_show(out, str_of(a->said), false);
    }
    strbuf_addc(out, '\n');
}
