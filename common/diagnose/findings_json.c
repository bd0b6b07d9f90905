/* SPDX-License-Identifier: MIT */
#include "base/json.h"
#include "diagnose/findings.h"
#include "time/civil.h"

const char *const state_names[STATE_LEN] = {
    [STATE_UNKNOWN] = "unknown",
    [STATE_HEALTHY] = "healthy",
    [STATE_FAILING] = "failing",
    [STATE_RECOVERED] = "recovered",
};

const char *const stale_names[STALE_LEN] = {
    [STALE_UNKNOWN] = "unknown",
    [STALE_APPLICATION] = "application",
    [STALE_DATABASE] = "database",
    [STALE_POOLER] = "pooler",
};

static void
add_instant(struct json *w, const char *key, int64_t ns)
{
    AUTO(strbuf) text = { 0 };

    civil_print(&text, ns, 9);
    json_str(w, key, strbuf_str(&text));
}

static void
add_span(struct json *w, struct span when)
{
    add_instant(w, "earliest", when.low);
    add_instant(w, "latest", when.high);
}

static void
add_span_if(struct json *w, const char *key, bool is_known, struct span when)
{
    if (!is_known) {
        json_null(w, key);
        return;
    }
    json_object(w, key);
    add_span(w, when);
    json_object_end(w);
}

static void
add_rotation(struct json *w, const struct findings *f)
{
    if (!f->has_rotation) {
        json_null(w, "rotation");
        return;
    }
    json_object(w, "rotation");
    add_span(w, f->rotation);
    json_maybe(w, "how", f->rotation_how);
    json_object_end(w);
}

static void
add_cause(struct json *w, const struct cause *c)
{
    json_object(w, "cause");
    json_text(w, "class", c->class);
    json_maybe(w, "role", c->role);
    json_maybe(w, "database", c->database);
    json_text(w, "stale", stale_names[c->stale]);
    json_number(w, "confidence", c->confidence, 3);
    json_maybe(w, "sentence", c->sentence);
    json_maybe(w, "refuted_by", c->refuted_by);
    json_object_end(w);
}

static void
add_counts(struct json *w, const struct findings *f)
{
    json_object(w, "counts");
    json_int(w, "requests", (int64_t)f->counts.requests);
    json_int(w, "failed_requests", (int64_t)f->counts.failed_requests);
    json_int(w, "auth_lines", (int64_t)f->counts.auth_lines);
    json_int(w, "auth_attempts", (int64_t)f->counts.auth_attempts);
    json_object_end(w);
}

static void
add_routes(struct json *w, const struct findings *f)
{
    json_array(w, "routes");
    for (size_t i = 0; i < f->routes_len; i++) {
        const struct route_count *r = &f->routes[i];

        json_object(w, NULL);
        json_str(w, "route", r->route);
        json_int(w, "requests", (int64_t)r->requests);
        json_int(w, "failed", (int64_t)r->failed);
        add_span_if(w, "first_bad", r->failed > 0, r->first_bad);
        add_span_if(w, "last_bad", r->failed > 0, r->last_bad);
        json_int(w, "clean_after", (int64_t)r->clean_after);
        json_object_end(w);
    }
    json_array_end(w);
}

static void
add_roles(struct json *w, const struct findings *f)
{
    json_array(w, "roles");
    for (size_t i = 0; i < f->roles_len; i++) {
        json_object(w, NULL);
        json_str(w, "role", f->roles[i].role);
        json_int(w, "lines", (int64_t)f->roles[i].lines);
        json_int(w, "attempts", (int64_t)f->roles[i].attempts);
        json_object_end(w);
    }
    json_array_end(w);
}

static void
add_holders(struct json *w, const struct findings *f)
{
    static const char *const states[] = { "unknown", "stale", "current", "latent" };

    json_array(w, "holders");
    for (size_t i = 0; i < f->holders_len; i++) {
        json_object(w, NULL);
        json_str(w, "holder", f->holders[i].name);
        json_text(w, "state", states[f->holders[i].state]);
        json_maybe(w, "why", f->holders[i].why);
        json_object_end(w);
    }
    json_array_end(w);
}

