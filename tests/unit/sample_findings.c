/* SPDX-License-Identifier: MIT */
#include "sample_findings.h"

#include "time/civil.h"

enum { BINS = 84, BIN_S = 5 };

static const struct store_source sources[] = {
    { .id = 1,
      .name = { "nginx-access.log", 16 },
      .kind = { "file", 4 },
      .format = { "clf", 3 },
      .coverage = { "complete", 8 },
      .bytes = 48000,
      .lines = 363,
      .records = 363 },
    { .id = 2,
      .name = { "app.log", 7 },
      .kind = { "file", 4 },
      .format = { "gunicorn", 8 },
      .coverage = { "complete", 8 },
      .bytes = 910000,
      .lines = 8100,
      .records = 300,
      .not_understood = 3 },
    { .id = 3,
      .name = { "postgres.log", 12 },
      .kind = { "file", 4 },
      .format = { "postgres", 8 },
      .coverage = { "complete", 8 },
      .bytes = 120000,
      .lines = 900,
      .records = 640 },
    { .id = 4,
      .name = { "/var/log/containers/web-2.log", 29 },
      .kind = { "file", 4 },
      .format = { "cri", 3 },
      .coverage = { "truncated at byte 4096: Is a directory", 38 },
      .bytes = 4096,
      .lines = 20,
      .records = 20 },
};

int64_t
sample_time(int64_t after)
{
    struct civil c = { 2026, 11, 22, 3, 0, 0, 0 };

    return civil_to_ns(&c) + after;
}

static struct span
around(int64_t ms, int64_t half)
{
    return (struct span){ sample_time(MS(ms - half)), sample_time(MS(ms + half)) };
}

static struct event
moment(enum kind kind, uint32_t source, uint64_t offset, struct span span, const char *text)
{
    struct event e = { .kind = kind,
                       .source = source,
                       .offset = offset,
                       .line = offset / 100 + 1,
                       .lines = 1,
                       .text = str_of(text) };

    e.length = (uint32_t)strlen(text);
    e.hash = sha256_of(e.text);
    e.when = (struct when){
        .raw = span.low, .span = span, .frame = FRAME_UTC, .zone_from = ZONE_EXPLICIT
    };
    return e;
}

static void
fill_moments(struct findings *f)
{
    struct event *m = arena_alloc(&f->memory, 12 * sizeof(*m));
    size_t n = 0;

    m[n] = moment(KIND_ROTATION, 3, 1000, around(371118, 58),
                  "ALTER ROLE \"shop_app\" PASSWORD ‹secret 7f3a›");
    m[n].when.zone_from = ZONE_SESSION;
    m[n++].when.zone = STR("+01:00");
    m[n] = moment(KIND_AUTH_FAILED, 3, 2000, around(371402, 1),
                  "FATAL:  password authentication failed for user \"shop_app\"");
    m[n].sqlstate = STR("28P01");
    m[n++].role = STR("shop_app");
    m[n] = moment(KIND_AUTH_FAILED, 2, 9000, around(371404, 1),
                  "psycopg2.OperationalError: connection to server failed: FATAL:  password "
                  "authentication failed for user \"shop_app\"\n  File \"app.py\", line 3");
    m[n].echo = true;
    m[n].lines = 26;
    m[n++].role = STR("shop_app");
    m[n] = moment(KIND_HTTP_5XX, 1, 3000,
                  (struct span){ sample_time(SECONDS(371)), sample_time(SECONDS(372)) },
                  "\"GET /api/users HTTP/1.1\" 500 265");
    m[n].status = 500;
    m[n++].route = STR("/api/users");
    m[n] = moment(KIND_HTTP_5XX, 1, 4000,
                  (struct span){ sample_time(SECONDS(390)), sample_time(SECONDS(391)) },
                  "\"GET /orders?q=<script>alert('x')</script>&a=\"b\" HTTP/1.1\" 500 "
                  "\x1b]0;owned\x07 \xe2\x80\xae gnp.exe | `rm` \xff");
    m[n].status = 500;
    m[n++].route = STR("/orders");
    m[n++] = moment(KIND_NOTE, 4, 10, around(560000, 0), "rolling back, <b>bold</b> & all");
    m[n++] = moment(KIND_ACTION, 4, 20, around(610000, 500), "password set back");
    m[n] = moment(KIND_CONNECTED, 3, 7000, around(622300, 1),
                  "connection authorized: user=shop_app database=shop");
    m[n++].role = STR("shop_app");
    f->moments = m;
    f->moments_len = n;
}

