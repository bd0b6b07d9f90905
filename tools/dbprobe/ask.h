/* SPDX-License-Identifier: MIT */
#pragma once
#include "net/pg.h"
#include "targets.h"
#include "timeline/store.h"

/* For the verbs that look from inside: a session of their own, and when the secret changed. */

/* Logs in to the first target. ERR_NETWORK with the reason if it is refused. */
must_check enum status ask_open(struct pg **ret, const struct targets *targets);

/* --role, or the role of the target. */
const char *ask_role(const struct targets *targets);

/* When the role's secret last changed, by our clock, and how that is known. */
struct changed {
    bool known;
    struct span when;
    char how[200];
};

/* --rotated if given; else what the timeline tells (salts, then the log's words); else what
 * the server itself remembers. Not knowing is no error. */
must_check enum status ask_changed(struct changed *ret, const struct targets *targets,
                                   struct store *timeline, struct pg *pg);

/* What the log lines on the timeline say: the last rotation of the role. */
must_check enum status ask_log(struct changed *ret, struct store *timeline, struct str role);

/* An instant the user wrote, as moment_read() has it; without a zone it is UTC. */
must_check enum status ask_instant(const char *text, struct span *ret);
