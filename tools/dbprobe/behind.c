/* SPDX-License-Identifier: MIT */
#include "behind.h"

#include <stdlib.h>

#include "args.h"
#include "base/json.h"
#include "targets.h"

/* What two looks at the role tell of a pooler against its server. */
enum likeness {
    LIKE_SAME,
    LIKE_OTHER,   /* both keep a verifier, and not the same one */
    LIKE_MADE_UP, /* the pooler has the password in clear: its salt says nothing */
    LIKE_UNKNOWN,
};

static const char *const words[] = {
    [LIKE_SAME] = "the pooler keeps the server's own verifier",
    [LIKE_OTHER] =
        "THE POOLER IS STALE: it keeps another verifier for this role than the server",
    [LIKE_MADE_UP] =
        ("the pooler makes up its salt: it holds the password in clear, and whether "
         "that is the current one only a login tells"),
    [LIKE_UNKNOWN] = "whether the pooler is stale cannot be seen: one of them shows no salt",
};
static const char *const json_words[] = { "same", "stale", "made_up", "unknown" };

static const struct probe *
salt_of(const struct database_check *c)
{
    const struct probe *p = c->chosen ? c->chosen->seen : NULL;

    return p && p->has_salt ? p : NULL;
}

/* A second look at the pooler: a verifier has one salt, a password in clear a new one each
 * time. */
static bool
makes_it_up(const struct database_check *pooler)
{
    struct probe *again = malloc(sizeof(*again));
    struct probe_request q = {
        .to = pooler->chosen->at,
        .role = str_of(pooler->target->role),
        .database = str_of(pooler->target->database),
        .timeout = args.timeout,
    };
    bool differs;

    if (!again)
        return false;
    probe_run(again, &q);
    differs = again->has_salt && !scram_salt_eq(&again->salt, &pooler->chosen->seen->salt);
    free(again);
    return differs;
}

static enum likeness
compare(const struct database_check *pooler, const struct database_check *server)
{
    const struct probe *there = salt_of(pooler), *here = salt_of(server);

    if (!there || !here)
        return LIKE_UNKNOWN;
    if (scram_salt_eq(&there->salt, &here->salt))
        return LIKE_SAME;
    return makes_it_up(pooler) ? LIKE_MADE_UP : LIKE_OTHER;
}

static void
say(const struct database_check *server, enum likeness like, struct strbuf *out)
{
    struct json *w = &(struct json){ .out = out };

    if (!common_options.json) {
        strbuf_addf(out, "Behind it, %s: " STR_FMT ".\n%s.\n", server->target->shown,
                    STR_ARG(server->answer), words[like]);
        return;
    }
    json_object(w, NULL);
    json_text(w, "behind", server->target->shown);
    json_str(w, "says", server->answer);
    json_text(w, "pooler_secret", json_words[like]);
    json_object_end(w);
    strbuf_addc(out, '\n');
}

enum status
behind_compare(const struct database_check *pooler, struct strbuf *out, bool *ret_stale)
{
    struct targets targets;
    struct database_check server;
    enum likeness like;
    enum status st = targets_read_one(&targets, args.behind);

    if (st != OK)
        return st;
    st = database_check(&server, &(struct database_request){ .target = &targets.all[0],
                                                             .silent = true,
                                                             .timeout = args.timeout });
    if (st == OK) {
        like = compare(pooler, &server);
        say(&server, like, out);
        *ret_stale = like == LIKE_OTHER;
        database_check_done(&server);
    }
    targets_done(&targets);
    return st;
}
