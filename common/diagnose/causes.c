/* SPDX-License-Identifier: MIT */
#include "diagnose/causes.h"

#include <math.h>

/* What a kind of refusal comes down to, in the words of the contract and of people. */
struct verdict {
    enum kind kind;
    const char *class;
    const char *sentence; /* after "role X, database Y" */
    const char *refuted_by;
    bool is_credential; /* somebody holds what is no longer true */
};

/* clang-format off */
static const struct verdict verdicts[] = {
    { KIND_AUTH_FAILED, "credential_mismatch",
      "presents a password the database no longer accepts",
      "a login with the old password that succeeds", true },
    { KIND_SCRAM, "credential_mismatch",
      "and the database cannot agree on a proof of the password",
      "a login with the same secret from another client that succeeds", true },
    { KIND_EXPIRED, "expired",
      "presents a password whose VALID UNTIL has passed",
      "rolvaliduntil of the role lying in the future", false },
    { KIND_NO_ROLE, "no_role",
      "asks for a role that does not exist or may not log in",
      "the role being in pg_roles with rolcanlogin", false },
    { KIND_NO_HBA, "no_hba",
      "comes by a way that pg_hba.conf does not allow",
      "a line of pg_hba.conf that matches host, role and database", false },
    { KIND_NO_DB, "no_db",
      "asks for a database that is not there",
      "the database being in pg_database", false },
    { KIND_TOO_MANY_CONNECTIONS, "too_many_connections",
      "finds no connection left to the database",
      "free connections below the limits at the time of the failures", false },
    { KIND_STARTING_UP, "starting_up",
      "finds the database starting, stopping or recovering",
      "the server having been up and ready at the time", false },
    { KIND_TLS, "tls",
      "and the database cannot agree on TLS",
      "a TLS handshake with the same settings that succeeds", false },
    { KIND_NETWORK, "network",
      "does not reach the database",
      "a connection from the application's host that is accepted at the time", false },
};
/* clang-format on */

static const struct verdict *
verdict_of(enum kind kind)
{
    for (size_t i = 0; i < LEN(verdicts); i++)
        if (verdicts[i].kind == kind)
            return &verdicts[i];
    return NULL;
}

/* A reason for or against the verdict. A row says when it applies and how much it is worth
 * in nats of log odds; its event (if any) is shown with it. */
struct reason {
    const char *says;
    double weight; /* below 0: against */
    bool (*applies)(const struct suspects *s);
    size_t (*event)(const struct suspects *s); /* of recording.seen; NULL: it is a count */
};

static bool
server_says(const struct suspects *s)
{
    return s->root->by[WRITER_SERVER] > 0;
}

static bool
pooler_says(const struct suspects *s)
{
    return s->root->by[WRITER_POOLER] > 0;
}

static bool
app_says(const struct suspects *s)
{
    return s->root->by[WRITER_APP] > 0;
}

static bool
app_says_alone(const struct suspects *s)
{
    return app_says(s) && !server_says(s) && !pooler_says(s);
}

static bool
nobody_before(const struct suspects *s)
{
    return s->root->outside == 0;
}

static bool
others_too(const struct suspects *s)
{
    return s->root->outside * 10 > s->root->inside;
}

static bool
is_credential(const struct suspects *s)
{
    const struct verdict *v = verdict_of(s->root->kind);

    return v && v->is_credential;
}

static bool
rotated(const struct suspects *s)
{
    return s->has_rotation && is_credential(s);
}

static bool
logs_in_meanwhile(const struct suspects *s)
{
    return is_credential(s) && s->logins > s->root->inside;
}

static bool
recovered_by_restart(const struct suspects *s)
{
    return s->has_app_restart && is_credential(s) && s->outage->has_recovery;
}

static bool
server_went(const struct suspects *s)
{
    return s->has_server_start &&
           (s->root->kind == KIND_NETWORK || s->root->kind == KIND_STARTING_UP);
}

static bool
masked(const struct suspects *s)
{
    return s->masked_by != NULL;
}

static bool
few_of_many(const struct suspects *s)
{
    return s->root->inside * 50 < s->outage->failures && !pooler_says(s);
}

static size_t
first_refusal(const struct suspects *s)
{
    return s->root->first;
}

static size_t
rotation(const struct suspects *s)
{
    return s->rotation;
}

static size_t
restart(const struct suspects *s)
{
    return s->app_restart;
}

static size_t
server_start(const struct suspects *s)
{
    return s->server_start;
}

static size_t
mask(const struct suspects *s)
{
    return s->masked_by->first;
}

