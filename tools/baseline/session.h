/* SPDX-License-Identifier: MIT */
#pragma once
#include "cli/options.h"
#include "observe/record.h"

/* What every verb that probes needs: routes from the words of the command, the prober, and
 * the wish of the user to stop. */
struct session {
    struct routes routes;
    struct prober *prober;
    struct record record;
    int64_t flushed;     /* monotonic */
    struct strbuf lines; /* said of probes that are not on disk yet */
    int64_t until;       /* monotonic: when its time is up */
    bool interrupted, late;
    uint64_t probes, answered; /* seen; that got any HTTP answer */
};

/* `plan` gets the routes, the rate and the addresses that the user asked for. From here on an
 * interrupt does not end the process but the session. */
must_check enum status session_open(struct session *ret, int argc, char **argv,
                                    struct prober_plan *plan);
void session_close(struct session *s);

/* The next probe that ended; the caller does away with it. False: nothing within `patience`
 * (so that a screen can be drawn anew); look at session_over(). */
bool session_next(struct session *s, int64_t patience, struct probe *ret);
bool session_over(const struct session *s);

/* Records the probe, and keeps `line` (or nothing) back until it is on disk: what is said to
 * be seen is not lost, whatever happens. */
must_check enum status session_keep(struct session *s, const struct probe *p, struct str line);

/* Everything kept is on disk and said. Called now and then by session_keep(). */
must_check enum status session_flush(struct session *s);

/* The routes that the words of the command and its options name. */
must_check enum status session_routes(struct routes *ret, int argc, char **argv);

/* "5%", "1/8", "0.05". ERR_USAGE names the option. */
must_check enum status share_read(const char *option, const char *text, double *ret);
