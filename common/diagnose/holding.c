/* SPDX-License-Identifier: MIT */
#include "diagnose/holding.h"

#include "time/civil.h"

/* What one writer's log shows of its program within the outage. */
struct fate {
    size_t refused, last; /* of recording.seen: its last refusal */
    bool started;         /* anew, after that */
};

/* Behind a pooler the application's own secret is not what the server refuses. */
static bool
holds_secrets(const struct writer *w, enum stale stale)
{
    return !w->copy_of_other &&
           w->class == (stale == STALE_POOLER ? WRITER_POOLER : WRITER_APP);
}

static struct fate
fate_of(const struct recording *r, uint32_t writer, const struct stretch *outage)
{
    struct fate fate = { 0 };

    for (size_t i = 0; i < r->len; i++) {
        const struct seen *e = &r->seen[i];

        if (e->writer != writer)
            continue;
        if ((seen_refused(e) || e->kind == KIND_DISCONNECTED) &&
            e->at.low <= r->seen[outage->last].at.high) {
            fate.refused++;
            fate.last = i;
            fate.started = false;
        }
        fate.started = fate.started || (fate.refused && e->kind == KIND_RESTART);
    }
    return fate;
}

static struct str
base_name(struct str path)
{
    const char *slash = path.n ? memrchr(path.p, '/', path.n) : NULL;

    return slash ? str_skip(path, (size_t)(slash - path.p) + 1) : path;
}

static struct str
name_of(struct findings *f, const struct recording *r, const struct writer *w)
{
    const struct store_source *sources = NULL;
    size_t n = store_sources(r->store, &sources);

    if (w->host.n)
        return arena_str(&f->memory, w->host);
    for (size_t i = 0; i < n; i++)
        if (sources[i].id == w->source)
            return arena_str(&f->memory, base_name(sources[i].name));
    return (struct str){ 0 };
}

static struct holder
judge(struct findings *f, const struct recording *r, uint32_t writer, struct fate fate)
{
    struct holder h = { .name = name_of(f, r, &r->writers[writer]) };
    AUTO(strbuf) whole = { 0 };
    struct str last;

    civil_print(&whole, r->seen[fate.last].at.low, 0);
    last = str_skip(strbuf_str(&whole), sizeof("2026-11-22T") - 1);
    if (f->state != STATE_RECOVERED) {
        h.state = HOLDS_STALE;
        h.why = arena_strf(&f->memory, "refused %lu times, last " STR_FMT,
                           (unsigned long)fate.refused, STR_ARG(last));
    } else if (fate.started) {
        h.state = HOLDS_CURRENT;
        h.why = arena_strf(&f->memory, "refused until " STR_FMT ", started anew, well since",
                           STR_ARG(last));
    } else {
        h.state = HOLDS_CURRENT;
        h.why =
            arena_strf(&f->memory, "refused until " STR_FMT ", well since without a restart",
                       STR_ARG(last));
    }
    return h;
}

enum status
holding_tell(struct findings *f, const struct recording *r, const struct stretch *outage,
             const struct suspects *s)
{
    if (!outage || !s->root || !f->cause.class ||
        strcmp(f->cause.class, "credential_mismatch") != 0)
        return OK;
    f->holders = arena_alloc(&f->memory, (r->writers_len + 1) * sizeof(*f->holders));
    if (!f->holders)
        return fail(ERR_SYSTEM, "out of memory");
    for (uint32_t i = 0; i < r->writers_len; i++) {
        struct fate fate = { 0 };

        if (!holds_secrets(&r->writers[i], f->cause.stale))
            continue;
        fate = fate_of(r, i, outage);
        if (fate.refused)
            f->holders[f->holders_len++] = judge(f, r, i, fate);
    }
    return OK;
}
