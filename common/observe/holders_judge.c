/* SPDX-License-Identifier: MIT */
#include "observe/holders.h"

static void
decide(struct holder *one, enum holder_state state, struct str why)
{
    one->state = state;
    one->why = why;
}

/* The secret itself against what the server keeps, or against the one that holds. */
static bool
by_secret(struct holders *h, struct holder *one, const struct holder_reference *r)
{
    const char *why = "";
    enum verifier_answer answer;

    if (!one->has_secret)
        return false;
    if (r->verifier)
        answer = verifier_check(r->verifier, str_of(h->role), &one->secret, &why);
    else if (r->current)
        answer = secret_eq(r->current, &one->secret) ? VERIFIER_MATCHES : VERIFIER_DIFFERS;
    else
        return false;
    if (answer == VERIFIER_UNDECIDED)
        return false;
    if (answer == VERIFIER_MATCHES)
        decide(one, HOLDER_CURRENT,
               r->verifier ? STR("the server accepts it") : STR("the same as the current one"));
    else
        decide(one, HOLDER_STALE,
               arena_strf(&h->memory, "%s: %s", one->mend,
                          r->verifier ? "the server does not accept it"
                                      : "it is not the current one"));
    return true;
}

/* A pooler may keep the server's own kind of verifier: equal, or of another password. */
static bool
by_verifier(struct holder *one, const struct holder_reference *r)
{
    struct verifier v;

    if (one->has_secret || !r->verifier || one->secret.n == 0 ||
        !verifier_read(secret_reveal(&one->secret), &v))
        return false;
    if (v.kind != r->verifier->kind)
        return false;
    if (v.kind == VERIFIER_SCRAM ? scram_salt_eq(&v.salt, &r->verifier->salt)
                                 : memcmp(v.md5, r->verifier->md5, sizeof(v.md5)) == 0)
        decide(one, HOLDER_CURRENT, STR("the server's own verifier"));
    else
        decide(one, HOLDER_STALE, STR("update: its verifier is not the server's"));
    return true;
}

static const struct holder *
named(const struct holders *h, struct str name)
{
    for (size_t i = 0; i < h->len; i++)
        if (name.n > 0 && str_eq(h->all[i].name, name))
            return &h->all[i];
    return NULL;
}

/* A consumer that read once, and what it read from has changed since. */
static bool
by_source(struct holders *h, struct holder *one)
{
    const struct holder *from = named(h, one->source);

    if (!from || !one->has_taken || !from->has_changed)
        return false;
    if (span_order(one->taken, from->changed) != BEFORE)
        return false;
    decide(one, HOLDER_STALE,
           arena_strf(&h->memory, "%s: it read before " STR_FMT " changed", one->mend,
                      STR_ARG(from->name)));
    return true;
}

static bool
by_time(struct holders *h, struct holder *one, const struct holder_reference *r)
{
    struct span early;

    if (!r->rotated)
        return false;
    if (one->has_taken && span_order(one->taken, *r->rotated) == BEFORE) {
        decide(one, HOLDER_STALE,
               arena_strf(&h->memory, "%s: it read before the rotation", one->mend));
        return true;
    }
    if (!one->has_changed || one->has_secret)
        return false;
    early = (struct span){ r->rotated->low - r->before, r->rotated->low - r->before };
    if (span_order(one->changed, early) == BEFORE)
        decide(one, HOLDER_STALE,
               arena_strf(&h->memory, "%s: older than the rotation", one->mend));
    else
        decide(one, HOLDER_CURRENT, STR("changed with the rotation or since"));
    return true;
}

/* What one holder's bytes prove holds for all that have the same. */
static bool
by_likeness(struct holders *h, struct holder *one)
{
    for (size_t i = 0; one->has_secret && i < h->len; i++) {
        const struct holder *other = &h->all[i];

        if (other == one || !other->has_secret || other->state == HOLDER_UNKNOWN ||
            !secret_eq(&other->secret, &one->secret))
            continue;
        decide(one, other->state,
               arena_strf(&h->memory,
                          "%s"
                          "the same secret as " STR_FMT,
                          other->state == HOLDER_STALE ? "update: " : "",
                          STR_ARG(other->name)));
        return true;
    }
    return false;
}

/* A consumer that read after its source changed has what the source has. */
static bool
as_source(struct holders *h, struct holder *one)
{
    const struct holder *from = named(h, one->source);

    if (!from || from->state == HOLDER_UNKNOWN || !one->has_taken || !from->has_changed ||
        span_order(one->taken, from->changed) != AFTER)
        return false;
    decide(
        one, from->state,
        arena_strf(&h->memory, "it read " STR_FMT " after that changed", STR_ARG(from->name)));
    return true;
}

void
holders_judge(struct holders *h, const struct holder_reference *r)
{
    for (size_t i = 0; i < h->len; i++) {
        struct holder *one = &h->all[i];

        if (one->state != HOLDER_UNKNOWN || one->why.n > 0)
            continue;
        if (!by_secret(h, one, r) && !by_verifier(one, r) && !by_source(h, one) &&
            !by_time(h, one, r))
            decide(one, HOLDER_UNKNOWN,
                   r->verifier || r->current || r->rotated
                       ? STR("nothing tells which secret it has")
                       : STR("which secret holds now is not known"));
    }
    for (size_t i = 0; i < h->len; i++)
        if (h->all[i].state == HOLDER_UNKNOWN && !as_source(h, &h->all[i]))
            (void)by_likeness(h, &h->all[i]);
}
