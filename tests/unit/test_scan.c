/* SPDX-License-Identifier: MIT */
#include "base/strbuf.h"
#include "logs/scan.h"
#include "tap.h"

static const struct str literals[] = {
    { "28P01", 5 },
    { "password authentication failed", 30 },
    { "\xd0\xbf\xd0\xbe\xd0\xbb\xd1\x8c\xd0\xb7", 10 },
    { "role \"", 6 },
    { "aaaaa", 5 },
};

static void
each_literal_is_found_at_every_place(void)
{
    struct scan *s;
    int missed = 0, wrong = 0;

    ok(scan_open(&s, literals, LEN(literals), STR("2026-11-22 password role authentication")) ==
           OK,
       "opened");
    for (size_t i = 0; i < LEN(literals); i++)
        for (size_t before = 0; before < 40; before++)
            for (size_t after = 0; after < 12; after++) {
                AUTO(strbuf) text = { 0 };

                strbuf_fill(&text, 'x', before);
                strbuf_add(&text, literals[i]);
                strbuf_fill(&text, 'y', after);
                missed += scan_find(s, strbuf_str(&text), 0) != before;
                wrong += scan_find(s, strbuf_str(&text), before + 1) != SIZE_MAX;
            }
    ok(missed == 0, "wherever it stands");
    ok(wrong == 0, "and once");
    ok(scan_find(s, STR("28P0 password authentication faile role 'aaaa"), 0) == SIZE_MAX,
       "almost is not found");
    ok(scan_find(s, STR(""), 0) == SIZE_MAX && scan_find(s, STR("28P"), 0) == SIZE_MAX,
       "nothing in nothing");
    scan_close(s);
}

static void
literals_that_are_too_short_are_refused(void)
{
    static const struct str four[] = { { "four", 4 } };
    struct scan *s = NULL;

    ok(scan_open(&s, four, 1, STR("")) == ERR_USAGE && s == NULL, "%s", err_text());
}

static void
newlines_are_counted(void)
{
    AUTO(strbuf) text = { 0 };
    uint64_t want = 0;
    int wrong = 0;

    for (int i = 0; i < 1000; i++) {
        char c = (char)(i * 7 % 256);

        wrong += scan_newlines(strbuf_str(&text)) != want;
        strbuf_addc(&text, i % 5 ? c : '\n');
        want += i % 5 == 0 || c == '\n';
    }
    ok(wrong == 0 && want > 200, "in any number of bytes");
}

int
main(void)
{
    each_literal_is_found_at_every_place();
    literals_that_are_too_short_are_refused();
    newlines_are_counted();
    return done_testing();
}
