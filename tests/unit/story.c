/* SPDX-License-Identifier: MIT */
#include "story.h"

#include <stdio.h>

#define STORY_BEGIN SECONDS(1795312345)

struct telling {
    struct store *s;
    const struct story *story;
    uint32_t proxy, app, server, pooler;
    uint64_t offset;
    unsigned random;
    int64_t last_asked; /* by the pooler */
    struct story_truth truth;
};

static unsigned
chance(struct telling *t, unsigned below)
{
    t->random = t->random * 1664525u + 1013904223u;
    return (t->random >> 8) % below;
}

static void
put(struct telling *t, uint32_t source, int64_t at, int64_t grain, struct event e)
{
    if (!source)
        return;
    e.source = source;
    e.offset = t->offset += 100;
    e.when.raw = at / grain * grain;
    e.when.grain = grain;
    e.when.frame = FRAME_UTC;
    e.when.zone_from = ZONE_EXPLICIT;
    if (store_add(t->s, &e) != OK)
        fprintf(stderr, "story: %s\n", err_text());
}

static void
refuse(struct telling *t, int64_t at, struct str role)
{
    const struct story *y = t->story;
    struct event e = { .kind = y->server,
                       .format = STR("postgres"),
                       .role = role,
                       .database = STR("shop"),
                       .level = STR("FATAL"),
                       .text = STR("FATAL:  refused") };

    if (!e.kind)
        return;
    for (int i = 0; i <= (y->twice ? 1 : 0); i++) {
        put(t, t->server, at + y->skew_server + MS(4) * i, MS(1), e);
        t->truth.refused_lines += str_eq(role, STR("app"));
    }
    t->truth.refused_attempts += str_eq(role, STR("app"));
}

/* A login that the database refuses; returns what it takes. */
static void
fail_login(struct telling *t, int64_t at)
{
    const struct story *y = t->story;
    struct event e = { .kind = y->app,
                       .format = STR("flask"),
                       .route = STR("/api/users"),
                       .level = STR("ERROR"),
                       .text = STR("OperationalError") };

    if (y->app != KIND_DISCONNECTED && y->app != KIND_NETWORK)
        e.role = STR("app");
    if (!y->pooler) {
        refuse(t, at, STR("app"));
    } else if (at - t->last_asked > SECONDS(15)) {
        struct event login = { .kind = y->server,
                               .format = STR("pgbouncer"),
                               .role = STR("app"),
                               .text = STR("login failed") };

        t->last_asked = at;
        refuse(t, at, STR("app"));
        put(t, t->pooler, at + MS(1), MS(1), login);
    }
    put(t, t->app, at + MS(2) + MS(chance(t, 6)) + y->skew_app, MS(1), e);
}

static void
ask(struct telling *t, int64_t at, struct str route, bool database, int status)
{
    const struct story *y = t->story;
    char id[24], text[96];
    struct event e = { .kind = KIND_REQUEST, .format = STR("access"), .route = route };
    bool in_outage = !y->no_outage && at >= STORY_BEGIN + SECONDS(STORY_FAILS_AT) &&
                     at < STORY_BEGIN + SECONDS(STORY_ENDS_AT);
    int64_t took = MS(20) + MS(chance(t, 30));

    snprintf(id, sizeof(id), "r=%lu", (unsigned long)++t->truth.requests);
    snprintf(text, sizeof(text), "GET %.*s %s", (int)route.n, route.p, id);
    e.request = str_of(id);
    e.text = str_of(text);
    if (database && in_outage && !(y->one_in > 1 && chance(t, y->one_in))) {
        fail_login(t, at + took - MS(10));
        status = 500;
    }
    e.status = status;
    if (status >= 500) {
        e.kind = KIND_HTTP_5XX;
        if (!t->truth.failed++)
            t->truth.first_failed = (struct span){ at, at + took };
        t->truth.first_well = (struct span){ 0, 0 };
    } else if (database && t->truth.failed && !t->truth.first_well.low) {
        t->truth.first_well = (struct span){ at, at + took };
    }
    if (status != 502)
        put(t, t->app, at + took - MS(1) + y->skew_app, SECONDS(1), e);
    put(t, t->proxy, at + took + y->skew_proxy, SECONDS(1), e);
}

static void
pass(struct telling *t)
{
    const struct story *y = t->story;

    for (int64_t ms = 0; ms < STORY_LASTS * 1000; ms += 250) {
        int64_t at = STORY_BEGIN + MS(ms) + MS(chance(t, 60));
        bool down =
            y->restart && ms >= STORY_ENDS_AT * 1000 && ms < STORY_ENDS_AT * 1000 + 3000;
        int status = down ? 502 : 200;

        if (ms / 250 % 2 == 0)
            ask(t, at, STR("/api/users"), true, status);
        else
            ask(t, at, ms / 250 % 4 == 1 ? STR("/") : STR("/healthz"), false, status);
        if (y->noise && ms % (y->noise * 1000) == 0)
            refuse(t, at + MS(100), STR("bot"));
        if (y->restart && ms == STORY_ENDS_AT * 1000 + 2500)
            put(t, t->app, at + y->skew_app, SECONDS(1),
                (struct event){ .kind = KIND_RESTART,
                                .format = STR("gunicorn"),
                                .text = STR("Starting gunicorn") });
    }
}

static uint32_t
source(struct store *s, bool there, const char *name, const char *format)
{
    struct store_source source = { .name = str_of(name),
                                   .kind = STR("file"),
                                   .format = str_of(format),
                                   .coverage = STR("complete") };

    return there && store_source(s, &source) == OK ? source.id : 0;
}

struct story_truth
story_tell(struct store *s, const struct story *story)
{
    struct telling t = { .s = s, .story = story, .random = story->seed * 7919u + 17 };

    t.proxy = source(s, !story->no_access_log, "nginx-access.log", "access");
    t.app = source(s, !story->no_app_log, "app.log", "flask");
    t.server = source(s, !story->no_server_log, "postgres.log", "postgres");
    t.pooler = source(s, story->pooler, "pgbouncer.log", "pgbouncer");
    if (store_begin(s) != OK)
        fprintf(stderr, "story: %s\n", err_text());
    pass(&t);
    if (store_commit(s) != OK)
        fprintf(stderr, "story: %s\n", err_text());
    return t.truth;
}
