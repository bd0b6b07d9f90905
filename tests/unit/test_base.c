/* SPDX-License-Identifier: MIT */
#include "base/arena.h"
#include "base/digest.h"
#include "base/json.h"
#include "base/utf8.h"
#include "tap.h"

static void
a_buffer_stops_at_its_ceiling_and_says_so(void)
{
    AUTO(strbuf) b = { .max = 8 };

    strbuf_adds(&b, "12345678");
    ok(strbuf_check(&b) == OK, "up to the ceiling all is kept");
    strbuf_addc(&b, '9');
    ok(strbuf_check(&b) == ERR_LIMIT, "one more is refused");
    ok(str_eq(strbuf_str(&b), STR("12345678")), "and what was there stands");
}

static void
views_are_cut_trimmed_and_read(void)
{
    struct str rest = STR("a=b=c");
    uint64_t n = 7;

    ok(str_eq(str_cut(&rest, '='), STR("a")), "cut gives what stands before");
    ok(str_eq(rest, STR("b=c")), "and leaves what follows");
    ok(str_eq(str_trim(STR(" \tx \r\n")), STR("x")), "blanks go at both ends");
    ok(str_to_u64(STR("18446744073709551615"), &n) && n == UINT64_MAX, "the largest number");
    ok(!str_to_u64(STR("18446744073709551616"), &n) && n == UINT64_MAX, "one more is none");
    ok(!str_to_u64(STR("-1"), &n) && !str_to_u64(STR(""), &n), "nor is a sign or nothing");
}

static void
an_error_is_one_line_with_its_place(void)
{
    ok(note(fail(ERR_PARSE, "bad\x1b[31m line\n"), "source %s", "x") == ERR_PARSE,
       "status kept");
    ok(strcmp(err_text(), "source x: bad [31m line ") == 0, "no byte of it steers a terminal");
}

static void
json_is_valid_whatever_the_bytes(void)
{
    AUTO(strbuf) out = { 0 };
    struct json w = { .out = &out };

    json_object(&w, NULL);
    json_str(&w, "t", STR("a\"\\\n\x01\xff\xc3\xa9"));
    json_array(&w, "n");
    json_int(&w, NULL, INT64_MIN);
    json_seconds(&w, NULL, -1500000000);
    json_array_end(&w);
    json_maybe(&w, "m", (struct str){ 0 });
    json_object_end(&w);
    ok(str_eq(strbuf_str(&out), STR("{\"t\":\"a\\\"\\\\\\n\\u0001\xef\xbf\xbd\xc3\xa9\","
                                    "\"n\":[-9223372036854775808,-1.500000000],\"m\":null}")),
       "escapes, replacements, exact integers");
}

static void
hostile_bytes_are_shown_not_obeyed(void)
{
    AUTO(strbuf) out = { 0 };

    utf8_show(&out, STR("\x1b]0;x\x07 \xe2\x80\xae\xc3\xa9\xed\xa0\x80\t|"), false);
    ok(str_eq(strbuf_str(&out), STR("\\x1b]0;x\\x07 \\u202e\xc3\xa9\\xed\\xa0\\x80 |")),
       "escapes, bidi marks and broken UTF-8 become visible");
}

static void
digests_agree_with_the_standards(void)
{
    char hex[2 * SHA256_LEN + 1];

    hex_print(hex, sha256_of(STR("abc")).bytes, SHA256_LEN);
    ok(strcmp(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad") == 0,
       "SHA-256 of FIPS 180-4's example");
    hex_print(hex, hmac_sha256(STR("Jefe"), STR("what do ya want for nothing?")).bytes,
              SHA256_LEN);
    ok(strcmp(hex, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843") == 0,
       "HMAC of RFC 4231's second example");
}

static void
an_arena_gives_zeroed_aligned_memory(void)
{
    AUTO(arena) a = { 0 };
    char *small = arena_alloc(&a, 3);
    char *large = arena_alloc(&a, 1 << 20);

    ok(small && large && (uintptr_t)large % 16 == 0, "small and large pieces");
    ok(small[2] == 0 && large[(1 << 20) - 1] == 0, "all zero");
    ok(str_eq(arena_strf(&a, "%d-%s", 7, "x"), STR("7-x")), "and prints into itself");
}

int
main(void)
{
    a_buffer_stops_at_its_ceiling_and_says_so();
    views_are_cut_trimmed_and_read();
    an_error_is_one_line_with_its_place();
    json_is_valid_whatever_the_bytes();
    hostile_bytes_are_shown_not_obeyed();
    digests_agree_with_the_standards();
    an_arena_gives_zeroed_aligned_memory();
    return done_testing();
}
