/* SPDX-License-Identifier: MIT */
#include "net/verifier.h"

#include <stdlib.h>

#include "net/saslprep.h"
#include "tap.h"

/* The prepared form is `wanted`; NULL: there is none, for the reason `how`. */
static bool
prepares(struct str password, const char *wanted, enum saslprep how)
{
    AUTO(secret) s = { 0 };
    enum saslprep got;

    if (saslprep_run(&s, password, &got) != OK)
        abort();
    return got == how && (!wanted || str_eq(secret_reveal(&s), str_of(wanted)));
}

static void
passwords_are_prepared_as_rfc_4013_says(void)
{
    ok(prepares(STR("plain \t~"), "plain \t~", SASLPREP_DONE), "ASCII stays");
    ok(prepares(STR("I\xc2\xadX"), "IX", SASLPREP_DONE), "a soft hyphen is mapped to nothing");
    ok(prepares(STR("\xc2\xaa"), "a", SASLPREP_DONE), "an ordinal indicator is normalized");
    ok(prepares(STR("\xe2\x85\xa8"), "IX", SASLPREP_DONE), "so is a Roman nine");
    ok(prepares(STR("a\xc2\xa0z"), "a z", SASLPREP_DONE), "a no-break space is a space");
    ok(prepares(STR("e\xcc\x81"), "\xc3\xa9", SASLPREP_DONE), "an accent is composed");
    ok(prepares(STR("a\xcc\x96\xcc\x81"), "\xc3\xa1\xcc\x96", SASLPREP_DONE),
       "whatever order the marks come in");
    ok(prepares(STR("\xd8\xa7\x31"), NULL, SASLPREP_PROHIBITED),
       "right-to-left text must end as it begins");
    ok(prepares(STR("\xd8\xa7\xd8\xa8"), "\xd8\xa7\xd8\xa8", SASLPREP_DONE),
       "and then is well");
    ok(prepares(STR("\xd8\xa7z\xd8\xa8"), NULL, SASLPREP_PROHIBITED), "without Latin in it");
    ok(prepares(STR("\xc3\xbf\x07"), NULL, SASLPREP_PROHIBITED), "a bell is prohibited");
    ok(prepares(STR("\xc8\xa1"), NULL, SASLPREP_PROHIBITED), "so is what Unicode 3.2 had not");
    ok(prepares(STR("\xc2\xad"), NULL, SASLPREP_PROHIBITED), "and what maps to nothing at all");
    ok(prepares(STR("\xff\xfe"), NULL, SASLPREP_INVALID),
       "bytes that are no UTF-8 have no form");
}

static void
tables_are_sorted(void)
{
    const struct code_ranges *all[] = { &saslprep_spaces,     &saslprep_nothing,
                                        &saslprep_prohibited, &saslprep_unassigned,
                                        &saslprep_right,      &saslprep_left };

    for (size_t t = 0; t < LEN(all); t++) {
        bool sorted = all[t]->len > 0;

        for (size_t i = 0; i < all[t]->len; i++)
            sorted = sorted && all[t]->ranges[i].low <= all[t]->ranges[i].high &&
                     (i == 0 || all[t]->ranges[i - 1].high < all[t]->ranges[i].low);
        ok(sorted, "table %zu of RFC 3454 can be searched", t);
    }
}

static enum verifier_answer
verdict(struct str verifier, const char *role, struct str password)
{
    AUTO(secret) candidate = { 0 };
    struct verifier v;
    const char *why;

    if (!verifier_read(verifier, &v) || secret_set(&candidate, password) != OK)
        abort();
    return verifier_check(&v, str_of(role), &candidate, &why);
}

static void
a_candidate_is_judged_without_a_login(void)
{
    /* RFC 7677, section 3: user "user", password "pencil". */
    struct str rfc = STR("SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$"
                         "WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:"
                         "wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=");
    struct str damaged = STR("SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$"
                             "WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:"
                             "WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=");
    struct str md5 = STR("md59b0f8bcfeb80ba97d2c73fdbb0bb4bd7");

    ok(verdict(rfc, "", STR("pencil")) == VERIFIER_MATCHES, "the RFC's password matches");
    ok(verdict(rfc, "", STR("Pencil")) == VERIFIER_DIFFERS, "another does not");
    ok(verdict(rfc, "",
               STR("pen\xc2\xad"
                   "cil")) == VERIFIER_MATCHES,
       "what SASLprep makes equal does");
    ok(verdict(rfc, "", STR("")) == VERIFIER_DIFFERS, "an empty one never does");
    ok(verdict(rfc, "", STR("pen\0cil")) == VERIFIER_UNDECIDED, "a zero byte cannot be judged");
    ok(verdict(damaged, "", STR("pencil")) == VERIFIER_UNDECIDED, "nor can a damaged verifier");
    ok(verdict(md5, "", STR("x")) == VERIFIER_UNDECIDED, "nor md5 without the role");
    ok(verdict(md5, "app", STR("x")) == VERIFIER_DIFFERS, "with it, it can");
}

static void
what_is_no_verifier_is_refused(void)
{
    static const char *const none[] = {
        "",
        "md5",
        "md5XYZ",
        "SCRAM-SHA-256$",
        "SCRAM-SHA-256$4096:$a:b",
        "SCRAM-SHA-256$0:YQ==$a:b",
        "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$short=:short=",
        "secret",
    };
    struct verifier v;

    for (size_t i = 0; i < LEN(none); i++)
        ok(!verifier_read(str_of(none[i]), &v), "\"%s\"", none[i]);
}

int
main(void)
{
    passwords_are_prepared_as_rfc_4013_says();
    tables_are_sorted();
    a_candidate_is_judged_without_a_login();
    what_is_no_verifier_is_refused();
    return done_testing();
}
