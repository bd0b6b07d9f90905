/* SPDX-License-Identifier: MIT */
#include "base/child.h"
#include "tap.h"

static const int64_t S = 1000000000;

static void
a_program_gets_its_words_as_they_are(void)
{
    const char *argv[] = { "printf", "%s|", "$(id)", "a b", "; true", NULL };
    AUTO(strbuf) out = { 0 };
    int code = -1;

    ok(child_run(&(struct child_request){ .argv = argv }, 10 * S, &out, NULL, &code) == OK &&
           code == 0,
       "it ran");
    ok(str_eq(strbuf_str(&out), STR("$(id)|a b|; true|")), "no shell touched them");
}

static void
input_output_and_errors_stay_apart_unless_asked(void)
{
    const char *argv[] = { "sh", "-c", "cat; echo $WORD >&2; exit 3", NULL };
    const char *env[] = { "WORD=said", NULL };
    struct child_request q = { argv, env, STR("given\n"), false };
    AUTO(strbuf) out = { 0 };
    AUTO(strbuf) err = { 0 };
    int code = -1;

    ok(child_run(&q, 10 * S, &out, &err, &code) == OK && code == 3,
       "its exit status comes back");
    ok(str_eq(strbuf_str(&out), STR("given\n")) && str_eq(strbuf_str(&err), STR("said\n")),
       "two streams");
    strbuf_clear(&out);
    q.merged = true;
    ok(child_run(&q, 10 * S, &out, &err, &code) == OK &&
           str_eq(strbuf_str(&out), STR("given\nsaid\n")),
       "or one");
}

static void
what_cannot_be_started_says_why(void)
{
    const char *argv[] = { "no-such-program-here", NULL };
    struct child c = { 7, 7, 7 };

    ok(child_start(&c, &(struct child_request){ .argv = argv }) == ERR_SYSTEM && c.pid == 7 &&
           strstr(err_text(), "no-such-program-here: No such file"),
       "%s", err_text());
}

static void
what_never_ends_is_stopped(void)
{
    const char *argv[] = { "sleep", "600", NULL };
    struct child c;
    int code = -1;

    ok(child_run(&(struct child_request){ .argv = argv }, S / 10, NULL, NULL, &code) ==
               ERR_LIMIT &&
           code == -1,
       "%s", err_text());
    ok(child_start(&c, &(struct child_request){ .argv = argv }) == OK &&
           child_stop(&c, 0) == 128 + 15 && c.pid == 0,
       "stopped by TERM");
    ok(child_stop(&c, 0) == 0, "stopping twice does nothing");
}

static void
output_beyond_the_ceiling_is_dropped_and_told(void)
{
    const char *argv[] = { "head", "-c", "100000", "/dev/zero", NULL };
    AUTO(strbuf) out = { .max = 1000 };
    int code = -1;

    ok(child_run(&(struct child_request){ .argv = argv }, 10 * S, &out, NULL, &code) == OK &&
           code == 0 && strbuf_check(&out) == ERR_LIMIT,
       "the program is not made to wait");
}

int
main(void)
{
    a_program_gets_its_words_as_they_are();
    input_output_and_errors_stay_apart_unless_asked();
    what_cannot_be_started_says_why();
    what_never_ends_is_stopped();
    output_beyond_the_ceiling_is_dropped_and_told();
    return done_testing();
}
