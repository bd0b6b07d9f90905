/* SPDX-License-Identifier: MIT */
#include "rehearse.h"
#include "report/words.h"

/* A nginx stamp is a whole second; what is further off than this is no answer. */
static const int64_t widest = MS(2500);

/* One question: writes both sides, and says whether they agree. */
typedef bool ask_fn(const struct rehearsal *r, struct strbuf *truth, struct strbuf *found);

static bool
same_words(struct strbuf *truth, struct strbuf *found, const char *was, struct str said)
{
    strbuf_adds(truth, was);
    strbuf_add(found, said.n ? said : STR("nothing"));
    return str_eq(str_of(was), said);
}

static bool
same_count(struct strbuf *truth, struct strbuf *found, uint64_t was, uint64_t said)
{
    words_count(truth, was);
    words_count(found, said);
    return was == said;
}

/* A server writes its line when it is done with a request; we have the first byte by then. */
static const int64_t line_later = MS(100);

/* What was found must hold the truth, or as much of it as is known, and must say something. */
static bool
same_time(struct strbuf *truth, struct strbuf *found, struct span was, const struct span *said)
{
    struct span both;

    words_instant(truth, was, WORDS_TIME);
    if (said == NULL) {
        strbuf_adds(found, "not found");
        return false;
    }
    words_instant(found, *said, WORDS_TIME);
    was.high += line_later;
    return span_width(*said) <= widest && span_meet(was, *said, &both);
}

static bool
ask_then(const struct rehearsal *r, struct strbuf *truth, struct strbuf *found)
{
    strbuf_adds(truth, "failing: credential_mismatch");
    strbuf_addf(found, STR_FMT ": " STR_FMT, STR_ARG(r->state_then), STR_ARG(r->class_then));
    return str_eq(strbuf_str(truth), strbuf_str(found));
}

static bool
ask_state(const struct rehearsal *r, struct strbuf *truth, struct strbuf *found)
{
    return same_words(truth, found, "recovered", str_of(state_names[r->findings.state]));
}

static bool
ask_cause(const struct rehearsal *r, struct strbuf *truth, struct strbuf *found)
{
    return same_words(truth, found, "credential_mismatch", str_of(r->findings.cause.class));
}

static bool
ask_stale(const struct rehearsal *r, struct strbuf *truth, struct strbuf *found)
{
    return same_words(truth, found, "application",
                      str_of(stale_names[r->findings.cause.stale]));
}

static bool
ask_role(const struct rehearsal *r, struct strbuf *truth, struct strbuf *found)
{
    return same_words(truth, found, lab_fact(&r->lab, "role").p, r->findings.cause.role);
}

static bool
ask_database(const struct rehearsal *r, struct strbuf *truth, struct strbuf *found)
{
    return same_words(truth, found, lab_fact(&r->lab, "database").p,
                      r->findings.cause.database);
}

static bool
ask_rotation(const struct rehearsal *r, struct strbuf *truth, struct strbuf *found)
{
    return same_time(truth, found, r->rotated,
                     r->findings.has_rotation ? &r->findings.rotation : NULL);
}

static bool
ask_onset(const struct rehearsal *r, struct strbuf *truth, struct strbuf *found)
{
    return same_time(truth, found, traffic_total(&r->traffic).first_bad,
                     r->findings.has_onset ? &r->findings.onset : NULL);
}

/* Between the last answer of 500 and the first good one after all failures. */
static bool
ask_recovery(const struct rehearsal *r, struct strbuf *truth, struct strbuf *found)
{
    struct tally all = traffic_total(&r->traffic);

    return same_time(truth, found, (struct span){ all.last_500.low, all.good_since.high },
                     r->findings.has_recovery ? &r->findings.recovery : NULL);
}

/* Nobody else put it right before we did. */
static bool
ask_mended(const struct rehearsal *r, struct strbuf *truth, struct strbuf *found)
{
    int64_t late = traffic_total(&r->traffic).good_since.high - r->mended.low;

    strbuf_addf(truth, "after the %s", strcmp(r->mend, "secret") == 0 ? "restart" : "rollback");
    words_duration(found, late < 0 ? -late : late);
    strbuf_adds(found, late < 0 ? " before it" : " after it began");
    return late >= 0;
}

static bool
ask_requests(const struct rehearsal *r, struct strbuf *truth, struct strbuf *found)
{
    return same_count(truth, found, traffic_total(&r->traffic).sent,
                      r->findings.counts.requests);
}

static bool
ask_failed(const struct rehearsal *r, struct strbuf *truth, struct strbuf *found)
{
    return same_count(truth, found, traffic_total(&r->traffic).failed,
                      r->findings.counts.failed_requests);
}

static bool
ask_refused(const struct rehearsal *r, struct strbuf *truth, struct strbuf *found)
{
    return same_count(truth, found, r->refused, r->findings.counts.auth_attempts);
}

/* clang-format off */
static const struct { const char *what; ask_fn *ask; } questions[] = {
    { "verdict while it failed", ask_then },
    { "state at the end", ask_state },
    { "cause", ask_cause },
    { "who was stale", ask_stale },
    { "role", ask_role },
    { "database", ask_database },
    { "rotation", ask_rotation },
    { "onset", ask_onset },
    { "recovery", ask_recovery },
    { "it was over", ask_mended },
    { "requests", ask_requests },
    { "failed requests", ask_failed },
    { "refused logins", ask_refused },
};
/* clang-format on */

size_t
rehearse_compare(struct rehearsal *r, const struct rehearse_comparison **ret)
{
    static struct rehearse_comparison rows[LEN(questions)];

    for (size_t i = 0; i < LEN(questions); i++) {
        AUTO(strbuf) truth = { .max = STRBUF_LINE };
        AUTO(strbuf) found = { .max = STRBUF_LINE };

        rows[i].what = questions[i].what;
        rows[i].agrees = questions[i].ask(r, &truth, &found);
        rows[i].truth = arena_str(&r->memory, strbuf_str(&truth));
        rows[i].found = arena_str(&r->memory, strbuf_str(&found));
    }
    *ret = rows;
    return LEN(questions);
}
