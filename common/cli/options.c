/* SPDX-License-Identifier: MIT */
#include "cli/options.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/config.h"
#include "cli/option_table.h"
#include "time/moment.h"
#include "time/now.h"

/* Which tool this process is, for the messages; the config is kept for its views. */
static struct {
    const char *name;
    struct config config;
} running;

struct words {
    const struct option_tool *tool;
    const struct option_verb *verb;
    struct option_table table;
    int argc;
    char **argv;
    int i;    /* the word being read */
    int left; /* words that are no options, gathered at argv[1..left] */
    bool help;
};

void
options_say(const char *fmt, ...)
{
    va_list ap;

    if (common_options.quiet)
        return;
    fprintf(stderr, "%s: ", running.name);
    va_start(ap, fmt);
    vfprintf(stderr, fmt, ap);
    va_end(ap);
    fputc('\n', stderr);
}

enum exit_code
options_fail(enum status st)
{
    fprintf(stderr, "%s: %s\n", running.name, err_text());
    return status_exit(st);
}

static const struct option_verb *
verb_named(const struct option_tool *tool, struct str name)
{
    for (size_t i = 0; i < tool->verbs_len; i++)
        if (str_eq(str_of(tool->verbs[i].name), name))
            return &tool->verbs[i];
    return NULL;
}

/* The row of any verb: needed before the verb is known, to tell a value from a word. */
static const struct option_row *
row_of_any(const struct option_tool *tool, struct str name, char letter)
{
    const struct option_row *row = NULL;

    for (size_t i = 0; row == NULL && i < tool->verbs_len; i++) {
        struct option_table t = option_table_of(tool, &tool->verbs[i]);
        row = option_table_find(&t, name, letter);
    }
    return row;
}

static bool
takes_next_word(const struct option_tool *tool, const char *word)
{
    struct str name = str_of(word + 1);
    const struct option_row *row;

    if (word[1] != '-')
        row = name.n == 1 ? row_of_any(tool, name, word[1]) : NULL;
    else
        row = row_of_any(tool, str_skip(name, 1), 0);
    return row && row->type != OPT_FLAG;
}

/* The first word that is no option, if it names a verb; else the default verb. */
static const struct option_verb *
find_verb(const struct option_tool *tool, int argc, char **argv, int *ret_at)
{
    const struct option_verb *verb = NULL;

    *ret_at = 0;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--") == 0)
            break;
        if (argv[i][0] == '-' && argv[i][1] != '\0') {
            i += takes_next_word(tool, argv[i]);
            continue;
        }
        verb = verb_named(tool, str_of(argv[i]));
        *ret_at = verb ? i : 0;
        break;
    }
    return verb ? verb : verb_named(tool, STR(""));
}

static enum status
unknown(const struct words *w, const char *word)
{
    const char *verb = w->verb->name;

    return fail(ERR_USAGE, "no option '%s' (%s %s%s--help lists them)", word, w->tool->name,
                verb, *verb ? " " : "");
}

/* The value of an option that wants one: behind '=', behind the letter, or the next word. */
static enum status
take_value(struct words *w, const struct option_row *row, const char *inside, const char **ret)
{
    if (inside == NULL && w->i + 1 >= w->argc)
        return fail(ERR_USAGE, "--%s needs a value: %s", row->name, row->arg);
    *ret = inside ? inside : w->argv[++w->i];
    return OK;
}

static enum status
read_long(struct words *w, const char *word)
{
    const char *equals = strchr(word, '=');
    struct str name =
        equals ? (struct str){ word + 2, (size_t)(equals - word) - 2 } : str_of(word + 2);
    const struct option_row *row = option_table_find(&w->table, name, 0);
    const char *value = equals ? equals + 1 : NULL;
    enum status st = OK;

    if (str_eq(name, STR("help"))) {
        w->help = true;
        return OK;
    }
    if (row == NULL)
        return unknown(w, word);
    if (row->type != OPT_FLAG)
        st = take_value(w, row, value, &value);
    return st ? st : option_set(row, value ? value : "");
}

