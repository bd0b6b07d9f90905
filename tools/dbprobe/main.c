/* SPDX-License-Identifier: MIT */
#include <locale.h>

#include "args.h"
#include "net/secret.h"

struct args args;

/* clang-format off */
static const struct option_row of_all[] = {
    { "password", 'W', OPT_TEXT, &args.password, "WHERE", NULL,
      "take the password from file:PATH, env:VAR, fd:N or prompt: (else where libpq would)" },
    { "timeout", 0, OPT_DURATION, &args.timeout, "TIME", "10s", "give a target this long" },
};

static const struct option_row of_check[] = {
    { "silent", 0, OPT_FLAG, &args.silent, NULL, NULL,
      "stop before the login: not a line in the server's log" },
    { "behind", 0, OPT_TEXT, &args.behind, "CONNINFO", NULL,
      "the server behind this pooler: looked at silently, and compared" },
    { "targets", 0, OPT_TEXT, &args.targets, "FILE", NULL,
      "check the CONNINFOs of this file too, one a line (-: stdin)" },
    { "parallel", 0, OPT_COUNT, &args.parallel, "N", "16", "as many targets at once" },
};

static const struct option_row of_watch[] = {
    { "every", 0, OPT_DURATION, &args.every, "TIME", "100ms", "between two looks" },
    { "for", 0, OPT_DURATION, &args.length, "TIME", "0s", "stop after this (0s: on interrupt)" },
};

static const struct option_row of_rotated[] = {
    { "role", 0, OPT_TEXT, &args.role, "ROLE", NULL, "whose secret [the target's role]" },
    { "wal", 0, OPT_TEXT, &args.wal, "DIR", NULL,
      "the server's pg_wal, to be read by pg_waldump on its host" },
    { "waldump", 0, OPT_TEXT, &args.waldump, "PROGRAM", "pg_waldump", "that program" },
};

static const struct option_row of_census[] = {
    { "role", 0, OPT_TEXT, &args.role, "ROLE", NULL, "whose sessions [the target's role]" },
    { "rotated", 0, OPT_TEXT, &args.rotated, "T", NULL,
      "when the secret changed [from the timeline, else from the server]" },
};

static const struct option_row of_verify[] = {
    { "candidate", 0, OPT_TEXT, &args.candidate, "WHERE", NULL,
      "the password to be verified: file:PATH, env:VAR, fd:N or prompt:" },
    { "verifier", 0, OPT_TEXT, &args.verifier, "WHERE", NULL,
      "what the server keeps (SCRAM-SHA-256$... or md5...) [asked of the server]" },
    { "role", 0, OPT_TEXT, &args.role, "ROLE", NULL, "whose it is [the target's role]" },
};

static const struct option_row of_drift[] = {
    { "database", 0, OPT_TEXT, &args.database, "CONNINFO", NULL,
      "ask this server what it keeps and when that changed (as a superuser)" },
    { "role", 0, OPT_TEXT, &args.role, "ROLE", NULL, "whose secret [that of --database]" },
    { "current", 0, OPT_TEXT, &args.current, "WHERE", NULL,
      "the secret that holds now: file:PATH, env:VAR, fd:N or prompt:" },
    { "rotated", 0, OPT_TEXT, &args.rotated, "T", NULL,
      "when the secret changed [from the timeline, else from the server]" },
    { "before", 0, OPT_DURATION, &args.before, "TIME", "1h",
      "a store may be given the new secret this long before the rotation" },
    { "variable", 0, OPT_TEXT, &args.variable, "NAME", NULL,
      "only what is called so [what looks like a database's password]" },
};

static const struct option_row of_beacon[] = {
    { "log", 0, OPT_LIST, &args.logs, "SOURCE", NULL,
      "the server's log, as logcorr takes it; more than one may be given" },
    { "count", 'n', OPT_COUNT, &args.count, "N", "3", "so many beacons, 10 at most" },
    { "pause", 0, OPT_DURATION, &args.pause, "TIME", "200ms", "between two beacons, about" },
    { "wait", 0, OPT_DURATION, &args.wait, "TIME", "5s", "for the lines to come into the log" },
    { "dry-run", 0, OPT_FLAG, &args.dry_run, NULL, NULL, "say what would be sent, send nothing" },
};

static const struct option_verb verbs[] = {
    { "", "CONNINFO...", "will the database let this credential in?",
      OPTION_ROWS(of_check), check_verb },
    { "check", "CONNINFO...", "the same", OPTION_ROWS(of_check), check_verb },
    { "watch", "CONNINFO...", "date a role's rotations, silently, by its SCRAM salt",
      OPTION_ROWS(of_watch), watch_verb },
    { "rotated", "CONNINFO", "when did a role's secret change?", OPTION_ROWS(of_rotated),
      rotated_verb },
    { "census", "CONNINFO", "which sessions are older than the rotation?",
      OPTION_ROWS(of_census), census_verb },
    { "verify", "CONNINFO", "does a candidate match what the server keeps? (no login)",
      OPTION_ROWS(of_verify), verify_verb },
    { "drift", "HOLDER...", "who has which secret, and who must be restarted or updated?",
      OPTION_ROWS(of_drift), drift_verb },
    { "beacon", "CONNINFO", "align a log's clock by marked lines (failing logins)",
      OPTION_ROWS(of_beacon), beacon_verb },
};
/* clang-format on */

static const char *const examples[] = {
    "dbprobe check postgresql://shop_app@db.internal/shop",
    "dbprobe --password file:/run/secrets/db \"host=db.internal user=shop_app dbname=shop\"",
    NULL,
};

int
main(int argc, char **argv)
{
    static const struct option_tool tool = {
        .name = "dbprobe",
        .help = "Will the database let this credential in, and who else is still inside?",
        .verbs = verbs,
        .verbs_len = LEN(verbs),
        .options = OPTION_ROWS(of_all),
        .examples = examples,
    };

    /* Nothing but LC_CTYPE: libpq's own words must stay as the ladder knows them. */
    setlocale(LC_CTYPE, "");
    secret_guard_process();
    return (int)options_main(&tool, argc, argv);
}
