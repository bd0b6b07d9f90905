/* SPDX-License-Identifier: MIT */
#include "base/jsonread.h"
#include "base/strbuf.h"
#include "tap.h"

/* Every token as one letter, values behind: what a reader sees, on one line. */
static struct str
tokens(struct jsonread *r, struct strbuf *out, struct str text)
{
    static const char letters[] = "$o/a\\ksntf0!";
    enum json_token is;

    strbuf_clear(out);
    jsonread_start(r, text);
    do {
        is = jsonread_next(r);
        strbuf_addc(out, letters[is]);
        if (is == JSON_KEY || is == JSON_STRING || is == JSON_NUMBER)
            strbuf_addf(out, "<" STR_FMT ">", STR_ARG(r->value));
    } while (is != JSON_END && is != JSON_BAD);
    return strbuf_str(out);
}

static const struct {
    const char *text, *tokens;
} rows[] = {
    { "{}", "o/$" },
    { " [ ] ", "a\\$" },
    { "{\"a\":1,\"b\":[true,null,{\"c\":\"d\"}]}", "ok<a>n<1>k<b>at0ok<c>s<d>/\\/$" },
    { "\"\\u00e9\\n\\\"\\/\\\\\"", "s<\xc3\xa9\n\"/\\>$" },
    { "\"\\ud83d\\ude00 \\ud83d x \\ude00\"",
      "s<\xf0\x9f\x98\x80 \xef\xbf\xbd x \xef\xbf\xbd>$" },
    { "12345678901234567890.0000000001e+99", "n<12345678901234567890.0000000001e+99>$" },
    { "\"raw \xff\t bytes\"", "s<raw \xff\t bytes>$" },
    { "{\"log\":\"cut here", "ok<log>!" },
    { "{\"a\":1 \"b\":2}", "ok<a>n<1>!" },
    { "{\"a\":1,}", "ok<a>n<1>!" },
    { "[1,]", "an<1>!" },
    { "[1}", "an<1>!" },
    { "{\"a\"}", "o!" },
    { "01", "!" },
    { "-", "!" },
    { "1.", "!" },
    { "tru", "!" },
    { "{} {}", "o/!" },
    { "", "!" },
    { "\"\\x\"", "!" },
    { "\"\\", "!" },
};

static void
a_text_is_read_as_it_is_written_and_no_further_than_it_is_json(void)
{
    struct jsonread r = { 0 };
    AUTO(strbuf) out = { 0 };

    for (size_t i = 0; i < LEN(rows); i++)
        ok(str_eq(tokens(&r, &out, str_of(rows[i].text)), str_of(rows[i].tokens)), "%s",
           rows[i].text);
    jsonread_done(&r);
}

static void
a_value_nobody_wants_is_passed_over(void)
{
    struct jsonread r = { 0 };

    jsonread_start(&r, STR("{\"a\":{\"b\":[1,[2]]},\"c\":7}"));
    ok(jsonread_next(&r) == JSON_OBJECT && jsonread_next(&r) == JSON_KEY && jsonread_skip(&r),
       "the object under a");
    ok(jsonread_next(&r) == JSON_KEY && str_eq(r.value, STR("c")), "leads to c");
    ok(jsonread_next(&r) == JSON_NUMBER && str_eq(r.value, STR("7")), "with its own value");
    jsonread_start(&r, STR("{\"a\":[1"));
    ok(jsonread_next(&r) == JSON_OBJECT && !jsonread_skip(&r), "an end that never comes");
    jsonread_done(&r);
}

static void
nesting_has_a_ceiling(void)
{
    char deep[JSONREAD_DEPTH + 2];
    struct jsonread r = { 0 };
    int opened = 0;

    memset(deep, '[', sizeof(deep));
    jsonread_start(&r, (struct str){ deep, sizeof(deep) });
    while (jsonread_next(&r) == JSON_ARRAY)
        opened++;
    ok(opened == JSONREAD_DEPTH && jsonread_next(&r) == JSON_BAD, "and says so");
    jsonread_done(&r);
}

int
main(void)
{
    a_text_is_read_as_it_is_written_and_no_further_than_it_is_json();
    a_value_nobody_wants_is_passed_over();
    nesting_has_a_ceiling();
    return done_testing();
}
