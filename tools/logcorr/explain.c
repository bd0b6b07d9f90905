/* SPDX-License-Identifier: MIT */
#include "observe/explain.h"

#include <stdio.h>
#include <stdlib.h>

#include "args.h"
#include "cli/output.h"
#include "print.h"

static enum status
explain_line(struct explainer *x, struct str line, uint64_t number)
{
    AUTO(strbuf) out = { 0 };
    AUTO(strbuf) why = { 0 };
    struct event e;

    explainer_read(x, line, number, &e, &why);
    if (common_options.json) {
        print_json(&out, &e, "-", strbuf_text(&why));
    } else {
        print_text(&out, &e, "-", true);
        strbuf_addf(&out, "    %s\n", strbuf_text(&why));
    }
    return output_write(&out);
}

static enum status
explain_all(struct explainer *x)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t n;
    enum status st = OK;

    for (uint64_t number = 1; st == OK && (n = getline(&line, &room, stdin)) > 0; number++) {
        if (line[n - 1] == '\n')
            n--;
        st = explain_line(x, (struct str){ line, (size_t)n }, number);
    }
    free(line);
    return st;
}

enum exit_code
explain_verb(int argc, char **argv)
{
    const struct reader_request q = {
        .zones = common_options.zones.items,
        .zones_len = common_options.zones.len,
        .years = args.years.items,
        .years_len = args.years.len,
        .pg_prefix = args.pg_prefix,
        .now_said = common_options.now != NULL,
    };
    struct explainer *x = NULL;
    enum status st = explainer_open(&x, &q);

    (void)argc;
    (void)argv;
    if (st == OK)
        st = explain_all(x);
    explainer_close(x);
    return st == OK ? EXIT_YES : options_fail(st);
}
