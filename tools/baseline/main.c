/* SPDX-License-Identifier: MIT */
#include "args.h"

struct args args;

/* clang-format off */
static const struct option_row of_requests[] = {
    { "routes", 'r', OPT_LIST, &args.files, "FILE", NULL,
      "routes from a file: [NAME] sections, JSON lines, targets of vegeta or hurl" },
    { "header", 'H', OPT_LIST, &args.headers, "'NAME: VALUE'", NULL,
      "send this header; NAME=file:PATH, env:VAR or fd:N for a value that is a secret" },
    { "method", 'X', OPT_TEXT, &args.method, "METHOD", NULL,
      "ask by this method [GET, or POST with --data]" },
    { "data", 'd', OPT_TEXT, &args.data, "TEXT", NULL, "send this body" },
    { "expect", 0, OPT_TEXT, &args.expect, "STATUS,...", "200-399",
      "statuses that are good" },
    { "contains", 0, OPT_TEXT, &args.contains, "TEXT", NULL,
      "the body of a good answer holds this" },
    { "matches", 0, OPT_TEXT, &args.matches, "PCRE", NULL, "and matches this" },
    { "value", 0, OPT_TEXT, &args.pointer, "'/POINTER = VALUE'", NULL,
      "and is JSON that has this value there" },
    { "answer-header", 0, OPT_TEXT, &args.answer_header, "'NAME: PCRE'", NULL,
      "a good answer has this header, and it matches" },
    { "max-latency", 0, OPT_DURATION, &args.most_latency, "TIME", "0s",
      "a slower answer is not good (0s: any will do)" },
    { "timeout", 0, OPT_DURATION, &args.timeout, "TIME", "10s", "give a request this long" },
    { "connect-timeout", 0, OPT_DURATION, &args.connect_timeout, "TIME", "5s",
      "and its connection this long" },
    { "follow", 'L', OPT_COUNT, &args.redirects, "N", "0", "follow as many redirects" },
    { "http", 0, OPT_CHOICE, &args.http, "any|1.1|2", "any", "speak this version" },
    { "keep", 0, OPT_FLAG, &args.keep, NULL, NULL,
      "keep connections and use them again (else each request makes its own)" },
    { "one-address", 0, OPT_FLAG, &args.one_address, NULL, NULL,
      "ask one address of a host (else all that its name has, in turn)" },
    { "connect-to", 0, OPT_TEXT, &args.connect_to, "HOST:PORT", NULL,
      "connect there whatever the URL says" },
    { "unix-socket", 0, OPT_TEXT, &args.unix_socket, "PATH", NULL, "connect to this socket" },
    { "proxy", 0, OPT_TEXT, &args.proxy, "URL", NULL, "go through this proxy" },
    { "cert", 0, OPT_TEXT, &args.certificate, "FILE", NULL, "client certificate (PEM)" },
    { "key", 0, OPT_TEXT, &args.key, "FILE", NULL, "and its key (PEM)" },
    { "cacert", 0, OPT_TEXT, &args.authorities, "FILE", NULL, "trust these authorities (PEM)" },
    { "insecure", 0, OPT_FLAG, &args.unverified, NULL, NULL,
      "do not check the server's certificate" },
    { "rate", 0, OPT_TEXT, &args.rate, "N", "5", "probes a second and host, at most" },
    { "yes-load", 0, OPT_FLAG, &args.heavy_load, NULL, NULL,
      "yes, more than 50 a second are meant" },
};

static const struct option_row of_run[] = {
    { "every", 0, OPT_DURATION, &args.every, "TIME", "1s", "between the probes of a route" },
    { "count", 'n', OPT_COUNT, &args.count, "N", "10", "probes of each route; 0: no end" },
    { "for", 0, OPT_DURATION, &args.length, "TIME", "0s", "probe as long as this instead" },
    { "metrics", 0, OPT_TEXT, &args.metrics, "FILE", NULL,
      "keep this file of OpenMetrics up to date (replaced as a whole)" },
    { "junit", 0, OPT_TEXT, &args.junit, "FILE", NULL, "write JUnit XML at the end" },
    { "exec", 0, OPT_TEXT, &args.program, "PROGRAM", NULL,
      "run it when a route begins to fail or is well again (BASELINE_* in its environment)" },
    { "webhook", 0, OPT_TEXT, &args.webhook, "file:PATH", NULL,
      "POST to the URL kept there (or env:VAR, fd:N) when that happens" },
};

static const struct option_row of_wait[] = {
    { "exclude", 0, OPT_TEXT, &args.exclude, "SHARE", "1/8",
      "the smallest share of stale workers to rule out" },
    { "alpha", 0, OPT_TEXT, &args.alpha, "SHARE", "5%",
      "how often 'recovered' may be said wrongly" },
    { "max", 0, OPT_COUNT, &args.looks, "N", "300",
      "probes of a route from its first success on, at most" },
    { "normal", 0, OPT_TEXT, &args.normal, "SHARE", "0",
      "what fails on a healthy day" },
    { "spread", 0, OPT_DURATION, &args.spread, "TIME", "0s",
      "the successes must span this (how long a pool keeps a connection)" },
    { "within", 0, OPT_DURATION, &args.within, "TIME", "10m", "give up after this" },
    { "burst", 0, OPT_COUNT, &args.burst, "N", "4",
      "every other time as many at once: one idle worker must not answer all" },
    { "fail-fast", 0, OPT_FLAG, &args.fail_fast, NULL, NULL,
      "end as soon as it is sure to be still broken" },
};

static const struct option_row of_samples[] = {
    { "every", 0, OPT_DURATION, &args.every, "TIME", "0s",
      "between the probes of a route (0s: as the rate allows)" },
    { "count", 'n', OPT_COUNT, &args.count, "N", "50", "probes of each route" },
};

static const struct option_row of_clock[] = {
    { "probes", 0, OPT_COUNT, &args.clock_probes, "N", "240", "requests to a server, at most" },
    { "for", 0, OPT_DURATION, &args.clock_length, "TIME", "6s", "measure as long as this" },
    { "stale", 0, OPT_TEXT, &args.stale, "TIME", NULL,
      "the server may keep a Date as long as this [by its Server header]" },
};

static const struct option_verb verbs[] = {
    { "", "[URL...]", "probe routes and record what they answer", OPTION_ROWS(of_run), run_verb },
    { "run", "[URL...]", "the same", OPTION_ROWS(of_run), run_verb },
    { "wait", "[URL...]", "until the routes are recovered, with a stated error",
      OPTION_ROWS(of_wait), wait_verb },
    { "clock", "[URL...]", "how far the servers' clocks are off, within hard bounds",
      OPTION_ROWS(of_clock), clock_verb },
    { "record", "NAME [URL...]", "what the routes are like while they are well",
      OPTION_ROWS(of_samples), record_verb },
    { "compare", "NAME [URL...]", "better, same or worse than then, or not enough to say",
      OPTION_ROWS(of_samples), compare_verb },
};
/* clang-format on */

static const char *const examples[] = {
    "baseline run http://shop/api/users http://shop/orders",
    "baseline record monday http://shop/api/users",
    "baseline wait --exclude 1/8 http://shop/api/users",
    NULL,
};

int
main(int argc, char **argv)
{
    static const struct option_tool tool = {
        .name = "baseline",
        .help = "What users of the routes see, and by whose clock",
        .verbs = verbs,
        .verbs_len = LEN(verbs),
        .options = OPTION_ROWS(of_requests),
        .examples = examples,
    };

    return (int)options_main(&tool, argc, argv);
}