/* Seconds, source minus reference; null where it was never measured. */
static void
add_offset(struct json *w, const char *low, const char *high, bool is_known, struct span offset)
{
    if (is_known) {
        json_seconds(w, low, offset.low);
        json_seconds(w, high, offset.high);
    } else {
        json_null(w, low);
        json_null(w, high);
    }
}

static void
add_sources(struct json *w, const struct findings *f)
{
    json_array(w, "sources");
    for (size_t i = 0; i < f->sources_len; i++) {
        const struct store_source *s = f->sources[i].source;
        const struct store_clock *c = &f->sources[i].clock;

        json_object(w, NULL);
        json_str(w, "name", s->name);
        json_maybe(w, "format", s->format);
        json_maybe(w, "zone", c->zone);
        json_text(w, "zone_from", zone_from_names[c->zone_from]);
        add_offset(w, "offset_low", "offset_high", c->has_offset, c->offset);
        add_offset(w, "envelope_offset_low", "envelope_offset_high", c->has_envelope_offset,
                   c->envelope_offset);
        json_maybe(w, "how", c->how);
        json_maybe(w, "coverage", s->coverage);
        json_int(w, "bytes", (int64_t)s->bytes);
        json_int(w, "lines", (int64_t)s->lines);
        json_int(w, "records", (int64_t)s->records);
        json_int(w, "not_understood", (int64_t)s->not_understood);
        json_object_end(w);
    }
    json_array_end(w);
}

static struct str
source_name(const struct findings *f, uint32_t id)
{
    for (size_t i = 0; i < f->sources_len; i++)
        if (f->sources[i].source->id == id)
            return f->sources[i].source->name;
    return (struct str){ 0 };
}

static void
add_evidence(struct json *w, const struct findings *f)
{
    json_array(w, "evidence");
    for (size_t i = 0; i < f->cause.evidence_len; i++) {
        const struct evidence *e = &f->cause.evidence[i];

        json_object(w, NULL);
        json_bool(w, "against", e->against);
        json_str(w, "says", e->says);
        if (e->event.kind != KIND_NONE) {
            add_span(w, e->event.when.span);
            json_maybe(w, "source", source_name(f, e->event.source));
            json_int(w, "offset", (int64_t)e->event.offset);
            json_int(w, "line", (int64_t)e->event.line);
            json_maybe(w, "text", e->event.text);
        }
        json_object_end(w);
    }
    json_array_end(w);
}

static void
add_other_outages(struct json *w, const struct findings *f)
{
    json_array(w, "other_outages");
    for (size_t i = 1; i < f->outages_len; i++) {
        const struct outage *o = &f->outages[i];

        json_object(w, NULL);
        add_span_if(w, "onset", true, o->onset);
        add_span_if(w, "recovery", o->over, o->recovery);
        json_text(w, "class", o->class);
        json_maybe(w, "role", o->role);
        json_int(w, "failures", (int64_t)o->failures);
        json_maybe(w, "what", o->what);
        json_object_end(w);
    }
    json_array_end(w);
}

static void
add_proofs(struct json *w, const struct findings *f)
{
    static const char *const words[] = { "yes", "no", "unknown" };

    json_array(w, "proofs");
    for (size_t i = 0; i < f->proofs_len; i++) {
        json_object(w, NULL);
        json_text(w, "what", f->proofs[i].what);
        json_text(w, "holds", words[f->proofs[i].holds]);
        json_maybe(w, "why", f->proofs[i].why);
        json_object_end(w);
    }
    json_array_end(w);
}

void
findings_json(const struct findings *f, struct strbuf *out)
{
    struct json w = { .out = out };

    json_object(&w, NULL);
    json_text(&w, "state", state_names[f->state]);
    json_maybe(&w, "sentence", f->sentence);
    add_span_if(&w, "covered", true, f->covered);
    add_span_if(&w, "onset", f->has_onset, f->onset);
    add_span_if(&w, "recovery", f->has_recovery, f->recovery);
    add_rotation(&w, f);
    add_cause(&w, &f->cause);
    add_counts(&w, f);
    add_routes(&w, f);
    add_roles(&w, f);
    add_holders(&w, f);
    add_sources(&w, f);
    add_evidence(&w, f);
    add_other_outages(&w, f);
    add_proofs(&w, f);
    json_object_end(&w);
}
