/* SPDX-License-Identifier: MIT */
#include "observe/database.h"

const char *const pg_password_from_names[] = {
    [PG_PASSWORD_NONE] = "nowhere",      [PG_PASSWORD_GIVEN] = "given",
    [PG_PASSWORD_CONNINFO] = "conninfo", [PG_PASSWORD_SERVICE] = "service",
    [PG_PASSWORD_ENV] = "PGPASSWORD",    [PG_PASSWORD_PASSFILE] = "passfile",
};

static void
write_stages(struct json *w, const struct database_check *c)
{
    json_array(w, "stages");
    for (size_t i = 0; i < STAGE_LEN; i++) {
        const struct stage_outcome *s = &c->stages[i];

        if (!s->reached)
            continue;
        json_object(w, NULL);
        json_text(w, "name", stage_names[i]);
        json_number(w, "ms", (double)s->took / 1e6, 3);
        json_bool(w, "ok", s->ok);
        json_maybe(w, "says", s->says);
        json_object_end(w);
    }
    json_array_end(w);
}

static void
write_salt(struct json *w, const struct database_address *a)
{
    char tag[9];

    if (!a->seen || !a->seen->has_salt) {
        json_null(w, "salt");
        return;
    }
    scram_salt_print(&a->seen->salt, tag);
    json_text(w, "salt", tag);
}

static void
write_addresses(struct json *w, const struct database_check *c)
{
    json_array(w, "addresses");
    for (size_t i = 0; i < c->addresses_len; i++) {
        const struct database_address *a = &c->addresses[i];

        json_object(w, NULL);
        json_text(w, "address", a->at->text);
        json_bool(w, "reached", a->seen && a->seen->end > PROBE_NO_CONNECT);
        write_salt(w, a);
        json_object_end(w);
    }
    json_array_end(w);
}

static void
write_cost(struct json *w, const struct database_check *c)
{
    json_object(w, "left_in_log");
    json_int(w, "fatal", c->fatal_lines);
    json_int(w, "if_log_connections", c->connections);
    json_object_end(w);
    json_array(w, "client");
    for (size_t i = 0; i < c->locals_len; i++)
        json_text(w, NULL, c->locals[i]);
    json_array_end(w);
}

static void
write_clock(struct json *w, const struct database_check *c)
{
    if (!c->has_clock) {
        json_null(w, "clock");
        return;
    }
    json_object(w, "clock");
    json_seconds(w, "low", c->clock.low);
    json_seconds(w, "high", c->clock.high);
    json_object_end(w);
}

void
database_check_json(const struct database_check *c, struct strbuf *out)
{
    struct json *w = &(struct json){ .out = out };

    json_object(w, NULL);
    json_text(w, "verdict", c->ok ? "ok" : c->rung ? event_kinds[c->rung->kind].name : NULL);
    json_maybe(w, "sqlstate", c->sqlstate);
    json_text(w, "stage", stage_names[c->stage]);
    json_text(w, "password", password_names[c->password]);
    write_stages(w, c);
    json_maybe(w, "server", c->server);
    write_clock(w, c);
    json_text(w, "target", c->target->shown);
    json_text(w, "role", c->target->role);
    json_text(w, "database", c->target->database);
    json_text(w, "address", c->chosen ? c->chosen->at->text : NULL);
    json_str(w, "says", c->answer);
    json_maybe(w, "message", c->message);
    json_maybe(w, "detail", c->detail);
    json_text(w, "password_from", pg_password_from_names[c->password_from]);
    json_maybe(w, "password_where", c->password_where);
    json_maybe(w, "passfile_ignored", c->password_ignored);
    json_bool(w, "pooler", c->pooler);
    write_addresses(w, c);
    write_cost(w, c);
    json_object_end(w);
}
