/* SPDX-License-Identifier: MIT */
#include "args.h"

struct args args;

/* clang-format off */
static const struct option_row of_reading[] = {
    { "year", 0, OPT_LIST, &args.years, "[GLOB=]YYYY", NULL,
      "the year of stamps that carry none" },
    { "pg-prefix", 0, OPT_TEXT, &args.pg_prefix, "PREFIX", NULL,
      "Postgres' log_line_prefix (else it is found in the log)" },
    { "strict", 0, OPT_FLAG, &args.strict, NULL, NULL,
      "exit 3 if a zone or a year had to be guessed" },
    { "unread", 0, OPT_FLAG, &args.unread, NULL, NULL,
      "show the lines that were not understood, and why" },
    { "reveal", 0, OPT_FLAG, &args.reveal, NULL, NULL,
      "show secrets as they stand (on a terminal only)" },
};

static const struct option_row of_search[] = {
    { "all", 'a', OPT_FLAG, &args.all, NULL, NULL,
      "every record, not the failures alone" },
    { "class", 'c', OPT_LIST, &args.classes, "CLASS,...", NULL,
      "only these: auth_failed, no_role, http_5xx, rotation, ..." },
    { "pcre", 'e', OPT_TEXT, &args.pcre, "PATTERN", NULL,
      "only records whose text matches (PCRE2)" },
    { "follow", 'f', OPT_FLAG, &args.follow, NULL, NULL, "wait for more at the end" },
    { "full", 0, OPT_FLAG, &args.full, NULL, NULL, "all lines of a record" },
};

static const struct option_verb verbs[] = {
    { "", "SOURCE...", "failures in the logs, in order of time", OPTION_ROWS(of_search),
      search_verb },
    { "sources", "SOURCE...", "what each log is, its zone, and how that is known",
      { NULL, 0 }, sources_verb },
    { "clock", "SOURCE...", "how far the logs' clocks are apart, by what they both stamped",
      { NULL, 0 }, clock_verb },
    { "explain", "", "why each line of standard input is read as it is", { NULL, 0 },
      explain_verb },
    { "clean", "SOURCE...", "is the window free of failures?", OPTION_ROWS(of_search),
      clean_verb },
    { "leaks", "SOURCE...", "where secrets stand in clear, without showing them", { NULL, 0 },
      leaks_verb },
};
/* clang-format on */

static const char *const examples[] = {
    "logcorr --since -15m /var/log/nginx/access.log app.log docker:db",
    "logcorr --class auth_failed --zone '*app*=Europe/Berlin' *.log",
    "logcorr clean --since 03:10 docker:web-1 docker:db",
    NULL,
};

int
main(int argc, char **argv)
{
    static const struct option_tool tool = {
        .name = "logcorr",
        .help = "What the logs say, aligned by time",
        .verbs = verbs,
        .verbs_len = LEN(verbs),
        .options = OPTION_ROWS(of_reading),
        .examples = examples,
    };

    return (int)options_main(&tool, argc, argv);
}
