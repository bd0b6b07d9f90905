/* SPDX-License-Identifier: MIT */
#include "cli/option_table.h"

#include <stdio.h>

typedef void (*print_word)(const struct option_tool *, const struct option_row *,
                           const struct option_verb *);

/* Every word a tool understands, once: verbs (row NULL), then options (of one verb: `verb`,
 * of all: NULL). */
static void
each_word(const struct option_tool *tool, print_word print)
{
    struct option_table shared = option_table_of(tool, NULL);
    const struct option_row *row;

    for (size_t i = 0; i < tool->verbs_len; i++)
        if (*tool->verbs[i].name)
            print(tool, NULL, &tool->verbs[i]);
    for (size_t i = 0; (row = option_table_at(&shared, i)) != NULL; i++)
        print(tool, row, NULL);
    for (size_t i = 0; i < tool->verbs_len; i++)
        for (size_t k = 0; k < tool->verbs[i].options.len; k++)
            print(tool, &tool->verbs[i].options.rows[k], &tool->verbs[i]);
}

static void
bash_word(const struct option_tool *tool, const struct option_row *row,
          const struct option_verb *verb)
{
    (void)tool;
    if (row == NULL)
        printf("%s ", verb->name);
    else
        printf("--%s ", row->name);
}

static void
print_bash(const struct option_tool *tool)
{
    printf("_%s() {\n    COMPREPLY=($(compgen -W \"", tool->name);
    each_word(tool, bash_word);
    printf("--help --version\" -- \"${COMP_WORDS[COMP_CWORD]}\"))\n}\n"
           "complete -o default -F _%s %s\n",
           tool->name, tool->name);
}

/* The words of a help text, safe inside single quotes and brackets. */
static void
print_quoted(const char *text)
{
    for (; *text; text++)
        if (strchr("'[]\\:", *text) == NULL)
            putchar(*text);
}

static void
zsh_word(const struct option_tool *tool, const struct option_row *row,
         const struct option_verb *verb)
{
    (void)tool;
    if (row == NULL)
        printf("    '%s:", verb->name);
    else
        printf("    '--%s:", row->name);
    print_quoted(row ? row->help : verb->help);
    printf("'\n");
}

static void
print_zsh(const struct option_tool *tool)
{
    printf("#compdef %s\n_%s() {\n  local -a words\n  words=(\n", tool->name, tool->name);
    each_word(tool, zsh_word);
    printf("  )\n  _describe '%s' words\n  _files\n}\ncompdef _%s %s\n", tool->name, tool->name,
           tool->name);
}

static void
fish_word(const struct option_tool *tool, const struct option_row *row,
          const struct option_verb *verb)
{
    printf("complete -c %s", tool->name);
    if (row && verb && *verb->name)
        printf(" -n '__fish_seen_subcommand_from %s'", verb->name);
    if (row == NULL)
        printf(" -n __fish_use_subcommand -a %s -d '", verb->name);
    else if (row->letter)
        printf(" -s %c -l %s%s -d '", row->letter, row->name, row->arg ? " -r" : "");
    else
        printf(" -l %s%s -d '", row->name, row->arg ? " -r" : "");
    print_quoted(row ? row->help : verb->help);
    printf("'\n");
}

static void
print_fish(const struct option_tool *tool)
{
    each_word(tool, fish_word);
}

enum status
options_completions(const struct option_tool *tool, const char *shell)
{
    static const struct {
        const char *name;
        void (*print)(const struct option_tool *);
    } shells[] = { { "bash", print_bash }, { "zsh", print_zsh }, { "fish", print_fish } };

    for (size_t i = 0; i < LEN(shells); i++)
        if (strcmp(shells[i].name, shell) == 0) {
            shells[i].print(tool);
            return OK;
        }
    return fail(ERR_USAGE, "--completions: '%s' is none of bash|zsh|fish", shell);
}
