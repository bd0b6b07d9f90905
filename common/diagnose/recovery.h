/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/strbuf.h"
#include "diagnose/chance.h"
#include "time/span.h"

/* Is it over? A rotation leaves a share q of workers (or pooled connections) failing: some
 * successes in a row prove little. This says "recovered" only after so many that a share of
 * q or more would have shown them, within the looks allowed, with a chance of alpha at most.
 * Looks must be fresh connections; one good worker would answer all kept ones. */

enum recovery_verdict {
    RECOVERY_UNDECIDED,
    RECOVERY_FAILING,
    RECOVERY_RECOVERED,
    RECOVERY_LEN
};
extern const char *const recovery_verdict_names[RECOVERY_LEN];

/* What a failure looks like from outside: the two have different cures. */
enum recovery_failure {
    FAILURE_APPLICATION, /* 500: the application answers and cannot do its work */
    FAILURE_ABSENT,      /* 502, 503, 504, refused, reset: nobody answers; a restart does so */
    FAILURE_OTHER,       /* a status or a content that was not expected, DNS, TLS, timeouts */
    FAILURE_LEN,
};
extern const char *const recovery_failure_names[FAILURE_LEN];

struct recovery_plan {
    double exclude; /* the smallest share of failures that must be ruled out */
    double alpha;   /* the chance of saying "recovered" wrongly, at most */
    unsigned looks; /* within which alpha holds, counted from the first success */
    double normal;  /* the share that fails on a healthy day; above 0.5 % failures are
                       weighed (CUSUM), below it one failure begins the count anew */
    int64_t spread; /* ns the successes must span (a pool's recycling time); 0: any */
};

/* One look at a route. */
struct recovery_look {
    bool good;
    enum recovery_failure failure; /* if not good */
    struct span at;                /* our clock */
    struct str peer;               /* who answered, "10.0.0.7:80"; empty if nobody */
    bool fresh;                    /* over a connection of its own */
};

enum { RECOVERY_PEERS = 64 };

struct recovery {
    struct recovery_plan plan;
    unsigned needed; /* successes in a row; with CUSUM, what it takes without a failure */
    unsigned row;    /* seen in a row */
    unsigned looks;  /* since the first success */
    unsigned good, failed, total;
    unsigned failures[FAILURE_LEN];
    unsigned fresh; /* connections made for the successes of the row */
    double height;  /* of the CUSUM; 0: strict */
    struct chance_sum to_good, to_bad;
    bool broken;                       /* still broken, as the last looks have it */
    bool proved;                       /* the row is long enough, and was so in time */
    bool over;                         /* the looks are used up: no verdict can come any more */
    struct span first_good, last_good; /* of the row */
    struct span last_bad;
    uint64_t peers[RECOVERY_PEERS]; /* hashes; of the row */
    unsigned peers_len;
    enum recovery_verdict verdict;
};

/* ERR_USAGE if the share cannot be ruled out within so many looks; says how many it takes. */
must_check enum status recovery_begin(struct recovery *ret, const struct recovery_plan *plan);

/* Takes a look in; returns recovery_so_far(). RECOVERED is final. */
enum recovery_verdict recovery_see(struct recovery *r, const struct recovery_look *look);

/* The verdict if nothing more is seen: FAILING if failures were seen and what came after them
 * does not yet rule out that it is so still. */
enum recovery_verdict recovery_so_far(const struct recovery *r);

/* The largest share of failures that the row of successes leaves possible (one look, alpha). */
double recovery_residue(const struct recovery *r);

/* How long the successes of the row span, at least. */
int64_t recovery_spread(const struct recovery *r);

/* "500" and its kin, by status and by whether there was an answer at all. */
enum recovery_failure recovery_failure_of(int status, const char *error);

/* Whether a path looks like a health check that need not touch the database: /healthz, /ping,
 * /livez, /status... A success there proves nothing about a password. */
bool recovery_is_shallow(struct str path);