static void
fill_bins(struct findings *f)
{
    struct bin *all = arena_alloc(&f->memory, 6 * BINS * sizeof(*all));

    f->bins = all;
    f->bins_len = BINS;
    for (size_t r = 0; r < 3; r++)
        f->routes[r].bins = all + (r + 1) * BINS;
    f->roles[0].bins = all + 4 * BINS;
    f->roles[1].bins = all + 5 * BINS;
}

static void
hit(struct findings *f, size_t route, size_t bin, bool failed)
{
    struct route_count *r = &f->routes[route];

    r->requests++;
    r->bins[bin].requests++;
    f->bins[bin].requests++;
    f->counts.requests++;
    if (!failed) {
        r->clean_after++;
        return;
    }
    r->failed++;
    r->clean_after = 0;
    r->bins[bin].failed++;
    f->bins[bin].failed++;
    f->bins[bin].app_errors++;
    f->counts.failed_requests++;
    f->roles[0].attempts++;
    f->roles[0].lines += 2;
    f->roles[0].bins[bin].refused++;
    f->bins[bin].refused++;
    f->counts.auth_attempts++;
    f->counts.auth_lines += 2;
}

/* Five seconds a bin from 03:05:00; the rotation at 03:06:11, /orders fails 20 s later, a
 * pool living on; the end at 03:10:22 or never. */
static void
replay(struct findings *f, bool over)
{
    for (size_t i = 0; i < BINS; i++) {
        int64_t s = 300 + (int64_t)i * BIN_S;
        bool down = s >= 370 && (!over || s < 620);

        for (int k = 0; k < 3; k++)
            hit(f, 0, i, down);
        hit(f, 1, i, down && (s > 400 || (s > 385 && i % 2)));
        hit(f, 2, i, false);
    }
    f->roles[1].bins[10].refused = 1;
    f->roles[1].attempts = f->roles[1].lines = 1;
    f->bins[10].refused++;
    f->counts.auth_attempts++;
    f->counts.auth_lines++;
}

static void
fill_routes(struct findings *f)
{
    f->routes = arena_alloc(&f->memory, 3 * sizeof(*f->routes));
    f->routes_len = 3;
    f->routes[0] = (struct route_count){ .route = STR("/api/users"),
                                         .first_bad = around(371402, 100),
                                         .last_bad = around(622000, 500) };
    f->routes[1] = (struct route_count){ .route = STR("/orders"),
                                         .first_bad = { sample_time(SECONDS(390)),
                                                        sample_time(SECONDS(391)) },
                                         .last_bad = around(621000, 500) };
    f->routes[2] = (struct route_count){ .route = STR("/healthz") };
    f->roles = arena_alloc(&f->memory, 2 * sizeof(*f->roles));
    f->roles_len = 2;
    f->roles[0].role = STR("shop_app");
    f->roles[1].role = STR("intruder<b>");
}

static void
fill_sources(struct findings *f)
{
    f->sources = arena_alloc(&f->memory, LEN(sources) * sizeof(*f->sources));
    f->sources_len = LEN(sources);
    for (size_t i = 0; i < LEN(sources); i++)
        f->sources[i].source = &sources[i];
    f->sources[0].clock = (struct store_clock){ .zone = STR("+00:00"),
                                                .zone_from = ZONE_EXPLICIT,
                                                .has_offset = true,
                                                .offset = { MS(8), MS(16) } };
    f->sources[1].clock = (struct store_clock){ .zone = STR("UTC"), .zone_from = ZONE_SIBLING };
    f->sources[2].clock = (struct store_clock){ .zone = STR("+01:00"),
                                                .zone_from = ZONE_SESSION,
                                                .has_offset = true,
                                                .offset = { -MS(4), -MS(2) } };
    f->sources[3].clock = (struct store_clock){ .zone = STR("Europe/Berlin"),
                                                .zone_from = ZONE_ASSUMED,
                                                .has_offset = true,
                                                .offset = { MS(37100), MS(37300) } };
}

