/* SPDX-License-Identifier: MIT */
#include "record.h"

#include "cli/options.h"
#include "observe/salts.h"
#include "time/now.h"

struct salt_of
record_whom(const struct pg_target *t, const char *address)
{
    return (struct salt_of){ t->shown, address, t->role, t->database };
}

/* Our own attempt is not the application's: an echo, not counted. */
static enum status
add_answer(struct store *s, const struct database_check *c)
{
    struct store_source source = { .name = str_of(c->target->shown),
                                   .kind = STR("database"),
                                   .format = STR("dbprobe"),
                                   .coverage = STR("sampled") };
    struct event e = {
        .when = { .raw = c->when.low,
                  .grain = MAX(span_width(c->when), INT64_C(1)),
                  .frame = FRAME_UTC,
                  .zone_from = ZONE_EPOCH,
                  .span = c->when },
        .kind = c->ok ? KIND_CONNECTED : c->rung->kind,
        .echo = true,
        .format = STR("dbprobe"),
        .role = str_of(c->target->role),
        .database = str_of(c->target->database),
        .sqlstate = c->sqlstate,
        .client = c->locals_len ? str_of(c->locals[0]) : STR(""),
        .host = c->chosen ? str_of(c->chosen->at->text) : STR(""),
        .text = c->answer,
        .hash = sha256_of(c->answer),
    };
    enum status st = store_source(s, &source);

    e.source = source.id;
    e.offset = e.kind;
    return st == OK ? store_add(s, &e) : st;
}

static enum status
add_salt(struct store *s, const struct database_check *c)
{
    struct salt_sighting sighting;
    const struct probe *p = c->chosen ? c->chosen->seen : NULL;
    struct salt_of of;

    if (!p || !p->has_salt)
        return OK;
    sighting.seen = (struct span){ p->sent, p->got };
    scram_salt_print(&p->salt, sighting.tag);
    of = record_whom(c->target, c->chosen->at->text);
    return salt_record(s, &of, &sighting);
}

enum status
record_check(struct store *timeline, const struct database_check *c)
{
    enum status st = add_salt(timeline, c);

    return st == OK && (c->ok || c->rung) ? add_answer(timeline, c) : st;
}

enum status
record_open(struct store **ret)
{
    if (common_options.timeline)
        return store_open(ret, common_options.timeline, STORE_WRITE);
    *ret = NULL;
    return OK;
}

enum status
record_holder(struct store *timeline, const struct holder *one, const char *role, size_t number)
{
    struct store_source source = { .name = STR("dbprobe drift"),
                                   .kind = STR("database"),
                                   .format = STR("dbprobe"),
                                   .coverage = STR("complete") };
    int64_t now = now_real();
    struct event e = {
        .when = { .raw = now,
                  .grain = 1,
                  .frame = FRAME_UTC,
                  .zone_from = ZONE_EPOCH,
                  .span = span_at(now) },
        .kind = KIND_ACTION,
        .offset = number,
        .format = STR("dbprobe"),
        .rule = STR("holder"),
        .role = str_of(role),
        .host = one->name,
        .level = str_of(holder_state_names[one->state]),
        .text = one->why,
        .hash = sha256_of(one->why),
    };
    enum status st = store_source(timeline, &source);

    e.source = source.id;
    return st == OK ? store_add(timeline, &e) : st;
}
