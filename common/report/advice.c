/* SPDX-License-Identifier: MIT */
#include "report/advice.h"

#define MISMATCH "credential_mismatch"

/* clang-format off */
const struct advice advices[] = {
    { MISMATCH, STALE_APPLICATION, true,  "restart what holds the old secret",     "kubectl rollout restart deployment/APP" },
    { MISMATCH, STALE_APPLICATION, true,  "or put the old password back for now",  "psql -c '\\password {role}'" },
    { MISMATCH, STALE_DATABASE,    true,  "give the database the secret the application already has", "psql -c '\\password {role}'" },
    { MISMATCH, STALE_POOLER,      true,  "let the pooler read its secrets again", "psql -p 6432 pgbouncer -c RELOAD" },
    { MISMATCH, STALE_UNKNOWN,     false, "see which holder has which secret",     "dbprobe drift" },
    { MISMATCH, STALE_UNKNOWN,     false, "count the sessions that predate the rotation and will fail next", "dbprobe census" },
    { "expired", STALE_UNKNOWN,    true,  "extend the password's validity",        "psql -c 'ALTER ROLE {role} VALID UNTIL infinity'" },
    { "no_role", STALE_UNKNOWN,    true,  "see whether the role was dropped or renamed", "psql -c '\\du {role}'" },
    { "no_db",   STALE_UNKNOWN,    true,  "see which databases there are",         "psql -l" },
    { "no_hba",  STALE_UNKNOWN,    true,  "see which rule of pg_hba.conf applies", "psql -c 'TABLE pg_hba_file_rules'" },
    { "too_many_connections", STALE_UNKNOWN, true, "see who holds the connections", "psql -c 'SELECT usename, state, count(*) FROM pg_stat_activity GROUP BY 1, 2'" },
    { NULL,      STALE_UNKNOWN,    true,  "try the credential by hand",            "dbprobe check postgresql://{role}@HOST/{database}" },
    { NULL,      STALE_UNKNOWN,    true,  "prove that it is over",                 "baseline wait --exclude 1/8 URL" },
    { NULL,      STALE_UNKNOWN,    false, "see that the logs are clean since",     "logcorr clean --since T LOG" },
    { MISMATCH,  STALE_UNKNOWN,    false, "rotate without an outage next time",    "incident checklist plan" },
};
/* clang-format on */
const size_t advices_len = LEN(advices);

bool
advice_applies(const struct advice *a, const struct findings *f)
{
    if (a->when_failing && f->state != STATE_FAILING)
        return false;
    if (a->class && (f->cause.class == NULL || strcmp(a->class, f->cause.class) != 0))
        return false;
    return f->has_onset && (a->stale == STALE_UNKNOWN || a->stale == f->cause.stale);
}

static bool
is_plain_name(struct str name)
{
    for (size_t i = 0; i < name.n; i++)
        if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789_", name.p[i]) || !name.p[i])
            return false;
    return name.n > 0;
}

void
advice_command(struct strbuf *out, const struct advice *a, const struct findings *f)
{
    struct str rest = str_of(a->command);

    while (rest.n > 0) {
        struct str name = { 0 };

        strbuf_add(out, str_cut(&rest, '{'));
        if (rest.n == 0)
            break;
        name = str_cut(&rest, '}');
        /* A name out of a log is hostile: one that is no plain name is left to the reader. */
        if (str_eq(name, STR("role")))
            strbuf_add(out, is_plain_name(f->cause.role) ? f->cause.role : STR("ROLE"));
        else
            strbuf_add(out,
                       is_plain_name(f->cause.database) ? f->cause.database : STR("DATABASE"));
    }
}