static void
fill_cause(struct findings *f)
{
    struct evidence *e = arena_alloc(&f->memory, 4 * sizeof(*e));

    e[0] = (struct evidence){ .says = STR(
                                  "the database refused the password of shop_app with 28P01"),
                              .event = f->moments[1] };
    e[1] = (struct evidence){ .says = STR("the password was changed 0.3 s before"),
                              .event = f->moments[0] };
    e[2] =
        (struct evidence){ .says = STR("every failed request has a refused login beside it") };
    e[3] = (struct evidence){ .says = STR(
                                  "/healthz answered throughout: it may not use the database"),
                              .against = true };
    f->cause = (struct cause){ .class = "credential_mismatch",
                               .role = STR("shop_app"),
                               .database = STR("shop"),
                               .stale = STALE_APPLICATION,
                               .confidence = 0.97 };
    f->cause.sentence =
        STR("The application presents a password the database no longer accepts.");
    f->cause.refuted_by = STR("a login with the old password that succeeds");
    f->cause.evidence = e;
    f->cause.evidence_len = 4;
}

static void
fill_holders(struct findings *f)
{
    struct holder *h = arena_alloc(&f->memory, 3 * sizeof(*h));
    struct proof *p = arena_alloc(&f->memory, 4 * sizeof(*p));
    struct outage *o = arena_alloc(&f->memory, 2 * sizeof(*o));

    h[0] = (struct holder){ HOLDS_STALE, STR("gunicorn web-1 pid 412"),
                            STR("started before the change") };
    h[1] = (struct holder){ HOLDS_CURRENT, STR("Secret shop-db"), STR("changed 03:06:09") };
    h[2] = (struct holder){ HOLDS_LATENT, STR("reporting-job"),
                            STR("3 sessions older than the rotation") };
    p[0] = (struct proof){ "every route answers", PROOF_YES,
                           STR("84 requests without a failure") };
    p[1] = (struct proof){ "new logins succeed", PROOF_YES, STR("one at 03:10:22.300") };
    p[2] = (struct proof){ "no session is older than the rotation", PROOF_NO,
                           STR("3 of reporting-job") };
    p[3] = (struct proof){ "the log window is clean", PROOF_UNKNOWN,
                           STR("web-2.log was read only in part") };
    o[0] = (struct outage){ .onset = f->onset,
                            .recovery = f->recovery,
                            .over = f->has_recovery,
                            .class = "credential_mismatch",
                            .failures = f->counts.failed_requests };
    o[1] =
        (struct outage){ .onset = around(350000, 500),
                         .recovery = around(352000, 500),
                         .over = true,
                         .class = "auth_failed",
                         .role = STR("intruder<b>"),
                         .failures = 1,
                         .what = STR("one refused login of intruder<b>, no request failed") };
    f->holders = h, f->holders_len = 3;
    f->proofs = p, f->proofs_len = 4;
    f->outages = o, f->outages_len = 2;
}

static void
fill(struct findings *f, bool over)
{
    *f = (struct findings){ .state = over ? STATE_RECOVERED : STATE_FAILING };
    f->covered =
        (struct span){ sample_time(SECONDS(300)), sample_time(SECONDS(300 + BINS * BIN_S)) };
    f->has_onset = f->has_rotation = true;
    f->has_recovery = over;
    f->onset = around(371400, 100);
    f->rotation = around(371118, 58);
    f->rotation_how = STR("salt seen to change");
    if (over)
        f->recovery = around(622500, 500);
    fill_routes(f);
    fill_bins(f);
    replay(f, over);
    fill_sources(f);
    fill_moments(f);
    fill_cause(f);
    fill_holders(f);
    f->sentence = STR("The application kept a password that the database no longer accepts: 2 "
                      "of 3 routes failed.");
}

void
sample_findings(struct findings *ret)
{
    fill(ret, true);
}

void
sample_findings_failing(struct findings *ret)
{
    fill(ret, false);
}

void
sample_findings_empty(struct findings *ret)
{
    *ret = (struct findings){ .state = STATE_UNKNOWN };
}

void
sample_findings_done(struct findings *f)
{
    arena_done(&f->memory);
}
