/* SPDX-License-Identifier: MIT */
#include "observe/ladder.h"

#include "net/pgerror.h"
#include "tap.h"

static void
every_rung_is_found_by_its_own_sample(void)
{
    for (size_t i = 0; i < ladder_len; i++) {
        const struct rung *found = ladder_find(&ladder[i].sample);

        ok(found == &ladder[i], "%s %s %s: \"%s\"",
           ladder[i].sqlstate ? ladder[i].sqlstate : "-",
           ladder[i].routine ? ladder[i].routine : "-", ladder[i].words ? ladder[i].words : "-",
           found->says);
    }
}

static void
a_rung_does_not_need_the_language(void)
{
    struct refusal russian = { STR("53300"), STR("InitProcess"),
                               STR("извините, уже слишком много клиентов") };
    struct refusal role = { STR("53300"), STR("InitializeSessionUserId"),
                            STR("слишком много") };

    ok(ladder_find(&russian)->password == PASSWORD_UNTESTED, "full before the password");
    ok(ladder_find(&role)->password == PASSWORD_GOOD, "a role's limit comes after it");
}

static void
a_code_nobody_told_of_is_no_session_rather_than_a_guess(void)
{
    struct refusal odd = { STR("XX000"), STR("SomewhereElse"), STR("invalid cache entry") };

    ok(ladder_find(&odd)->password == PASSWORD_UNTESTED, "nothing is said of the password");
}

static void
each_attempt_of_libpq_is_a_block_of_its_own(void)
{
    static const char prefer[] =
        "connection to server at \"db\" (10.0.0.7), port 5432 failed: FATAL:  28P01: password "
        "authentication failed for user \"app\"\nLOCATION:  auth_failed, auth.c:334\n"
        "connection to server at \"db\" (10.0.0.7), port 5432 failed: ВАЖНО:  42501: нет "
        "доступа\n"
        "DETAIL:  User does not have CONNECT privilege.\nsecond line\n"
        "LOCATION:  CheckMyDatabase, postinit.c:363\n";
    struct pg_refusal r[4];
    size_t n = pg_refusals_read(str_of(prefer), r, LEN(r));

    ok(n == 2, "sslmode=prefer leaves two");
    ok(str_eq(r[0].sqlstate, STR("28P01")) && str_eq(r[0].routine, STR("auth_failed")),
       "the first with its code and function");
    ok(str_eq(r[0].message, STR("password authentication failed for user \"app\"")),
       "and its words");
    ok(str_eq(r[1].severity, STR("ВАЖНО")) && str_eq(r[1].sqlstate, STR("42501")),
       "a server may speak Russian");
    ok(str_eq(r[1].detail, STR("User does not have CONNECT privilege.\nsecond line")),
       "a detail may have lines");
    ok(str_eq(r[0].place, STR("server at \"db\" (10.0.0.7), port 5432")), "and it says where");
}

static void
the_words_of_libpq_have_no_code(void)
{
    static const char refused[] =
        "connection to server at \"127.0.0.1\", port 57999 failed: Connection refused\n"
        "\tIs the server running on that host and accepting TCP/IP connections?\n";
    static const char file[] =
        "connection to server at \"h\", port 1 failed: FATAL:  28P01: no\n"
        "LOCATION:  auth_failed, auth.c:334\npassword retrieved from file "
        "\"/home/a/.pgpass\"\n";
    struct pg_refusal r[2];

    ok(pg_refusals_read(str_of(refused), r, 2) == 1 && r[0].sqlstate.n == 0, "none is made up");
    ok(str_starts(r[0].message, STR("Connection refused")), "they are the message");
    ok(pg_refusals_read(str_of(file), r, 2) == 1 &&
           str_eq(r[0].passfile, STR("/home/a/.pgpass")),
       "the passfile it names is kept");
    ok(pg_refusals_read(STR(""), r, 2) == 0, "nothing said, nothing read");
    ok(pg_refusals_read(str_of(refused), r, 0) == 0, "no more than there is room for");
}

int
main(void)
{
    every_rung_is_found_by_its_own_sample();
    a_rung_does_not_need_the_language();
    a_code_nobody_told_of_is_no_session_rather_than_a_guess();
    each_attempt_of_libpq_is_a_block_of_its_own();
    the_words_of_libpq_have_no_code();
    return done_testing();
}