/* clang-format off */
static const struct reason reasons[] = {
    { "the server's log refuses the role's logins while requests fail", 3.0, server_says, first_refusal },
    { "the pooler's log refuses the role's logins while requests fail", 2.5, pooler_says, first_refusal },
    { "the application's errors name the same refusal", 1.5, app_says, first_refusal },
    { "only the application's errors say so; no server's log is at hand", -0.5, app_says_alone, NULL },
    { "there is no such refusal before or after the outage", 1.0, nobody_before, NULL },
    { "such refusals occur outside of the outage as well", -1.5, others_too, NULL },
    { "the role was changed before the first refusal", 1.5, rotated, rotation },
    { "the role also logs in successfully, more often than it is refused", -1.0, logs_in_meanwhile, NULL },
    { "requests are answered again once the application has started anew", 0.5, recovered_by_restart, restart },
    { "the server itself stopped or started", 1.5, server_went, server_start },
    { "the application saw something else: it was told less than the server knew", -0.2, masked, mask },
    { "the refusals are few beside the requests that failed", -1.0, few_of_many, NULL },
};
/* clang-format on */

static enum status
add_evidence(struct findings *f, const struct suspects *s, const struct reason *row)
{
    struct evidence *e = &f->cause.evidence[f->cause.evidence_len];

    *e = (struct evidence){ .against = row->weight < 0, .says = str_of(row->says) };
    f->cause.evidence_len++;
    if (!row->event)
        return OK;
    return recording_event(s->r, &s->r->seen[row->event(s)], &f->memory, &e->event);
}

/* Whether what fails had worked since the application started: then its secret was right. */
static bool
worked_since_start(const struct suspects *s)
{
    const struct seen *first = &s->r->seen[s->outage->first];

    for (size_t i = s->app_start; i < s->outage->first; i++) {
        const struct seen *e = &s->r->seen[i];

        if (e->at.low <= s->r->seen[s->app_start].at.high)
            continue;
        if ((e->kind == KIND_CONNECTED && e->role == s->root->role) ||
            (e->kind == KIND_REQUEST && e->route == first->route))
            return true;
    }
    return false;
}

/* Who holds on to what is no longer true. */
static enum stale
stale_side(const struct suspects *s)
{
    if (!is_credential(s))
        return STALE_UNKNOWN;
    if (s->root->by[WRITER_POOLER] && (s->masked_by || s->app_lost))
        return STALE_POOLER;
    /* It began with the application's own start and no change of the role: the application
     * has the new secret, and the database never got it. */
    if (s->has_app_start && !s->has_rotation &&
        s->r->seen[s->outage->first].at.low - s->r->seen[s->app_start].at.high < SECONDS(15) &&
        s->logins_before > 0 && !worked_since_start(s))
        return STALE_DATABASE;
    return STALE_APPLICATION;
}

static struct str
sentence(struct findings *f, const struct suspects *s, const struct verdict *v,
         enum stale stale)
{
    const char *who = stale == STALE_POOLER ? "The pooler" : "The application";

    if (stale == STALE_DATABASE)
        return STR("The application presents a password the database was never given.");
    if (s->root->kind == KIND_NO_ROLE && s->root->role)
        return arena_strf(&f->memory, "Role " STR_FMT " does not exist or may not log in.",
                          STR_ARG(f->cause.role));
    return arena_strf(&f->memory, "%s %s.", who, v->sentence);
}

/* Nothing of the database's goes with it: that is an answer too. */
static enum status
not_the_database(struct findings *f, const struct suspects *s)
{
    bool gateway = s->outage->kind == STRETCH_GATEWAY;

    f->cause.confidence = 0.3;
    f->cause.sentence = gateway
                            ? STR("The proxy had no application to ask; nothing points to the "
                                  "database.")
                            : STR("Requests failed, and no log at hand shows a refusal by the "
                                  "database.");
    f->cause.refuted_by = STR("the server's log of that time with a refused login in it");
    return OK;
}

enum status
causes_judge(struct findings *f, const struct suspects *s)
{
    const struct verdict *v = s->root ? verdict_of(s->root->kind) : NULL;
    double odds = 0;
    enum status st = OK;

    if (!v)
        return not_the_database(f, s);
    f->cause.evidence = arena_alloc(&f->memory, LEN(reasons) * sizeof(*f->cause.evidence));
    if (!f->cause.evidence)
        return fail(ERR_SYSTEM, "out of memory");
    f->cause.class = v->class;
    f->cause.role = arena_str(&f->memory, recording_word(s->r, s->root->role));
    f->cause.database = arena_str(&f->memory, recording_word(s->r, s->root->database));
    for (size_t i = 0; st == OK && i < LEN(reasons); i++)
        if (reasons[i].applies(s)) {
            odds += reasons[i].weight;
            st = add_evidence(f, s, &reasons[i]);
        }
    f->cause.stale = stale_side(s);
    f->cause.sentence = sentence(f, s, v, f->cause.stale);
    f->cause.refuted_by = str_of(v->refuted_by);
    f->cause.confidence = MIN(0.99, 1 / (1 + exp(-odds)));
    return st;
}
