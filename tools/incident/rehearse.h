/* SPDX-License-Identifier: MIT */
#pragma once
#include "cli/options.h"
#include "diagnose/findings.h"
#include "lab.h"
#include "saltwatch.h"
#include "traffic.h"

/* One outage, made on a throw-away stack, found, mended and proved over: by the same library
 * calls as the tools make, and held against what really happened. */

extern struct rehearse_args {
    const char *out, *mend, *stack;
    bool pool, dry_run;
} rehearse_args;
enum exit_code rehearse_verb(int argc, char **argv);

enum { REHEARSE_LOGS = 4 };

struct rehearsal {
    const char *out; /* the folder of everything that stays */
    const char *mend;
    bool pool;

    struct arena memory;
    struct lab lab;
    struct traffic traffic;
    struct saltwatch salts;
    struct store *timeline;
    struct str timeline_path, logs[REHEARSE_LOGS];
    struct recovery proof;
    int64_t began; /* monotonic */

    /* The truth, beside what the traffic counted. */
    struct span rotated, mended;
    uint64_t refused; /* logins, by the application's own tally */

    /* What was found while it failed; copies. */
    struct str class_then, state_then;
    struct findings findings; /* at the end */
};

/* The whole is a table of these, in order. `said` is what it tells the user when it is done. */
struct rehearse_step {
    const char *name;
    const char *plan; /* what --dry-run and the running line say */
    enum status (*run)(struct rehearsal *r, struct strbuf *said);
};
extern const struct rehearse_step rehearse_steps[];
extern const size_t rehearse_steps_len;

/* What was against what was found: a row each. */
struct rehearse_comparison {
    const char *what;
    struct str truth, found;
    bool agrees;
};

/* Works all of them out, into `r`'s arena; returns how many there are. */
size_t rehearse_compare(struct rehearsal *r, const struct rehearse_comparison **ret);

/* The screen: finished steps on stdout, the running one on stderr if that is a terminal. */
void progress_begin(const struct rehearse_step *step);
void progress_tick(void);
must_check enum status progress_done(const char *said);
must_check enum status progress_compare(const struct rehearse_comparison *rows, size_t n);
