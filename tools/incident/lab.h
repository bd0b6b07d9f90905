/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/arena.h"
#include "base/strbuf.h"
#include "time/span.h"

/* The throw-away stack a rehearsal works on: nginx, the application and Postgres, made, acted
 * upon and taken down by a driver program of ours. Zeroed but for the first block, it stands
 * nowhere yet. */
struct lab {
    const char *driver;
    void (*idle)(void *user); /* called some fifty times a second while the driver works */
    void *user;

    struct arena memory;
    char dir[128]; /* "": nothing stands */
    bool leaving;  /* what cleans up is not interrupted */
    struct lab_fact *facts;
    size_t facts_len, facts_room;
};

/* Makes it, in a new folder. `words` are options of the driver's `up`, ending in NULL. If
 * this process dies, however, the stack goes down by itself. */
must_check enum status lab_up(struct lab *l, const char *const *words);

/* "rotate", "rollback", "set-secret", "restart": what the driver does to it. `*ret` is when
 * it took effect, by this machine's clock. */
must_check enum status lab_act(struct lab *l, const char *verb, struct span *ret);

/* Asks it anew how it stands. */
must_check enum status lab_look(struct lab *l);

/* What it said last: "logs.app", "urls.2", "refused"; empty if it said nothing of that. Not
 * empty, it is terminated, and lives as long as the lab. */
struct str lab_fact(const struct lab *l, const char *name);

/* Stops and removes it, even half made, and whatever the keyboard says meanwhile. */
must_check enum status lab_down(struct lab *l);

void lab_done(struct lab *l);
