/* SPDX-License-Identifier: MIT */
#include "browse.h"
#include "files.h"
#include "rehearse.h"
#include "scope.h"
#include "triage.h"

/* clang-format off */
static const struct option_row of_browse[] = {
    { "snapshot", 0, OPT_TEXT, &browse_args.snapshot, "WxH", NULL,
      "print one frame of this size as text and end; needs no terminal" },
    { "glyphs", 0, OPT_CHOICE, &browse_args.glyphs, "auto|braille|block|ascii", "auto",
      "draw with these characters" },
};

static const struct option_row of_report[] = {
    { "format", 'f', OPT_CHOICE, &browse_args.format, "html|md|json|text", NULL,
      "write in this format [by the ending of FILE, else html]" },
    { "output", 'o', OPT_TEXT, &browse_args.output, "FILE", NULL,
      "write to this file, whole or not at all [stdout]" },
    { "template", 0, OPT_TEXT, &browse_args.template, "NAME", "rotascope",
      "sections and headings: rotascope, sre, pagerduty, howie, or a file" },
    { "title", 0, OPT_TEXT, &browse_args.title, "TEXT", NULL,
      "head it with this [the cause]" },
};

static const struct option_row of_verify[] = {
    { "folder", 0, OPT_TEXT, &browse_args.folder, "DIR", NULL,
      "look for the logs below this folder [where you are]" },
};

static const struct option_row of_rehearse[] = {
    { "out", 'o', OPT_TEXT, &rehearse_args.out, "DIR", "rehearsal",
      "put the report, the timeline and the logs there" },
    { "mend", 0, OPT_CHOICE, &rehearse_args.mend, "rollback|secret", "rollback",
      "give the role its old password back, or the application the new one and a restart" },
    { "pool", 0, OPT_FLAG, &rehearse_args.pool, NULL, NULL,
      "the application keeps sessions: it fails when they are recycled" },
    { "stack", 0, OPT_TEXT, &rehearse_args.stack, "PROGRAM", "fixtures/stack/stack",
      "the driver of the throw-away stack" },
    { "dry-run", 0, OPT_FLAG, &rehearse_args.dry_run, NULL, NULL,
      "say what would be done, and do nothing" },
};

static const struct option_row of_scope[] = {
    { "year", 0, OPT_LIST, &scope_args.years, "[GLOB=]YYYY", NULL,
      "the year of stamps that carry none" },
    { "pg-prefix", 0, OPT_TEXT, &scope_args.pg_prefix, "TEXT", NULL,
      "the server's log_line_prefix [read from the log]" },
};

static const struct option_row of_triage[] = {
    { "password", 'W', OPT_TEXT, &triage_args.password, "WHERE", NULL,
      "take the database's password from file:PATH, env:VAR or fd:N [where libpq would]" },
    { "login", 0, OPT_FLAG, &triage_args.login, NULL, NULL,
      "log in for real, once: a refusal leaves a line in the server's log" },
};

static const struct option_row of_note[] = {
    { "at", 0, OPT_TEXT, &files_args.at, "T", NULL, "when it happened [now]" },
    { "author", 0, OPT_TEXT, &files_args.author, "NAME", NULL, "who says so [$USER]" },
};

static const struct option_row of_export[] = {
    { "format", 'f', OPT_CHOICE, &files_args.format,
      "jsonl|csv|timesketch|otlp|chrome|grafana|alertmanager|pagerduty|mermaid|rules", "jsonl",
      "write in this form" },
    { "output", 'o', OPT_TEXT, &files_args.output, "FILE", NULL,
      "write to this file, whole or not at all [stdout]" },
};

static const struct option_verb verbs[] = {
    { "", "", "the dashboard", OPTION_ROWS(of_browse), browse_verb },
    { "scope", "[SOURCE...]", "what happened, when, to whom and why, from logs or a timeline",
      OPTION_ROWS(of_scope), scope_verb },
    { "triage", "[SOURCE|URL|postgresql://...]", "logs, routes and database at once: one screen",
      OPTION_ROWS(of_triage), triage_verb },
    { "note", "TEXT...", "add your own words to the timeline", OPTION_ROWS(of_note), note_verb },
    { "open", "TIMELINE", "make this incident the one that all tools write to", { 0 },
      open_verb },
    { "merge", "TIMELINE...", "add other timelines to this one", { 0 }, merge_verb },
    { "export", "", "write it out for other programs", OPTION_ROWS(of_export),
      export_verb },
    { "report", "", "write down what happened, with the evidence", OPTION_ROWS(of_report),
      report_verb },
    { "verify", "REPORT", "read a report's evidence again and name what has changed",
      OPTION_ROWS(of_verify), verify_verb },
    { "rehearse", "", "make an outage on a throw-away stack, find it, mend it, prove it over",
      OPTION_ROWS(of_rehearse), rehearse_verb },
};
/* clang-format on */

static const char *const examples[] = {
    "incident triage nginx-access.log postgres.log http://shop/api/users",
    "incident scope -t outage.timeline nginx-access.log app.log postgres.log",
    "incident -t outage.timeline",
    "incident report -t outage.timeline -o outage.html",
    "incident verify outage.html",
    "incident rehearse --out /tmp/rehearsal --mend=secret",
    NULL,
};

int
main(int argc, char **argv)
{
    static const struct option_tool tool = {
        .name = "incident",
        .help = "What happened, and is it over?",
        .verbs = verbs,
        .verbs_len = LEN(verbs),
        .examples = examples,
    };

    return (int)options_main(&tool, argc, argv);
}
