/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/arena.h"
#include "base/strbuf.h"
#include "timeline/event.h"
#include "timeline/store.h"

/* What a timeline says, worked out once: the model behind `incident scope`, `triage`, the
 * report and the dashboard. A pure function of the timeline (and `now`): the same file gives
 * the same findings. Views live in the arena of the findings. */

enum state { STATE_UNKNOWN, STATE_HEALTHY, STATE_FAILING, STATE_RECOVERED, STATE_LEN };
extern const char *const state_names[STATE_LEN];

/* Who holds on to what is no longer true. */
enum stale { STALE_UNKNOWN, STALE_APPLICATION, STALE_DATABASE, STALE_POOLER, STALE_LEN };
extern const char *const stale_names[STALE_LEN];

/* One observation for or against a cause, with where it can be read again. */
struct evidence {
    bool against;
    struct str says;       /* a sentence */
    struct event event;    /* the event it stands on; kind KIND_NONE if it is a count */
};

struct cause {
    const char *class;     /* "credential_mismatch" or a class of the contract; NULL: none */
    struct str role, database;
    enum stale stale;
    double confidence;     /* 0 to 1; below one half it is indeterminate */
    struct str sentence;   /* for people */
    struct str refuted_by; /* what would prove it wrong */
    struct evidence *evidence;
    size_t evidence_len;
};

/* A stretch of failures with one cause. */
struct outage {
    struct span onset, recovery; /* recovery only if `over` */
    bool over;
    const char *class;
    struct str role;
    uint64_t failures;
    struct str what; /* for people: "restart: 9 requests answered 502 on every route" */
};

/* One bin of the charts; counts of events whose middle lies in it. */
struct bin {
    uint64_t requests, failed, refused, app_errors;
};

struct route_count {
    struct str route;
    uint64_t requests, failed;
    struct span first_bad, last_bad;
    uint64_t clean_after; /* requests answered well since its last failure */
    struct bin *bins;     /* findings.bins_len of them: its requests and failed */
};

/* Logins refused to one role. */
struct role_count {
    struct str role;
    uint64_t lines, attempts;
    struct bin *bins; /* findings.bins_len of them: its refused */
};

/* A worker, a session or a store of secrets that holds one. */
struct holder {
    enum { HOLDS_UNKNOWN, HOLDS_STALE, HOLDS_CURRENT, HOLDS_LATENT } state;
    struct str name; /* "gunicorn web-1 pid 412" */
    struct str why;  /* "started before the change" */
};

struct source_finding {
    const struct store_source *source;
    struct store_clock clock;
};

/* A tick or a reason. */
struct proof {
    const char *what; /* "new logins succeed" */
    enum { PROOF_YES, PROOF_NO, PROOF_UNKNOWN } holds;
    struct str why;
};

struct findings {
    struct arena memory;
    enum state state;
    struct span covered;          /* the first to the last event */
    struct span onset, recovery, rotation; /* each only if its has_ says so */
    bool has_onset, has_recovery, has_rotation;
    struct str rotation_how;
    struct cause cause;
    struct {
        uint64_t requests, failed_requests, auth_lines, auth_attempts;
    } counts;
    struct route_count *routes;
    struct role_count *roles;
    size_t routes_len, roles_len;
    struct holder *holders;
    size_t holders_len;
    struct source_finding *sources;
    size_t sources_len;
    struct outage *outages;       /* the one above first, then the others */
    size_t outages_len;
    struct proof *proofs;
    size_t proofs_len, moments_len;
    struct event *moments;        /* what belongs in a narrative, in order of time */
    struct bin *bins;             /* of equal width over `covered` */
    size_t bins_len;
    struct str sentence;          /* the answer, in one sentence */
};

must_check enum status findings_work_out(struct findings *ret, struct store *timeline);
/* The same; what was measured of clocks is kept in the timeline, for all tools to date by. */
must_check enum status findings_settle(struct findings *ret, struct store *timeline);
void findings_done(struct findings *f);

/* The contract's object of `incident scope --json`, one line without the newline. */
void findings_json(const struct findings *f, struct strbuf *out);
