/* SPDX-License-Identifier: MIT */
#include "base/json.h"

#include "report/model.h"
#include "report/writers.h"
#include "time/civil.h"

static void
add_instant(struct json *w, const char *key, int64_t ns)
{
    AUTO(strbuf) text = { 0 };

    civil_print(&text, ns, 9);
    json_str(w, key, strbuf_str(&text));
}

/* The findings write themselves; here they are one value among others. */
static void
add_scope(struct json *w, const struct findings *f)
{
    AUTO(strbuf) scope = { 0 };

    findings_json(f, &scope);
    strbuf_adds(w->out, w->comma ? ",\"scope\":" : "\"scope\":");
    strbuf_add(w->out, strbuf_str(&scope));
    w->comma = true;
}

static void
add_exhibit(struct json *w, const struct exhibit *x)
{
    const struct event *e = x->event;
    AUTO(strbuf) how = { 0 };
    char hash[2 * SHA256_LEN + 1];

    json_object(w, NULL);
    add_instant(w, "time", span_mid(e->when.span));
    add_instant(w, "earliest", e->when.span.low);
    add_instant(w, "latest", e->when.span.high);
    model_how(&how, e, x->source);
    json_str(w, "how", strbuf_str(&how));
    json_text(w, "zone_from", zone_from_names[e->when.zone_from]);
    json_text(w, "time_from", time_from_names[e->when.time_from]);
    json_maybe(w, "source", x->source ? x->source->source->name : (struct str){ 0 });
    json_maybe(w, "kind", x->source ? x->source->source->kind : (struct str){ 0 });
    json_int(w, "offset", (int64_t)e->offset);
    json_int(w, "length", (int64_t)e->length);
    json_int(w, "line", (int64_t)e->line);
    hex_print(hash, e->hash.bytes, SHA256_LEN);
    json_text(w, "sha256", hash);
    json_text(w, "class", event_kinds[e->kind].name);
    json_maybe(w, "role", e->role);
    json_maybe(w, "route", e->route);
    json_maybe(w, "text", str_head(e->text, TEXT_SHOWN));
    json_object_end(w);
}

static void
add_counts(struct json *w, const struct bin *b)
{
    json_int(w, "requests", (int64_t)b->requests);
    json_int(w, "failed", (int64_t)b->failed);
    json_int(w, "refused", (int64_t)b->refused);
    json_int(w, "app_errors", (int64_t)b->app_errors);
}

static void
add_slices(struct json *w, const struct report *r)
{
    json_array(w, "slices");
    for (size_t i = 0; i < r->slices_len; i++) {
        json_object(w, NULL);
        add_instant(w, "from", r->slices[i].time.low);
        add_instant(w, "to", r->slices[i].time.high);
        add_counts(w, &r->slices[i].bin);
        json_object_end(w);
    }
    json_array_end(w);
}

/* What the charts are drawn from. */
static void
add_bins(struct json *w, const struct findings *f)
{
    json_object(w, "bins");
    add_instant(w, "from", f->covered.low);
    json_seconds(w, "width", span_width(model_bin(f, 0)));
    json_array(w, "all");
    for (size_t i = 0; i < f->bins_len; i++) {
        json_object(w, NULL);
        add_counts(w, &f->bins[i]);
        json_object_end(w);
    }
    json_array_end(w);
    json_object_end(w);
}

static void
add_lasted(struct json *w, const struct report *r)
{
    if (!r->has_lasted) {
        json_null(w, "lasted");
        return;
    }
    json_object(w, "lasted");
    json_seconds(w, "shortest", r->lasted.low);
    json_seconds(w, "longest", r->lasted.high);
    json_object_end(w);
}

void
json_report(const struct report *r, struct strbuf *out)
{
    struct json w = { .out = out };

    json_object(&w, NULL);
    json_text(&w, "schema", "rotascope-report/1");
    json_text(&w, "made_by", "incident " VERSION);
    json_str(&w, "title", r->title);
    json_maybe(&w, "timeline", r->timeline);
    add_lasted(&w, r);
    json_int(&w, "failed_routes", (int64_t)model_failed_routes(r->f));
    json_int(&w, "confidence_percent", (int64_t)(r->f->cause.confidence * 100 + 0.5));
    json_int(&w, "sources", (int64_t)r->f->sources_len);
    json_int(&w, "left_out", (int64_t)r->left_out);
    add_scope(&w, r->f);
    add_slices(&w, r);
    json_array(&w, "evidence");
    for (size_t i = 0; i < r->exhibits_len; i++)
        add_exhibit(&w, &r->exhibits[i]);
    json_array_end(&w);
    if (r->f->bins_len > 0)
        add_bins(&w, r->f);
    json_object_end(&w);
    strbuf_addc(out, '\n');
}
