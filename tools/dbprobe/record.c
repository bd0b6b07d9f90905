/* SPDX-License-Identifier: MIT */
#include "record.h"

#include "cli/options.h"
#include "timeline/store.h"

static struct when
seen_at(struct span span)
{
    return (struct when){
        .raw = span.low,
        .grain = span.high - span.low + 1,
        .frame = FRAME_UTC,
        .zone_from = ZONE_EPOCH,
        .span = span,
    };
}

static enum status
add_event(struct store *s, const struct database_check *c, enum kind kind, struct str text)
{
    struct event e = {
        .when = seen_at(c->when),
        .offset = kind,
        .kind = kind,
        .echo = kind != KIND_SALT,
        .format = STR("dbprobe"),
        .role = str_of(c->target->role),
        .database = str_of(c->target->database),
        .sqlstate = kind == KIND_SALT ? STR("") : c->sqlstate,
        .client = c->locals_len ? str_of(c->locals[0]) : STR(""),
        .text = text,
        .hash = sha256_of(text),
    };
    struct store_source source = { .name = str_of(c->target->shown),
                                   .kind = STR("database"),
                                   .format = STR("dbprobe"),
                                   .coverage = STR("sampled") };
    enum status st = store_source(s, &source);

    e.source = source.id;
    return st == OK ? store_add(s, &e) : st;
}

static enum status
add_salt(struct store *s, const struct database_check *c)
{
    AUTO(strbuf) text = { .max = STRBUF_LINE };
    char tag[9];

    if (!c->chosen || !c->chosen->seen || !c->chosen->seen->has_salt)
        return OK;
    scram_salt_print(&c->chosen->seen->salt, tag);
    strbuf_addf(&text, "salt %s at %s", tag, c->chosen->at->text);
    return add_event(s, c, KIND_SALT, strbuf_str(&text));
}

enum status
record_check(const struct database_check *c)
{
    struct store *s;
    enum status st;

    if (!common_options.timeline)
        return OK;
    st = store_open(&s, common_options.timeline, STORE_WRITE);
    if (st != OK)
        return st;
    st = add_salt(s, c);
    if (st == OK && (c->ok || c->rung))
        st = add_event(s, c, c->ok ? KIND_CONNECTED : c->rung->kind, c->answer);
    store_close(s);
    return st;
}
