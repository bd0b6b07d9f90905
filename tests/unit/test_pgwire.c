/* SPDX-License-Identifier: MIT */
#include "net/pgwire.h"

#include "net/scram.h"
#include "tap.h"

static void
a_startup_message_is_what_the_manual_says(void)
{
    AUTO(strbuf) out = { 0 };

    pgwire_startup(&out, STR("app"), STR("shop"), STR(""));
    ok(str_eq(strbuf_str(&out), STR("\0\0\0\x20\0\3\0\0user\0app\0database\0shop\0\0")),
       "length, 3.0, pairs, a final zero");
    strbuf_clear(&out);
    pgwire_ssl_request(&out);
    ok(str_eq(strbuf_str(&out), STR("\0\0\0\x08\x04\xd2\x16\x2f")), "SSLRequest is 80877103");
    strbuf_clear(&out);
    pgwire_sasl_initial(&out, STR("SCRAM-SHA-256"), STR("n,,n=,r=abc"));
    ok(str_eq(strbuf_str(&out), STR("p\0\0\0\x21SCRAM-SHA-256\0\0\0\0\x0bn,,n=,r=abc")),
       "SASLInitialResponse names the mechanism and the length of what follows");
}

static void
messages_are_read_only_when_they_are_whole(void)
{
    static const char auth[] = "R\0\0\0\x17\0\0\0\nSCRAM-SHA-256\0\0rest";
    struct pgwire_message m;
    enum pgwire_auth what;
    struct str data;
    size_t used = 0;

    for (size_t n = 0; n < 24; n++)
        if (pgwire_read((struct str){ auth, n }, &m, &used) != PGWIRE_MORE)
            ok(false, "%zu bytes of it are not all", n);
    ok(pgwire_read((struct str){ auth, sizeof(auth) - 1 }, &m, &used) == PGWIRE_MESSAGE &&
           used == 24 && m.type == 'R',
       "all of it is");
    ok(pgwire_auth_read(m.body, &what, &data) && what == AUTH_SASL, "it asks for SASL");
    ok(pgwire_offers(data, STR("SCRAM-SHA-256")) &&
           !pgwire_offers(data, STR("SCRAM-SHA-256-PLUS")),
       "and names the mechanisms");
}

static void
garbage_is_nobodys_message(void)
{
    struct pgwire_message m;
    size_t used;

    ok(pgwire_read(STR("R\xff\xff\xff\xff"), &m, &used) == PGWIRE_FOREIGN, "an endless length");
    ok(pgwire_read(STR("R\0\0\0\3"), &m, &used) == PGWIRE_FOREIGN, "a length below its own");
    ok(pgwire_read(STR("HTTP/1.1"), &m, &used) == PGWIRE_FOREIGN, "another service");
}

static void
errors_tell_their_fields_in_any_order(void)
{
    struct pgwire_error e;
    static const char said[] = "SВАЖНО\0VFATAL\0C28000\0Mno entry\0Fauth.c\0L544\0"
                               "RClientAuthentication\0\0";

    ok(pgwire_error_read((struct str){ said, sizeof(said) - 1 }, &e), "read");
    ok(str_eq(e.severity, STR("FATAL")) && str_eq(e.sqlstate, STR("28000")) &&
           str_eq(e.message, STR("no entry")) && str_eq(e.routine, STR("ClientAuthentication")),
       "the severity that is not translated is taken");
    ok(!pgwire_error_read(STR("Mno end"), &e), "a field without an end is refused");
    ok(!pgwire_error_read(STR("\0"), &e), "an error that says nothing is none");
}

static void
strangers_are_known_by_their_first_bytes(void)
{
    for (size_t i = 0; i < pgwire_strangers_len; i++) {
        const char *name = pgwire_stranger(pgwire_strangers[i].sample);

        ok(name && strcmp(name, pgwire_strangers[i].name) == 0, "%s", pgwire_strangers[i].name);
    }
    ok(!pgwire_stranger(STR("R\0\0\0\x17\0\0\0\nSCRAM-SHA-256\0\0")),
       "PostgreSQL is no stranger");
    ok(!pgwire_stranger(STR("")), "silence is nobody");
}

static void
a_salt_is_read_from_the_servers_first_message(void)
{
    struct scram_salt salt = { 0 };
    struct str first = STR("n,,n=,r=rOprNGfwEbeRWgbNEkqO");

    /* RFC 7677, section 3. */
    ok(scram_salt_read(STR("r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                           "s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"),
                       first, &salt) &&
           salt.n == 16 && salt.iterations == 4096 && salt.bytes[0] == 0x5b,
       "salt and iterations of the RFC's example");
    ok(!scram_salt_read(STR("r=other,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"), first, &salt),
       "a nonce that is not ours is refused");
    ok(!scram_salt_read(STR("r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6g,i=4096"), first,
                        &salt),
       "so is base64 that is none");
    ok(!scram_salt_read(STR("r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=0"), first,
                        &salt),
       "and a count of nothing");
    ok(salt.n == 16, "what was read stays");
}

int
main(void)
{
    a_startup_message_is_what_the_manual_says();
    messages_are_read_only_when_they_are_whole();
    garbage_is_nobodys_message();
    errors_tell_their_fields_in_any_order();
    strangers_are_known_by_their_first_bytes();
    a_salt_is_read_from_the_servers_first_message();
    return done_testing();
}