static enum status
read_letters(struct words *w, const char *word)
{
    for (const char *c = word + 1; *c; c++) {
        const struct option_row *row = option_table_find(&w->table, (struct str){ 0 }, *c);
        const char *value = NULL;
        enum status st = OK;

        if (row == NULL)
            return unknown(w, word);
        if (row->type != OPT_FLAG)
            st = take_value(w, row, c[1] ? c + 1 : NULL, &value);
        if (st == OK)
            st = option_set(row, value ? value : "");
        if (st != OK || value)
            return st;
    }
    return OK;
}

static enum status
read_words(struct words *w, int verb_at)
{
    bool options_end = false;
    enum status st = OK;

    for (w->i = 1; st == OK && w->i < w->argc; w->i++) {
        char *word = w->argv[w->i];

        if (w->i == verb_at)
            continue;
        if (!options_end && strcmp(word, "--") == 0)
            options_end = true;
        else if (options_end || word[0] != '-' || word[1] == '\0')
            w->argv[++w->left] = word;
        else
            st = word[1] == '-' ? read_long(w, word) : read_letters(w, word);
    }
    w->argv[w->left + 1] = NULL;
    return st;
}

static enum status
apply_defaults(const struct option_table *t)
{
    const struct option_row *row;
    enum status st = OK;

    for (size_t i = 0; st == OK && (row = option_table_at(t, i)) != NULL; i++)
        if (row->otherwise && row->type != OPT_FLAG && row->type != OPT_LIST)
            st = option_set(row, row->otherwise);
    return st;
}

/* Entries of [all] or before any section, and of [TOOL], set options; sections with two
 * words ([format NAME]) are the tools' own. A section of another tool is skipped. */
static enum status
apply_config(const struct config *c, const struct option_tool *tool,
             const struct option_table *t)
{
    for (size_t i = 0; i < c->len; i++) {
        const struct config_entry *e = &c->entries[i];
        bool shared = !*e->section || strcmp(e->section, "all") == 0;
        const struct option_row *row = option_table_find(t, str_of(e->name), 0);
        enum status st;

        if (!shared && strcmp(e->section, tool->name) != 0)
            continue;
        if (row == NULL && row_of_any(tool, str_of(e->name), 0) == NULL && !shared)
            return config_fail(c, e, "%s has no option '%s'", tool->name, e->name);
        st = row ? option_set(row, e->value) : OK;
        if (st != OK)
            return note(st, "%s:%u:%u", c->path, e->line, e->column);
    }
    return OK;
}

static void
add_home_path(struct strbuf *out, const char *variable, const char *below_home,
              const char *rest)
{
    const char *base = getenv(variable), *home = getenv("HOME");

    if (base && *base)
        strbuf_addf(out, "%s/%s", base, rest);
    else if (home && *home)
        strbuf_addf(out, "%s/%s/%s", home, below_home, rest);
}

enum status
options_state_file(struct strbuf *ret)
{
    size_t before = ret->n;

    add_home_path(ret, "XDG_STATE_HOME", ".local/state", "rotascope/incident");
    if (ret->n == before)
        return fail(ERR_SYSTEM, "neither XDG_STATE_HOME nor HOME says where to remember it");
    return OK;
}

/* --config must be there; the default file may be. It is read before the other words, so
 * that they win: hence the look for it in the raw words. */
static enum status
read_config(const struct option_tool *tool, const struct option_table *t, int argc, char **argv)
{
    AUTO(strbuf) usual = { .max = 4096 };
    const char *path = NULL;
    enum status st;

    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strncmp(argv[i], "--config=", 9) == 0)
            path = argv[i] + 9;
        else if (strcmp(argv[i], "--config") == 0 && i + 1 < argc)
            path = argv[i + 1];
    }
    add_home_path(&usual, "XDG_CONFIG_HOME", ".config", "rotascope/config");
    if (path == NULL && usual.n && access(usual.p, R_OK) == 0)
        path = usual.p;
    if (path == NULL)
        return OK;
    st = config_read(&running.config, path);
    if (st == ERR_SYSTEM)
        return fail(ERR_USAGE, "--config: %s", err_text());
    return st ? st : apply_config(&running.config, tool, t);
}

