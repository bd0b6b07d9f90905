/* SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/config.h"
#include "cli/option_table.h"
#include "tap.h"

static struct {
    bool loud;
    unsigned count;
    int64_t slack;
    const char *mode, *word;
    struct option_list many;
    size_t many_seen;
    const char *last_of_many;
    int ran, words;
    const char *first;
} args;

static const struct option_row rows[] = {
    { "loud", 'l', OPT_FLAG, &args.loud, NULL, NULL, "be loud" },
    { "count", 'n', OPT_COUNT, &args.count, "N", "3", "how many" },
    { "slack", 0, OPT_DURATION, &args.slack, "TIME", "5s", "how late" },
    { "mode", 0, OPT_CHOICE, &args.mode, "slow|fast", "slow", "how fast" },
    { "many", 'm', OPT_LIST, &args.many, "X", NULL, "again and again" },
};

static const struct option_row verb_rows[] = {
    { "word", 'w', OPT_TEXT, &args.word, "W", NULL, "a word" },
};

static enum exit_code
run_default(int argc, char **argv)
{
    args.ran = 1;
    args.words = argc;
    args.first = argv[0];
    args.many_seen = args.many.len;
    args.last_of_many = args.many.len ? args.many.items[args.many.len - 1] : NULL;
    return EXIT_YES;
}

static enum exit_code
run_verb(int argc, char **argv)
{
    (void)run_default(argc, argv);
    args.ran = 2;
    return EXIT_NO;
}

static const struct option_verb verbs[] = {
    { "", "FILE...", "read", { NULL, 0 }, run_default },
    { "watch", "", "watch", OPTION_ROWS(verb_rows), run_verb },
};

static const struct option_tool tool = {
    .name = "try",
    .help = "a tool",
    .verbs = verbs,
    .verbs_len = LEN(verbs),
    .options = OPTION_ROWS(rows),
};

/* Splits on blanks, runs, gives the exit code. */
static enum exit_code
run(const char *line)
{
    static char copy[512];
    char *argv[32] = { 0 };
    int argc = 0;

    memset(&args, 0, sizeof(args));
    memset(&common_options, 0, sizeof(common_options));
    snprintf(copy, sizeof(copy), "%s", line);
    for (char *word = copy, *next; word && argc < 31; word = next) {
        next = strchr(word, ' ');
        if (next)
            *next++ = '\0';
        argv[argc++] = word;
    }
    return options_main(&tool, argc, argv);
}

static void
options_stand_anywhere_in_every_spelling(void)
{
    ok(run("try a -n 7 --slack=1.5m b -l --many x -my --mode fast") == EXIT_YES, "runs");
    ok(args.ran == 1 && args.words == 2 && strcmp(args.first, "a") == 0, "two words are left");
    ok(args.count == 7 && args.slack == SECONDS(90) && args.loud, "numbers, times, flags");
    ok(args.many_seen == 2 && strcmp(args.last_of_many, "y") == 0, "lists grow");
    ok(strcmp(args.mode, "fast") == 0, "choices are taken");
}

static void
defaults_hold_until_something_is_said(void)
{
    ok(run("try --loud=no -- -n") == EXIT_YES && args.count == 3 && args.slack == SECONDS(5),
       "defaults");
    ok(!args.loud && args.words == 1 && strcmp(args.first, "-n") == 0,
       "a flag can be taken back, and -- ends the options");
}

static void
verbs_are_found_behind_options(void)
{
    ok(run("try -n 4 watch --word hi") == EXIT_NO && args.ran == 2, "the verb runs");
    ok(args.count == 4 && args.words == 0 && strcmp(args.word, "hi") == 0,
       "with its own option");
    ok(run("try --json x") == EXIT_YES && common_options.json, "common options too");
}

static void
wrong_words_are_named(void)
{
    static const struct {
        const char *line, *says;
    } cases[] = {
        { "try --slack 3x", "--slack: '3x' is not a time like 500ms, 3s, 5m, 2h or 1d" },
        { "try --mode=mad", "--mode: 'mad' is none of slow|fast" },
        { "try -n", "--count needs a value: N" },
        { "try --nope", "no option '--nope' (try --help lists them)" },
        { "try -x", "no option '-x' (try --help lists them)" },
        { "try --word hi", "no option '--word' (try --help lists them)" },
        { "try watch it", "what is 'it'? (try --help)" },
        { "try --count=-1", "--count: '-1' is not a number" },
        { "try --config=/nowhere/x", "--config: /nowhere/x: No such file or directory" },
    };

    for (size_t i = 0; i < LEN(cases); i++) {
        ok(run(cases[i].line) == EXIT_USAGE, "%s is refused", cases[i].line);
        ok(strcmp(err_text(), cases[i].says) == 0, "with: %s", err_text());
    }
}

static const char *
config_file(const char *text)
{
    static char path[] = "/tmp/test_options_XXXXXX";
    static bool made;
    int fd = made ? open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600) : mkstemp(path);

    made = true;
    if (write(fd, text, strlen(text)) < 0)
        return NULL;
    close(fd);
    return path;
}

static void
a_config_file_sets_the_same_rows(void)
{
    char line[256];
    const char *path = config_file("# mine\ncount = 9\n[try]\nslack = 2h\n[other]\nwhat = x\n"
                                   "[format mine]\npattern = \" a\n  b\"\n");

    snprintf(line, sizeof(line), "try --config %s --slack 1s", path);
    ok(run(line) == EXIT_YES && args.count == 9 && args.slack == SECONDS(1),
       "the file sets, the words win");
    config_file("[try]\nslak = 2h\n");
    ok(run(line) == EXIT_USAGE && strstr(err_text(), ":2:1: try has no option 'slak'"),
       "a wrong name is told with its place");
    config_file("[try]\n\nslack\n");
    ok(run(line) == EXIT_USAGE &&
           strstr(err_text(), ":3:1: neither [section] nor name = value"),
       "so is a line that is none");
    unlink(path);
}

static void
values_may_go_on_in_the_next_line(void)
{
    const char *path = config_file("[format x]\npattern = a\n  b # kept\n");
    struct config c;

    ok(config_read(&c, path) == OK && c.len == 1 &&
           strcmp(c.entries[0].value, "a\nb # kept") == 0,
       "joined by a newline");
    config_done(&c);
    unlink(path);
}

int
main(void)
{
    setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
    options_stand_anywhere_in_every_spelling();
    defaults_hold_until_something_is_said();
    verbs_are_found_behind_options();
    wrong_words_are_named();
    a_config_file_sets_the_same_rows();
    values_may_go_on_in_the_next_line();
    return done_testing();
}
