/* SPDX-License-Identifier: MIT */
#include "cli/option_table.h"

#include <stdio.h>

enum { LEFT = 30 };

/* "  -t, --timeline FILE          what it does [default]", folded where the left is long. */
static void
print_row(const struct option_row *row)
{
    AUTO(strbuf) left = { .max = 512 };

    strbuf_adds(&left, "  ");
    if (row->letter)
        strbuf_addf(&left, "-%c, ", row->letter);
    strbuf_addf(&left, "--%s", row->name);
    if (row->arg)
        strbuf_addf(&left, " %s", row->arg);
    if (left.n + 2 > LEFT) {
        printf("%s\n", strbuf_text(&left));
        strbuf_clear(&left);
    }
    printf("%-*s%s", LEFT, strbuf_text(&left), row->help);
    printf(row->otherwise ? " [%s]\n" : "\n", row->otherwise);
}

static void
print_rows(const char *title, struct option_rows rows)
{
    if (rows.len == 0)
        return;
    printf("\n%s\n", title);
    for (size_t i = 0; i < rows.len; i++)
        print_row(&rows.rows[i]);
}

static void
print_usage(const struct option_tool *tool)
{
    for (size_t i = 0; i < tool->verbs_len; i++) {
        const struct option_verb *v = &tool->verbs[i];
        AUTO(strbuf) left = { .max = 512 };

        strbuf_addf(&left, "  %s%s%s%s%s", tool->name, *v->name ? " " : "", v->name,
                    *v->args ? " " : "", v->args);
        if (left.n + 2 > LEFT + 8) {
            printf("%s\n", strbuf_text(&left));
            strbuf_clear(&left);
        }
        printf("%-*s%s\n", LEFT + 8, strbuf_text(&left), v->help);
    }
}

static void
print_tool(const struct option_tool *tool)
{
    static const struct option_row answered[] = {
        { .name = "help", .help = "this text; behind a verb, the verb's options" },
        { .name = "version", .help = "the version" },
        { .name = "completions", .arg = "bash|zsh|fish", .help = "a completion script" },
    };

    printf("%s: %s\n\n", tool->name, tool->help);
    print_usage(tool);
    for (size_t i = 0; i < tool->verbs_len; i++)
        if (!*tool->verbs[i].name)
            print_rows("options", tool->verbs[i].options);
    print_rows("options of every verb", tool->options);
    print_rows("options of every tool", (struct option_rows){ common_rows, common_rows_len });
    print_rows("answered at once", (struct option_rows)OPTION_ROWS(answered));
    if (tool->examples)
        printf("\nexamples\n");
    for (size_t i = 0; tool->examples && tool->examples[i]; i++)
        printf("  %s\n", tool->examples[i]);
    printf("\nexit: 0 yes, found, well - 1 no, nothing found, trouble - 2 wrong arguments - "
           "3 in part or inconclusive - 4 no answer\n");
}

void
options_help(const struct option_tool *tool, const struct option_verb *verb)
{
    if (verb == NULL) {
        print_tool(tool);
        return;
    }
    printf("%s %s%s%s: %s\n", tool->name, verb->name, *verb->args ? " " : "", verb->args,
           verb->help);
    print_rows("options", verb->options);
    print_rows("options of every verb", tool->options);
    printf("\n%s --help shows the rest.\n", tool->name);
}