/* The timeline nobody named: the environment's, else the opened incident's. */
static void
find_timeline(void)
{
    static struct strbuf opened = { .max = 4096 };
    AUTO(strbuf) state = { .max = 4096 };
    const char *said = getenv("INCIDENT_TIMELINE");

    if (common_options.timeline)
        return;
    if (said && *said) {
        common_options.timeline = said;
        return;
    }
    if (options_state_file(&state) || file_read(state.p, &opened) || opened.n == 0)
        return;
    opened.p[strcspn(opened.p, "\n")] = '\0';
    common_options.timeline = opened.p;
}

/* For --now: from here on that is the present, for every part of the program. */
static enum status
freeze_now(void)
{
    struct zone *viewer;
    struct moment m;
    enum status st;

    if (common_options.now == NULL)
        return OK;
    st = zone_open(&viewer, STR("local"));
    if (st != OK)
        return st;
    st = moment_read(&m, common_options.now, viewer, now_real());
    zone_close(viewer);
    if (st == OK && m.is_event)
        st = fail(ERR_USAGE, "an event cannot be the present");
    if (st != OK)
        return note(st, "--now");
    now_freeze(m.span.low);
    return OK;
}

static enum status
prepare(struct words *w, int verb_at)
{
    enum status st = apply_defaults(&w->table);

    if (st == OK)
        st = read_config(w->tool, &w->table, w->argc, w->argv);
    if (st == OK)
        st = read_words(w, verb_at);
    if (st == OK && !w->help && w->left > 0 && *w->verb->args == '\0')
        st = fail(ERR_USAGE, "what is '%s'? (%s --help)", w->argv[1], w->tool->name);
    return st ? st : freeze_now();
}

/* --version and --completions are answered whatever else stands there. */
static bool
answer_early(const struct option_tool *tool, int argc, char **argv, enum exit_code *ret)
{
    static const char shells[] = "--completions=";

    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        enum status st = OK;

        if (strcmp(argv[i], "--version") == 0)
            printf("%s %s (rotascope)\n", tool->name, VERSION);
        else if (strncmp(argv[i], shells, sizeof(shells) - 1) == 0)
            st = options_completions(tool, argv[i] + sizeof(shells) - 1);
        else
            continue;
        *ret = st ? options_fail(st) : EXIT_YES;
        return true;
    }
    return false;
}

static enum exit_code
prepare_and_run(struct words *w, int verb_at)
{
    enum status st = prepare(w, verb_at);

    if (st != OK)
        return options_fail(st);
    if (w->help) {
        options_help(w->tool, verb_at ? w->verb : NULL);
        return EXIT_YES;
    }
    find_timeline();
    return w->verb->run(w->left, w->argv + 1);
}

static void
release(const struct option_table *t)
{
    const struct option_row *row;

    for (size_t i = 0; (row = option_table_at(t, i)) != NULL; i++)
        if (row->type == OPT_LIST) {
            struct option_list *list = row->into;
            free(list->items);
            *list = (struct option_list){ 0 };
        }
    config_done(&running.config);
}

enum exit_code
options_main(const struct option_tool *tool, int argc, char **argv)
{
    struct words w = { .tool = tool, .argc = argc, .argv = argv };
    enum exit_code code;
    int verb_at;

    running.name = tool->name;
    if (answer_early(tool, argc, argv, &code))
        return code;
    w.verb = find_verb(tool, argc, argv, &verb_at);
    w.table = option_table_of(tool, w.verb);
    code = prepare_and_run(&w, verb_at);
    release(&w.table);
    return code;
}
