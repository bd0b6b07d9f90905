/* SPDX-License-Identifier: MIT */
#include "logs/lines.h"
#include "tap.h"

/* All lines of `text`, fed in pieces of `step` bytes, as "offset:number:length:lines<text>". */
static void
cut(enum lines_by by, struct str text, size_t step, struct strbuf *out)
{
    struct lines l = { .by = by };
    struct line line;

    strbuf_clear(out);
    while (text.n) {
        lines_feed(&l, str_head(text, step));
        text = str_skip(text, step);
        while (lines_next(&l, &line))
            strbuf_addf(out, "%d:%d:%d:%d<" STR_FMT ">", (int)line.offset, (int)line.number,
                        (int)line.length, (int)line.lines, STR_ARG(line.text));
    }
    if (lines_last(&l, &line))
        strbuf_addf(out, "%d:%d:%d:%d<" STR_FMT ">", (int)line.offset, (int)line.number,
                    (int)line.length, (int)line.lines, STR_ARG(line.text));
    lines_done(&l);
}

#define T(text)                                                                                \
    {                                                                                          \
        "" text, sizeof(text) - 1                                                              \
    }

static const struct {
    const char *name;
    enum lines_by by;
    struct str text;
    const char *gives;
} rows[] = {
    { "plain lines", LINES_PLAIN, T("one\ntwo\n\nthree"),
      "0:1:4:1<one>4:2:4:1<two>8:3:1:1<>9:4:5:1<three>" },
    { "lines of another system", LINES_PLAIN, T("one\r\ntwo\r\n"), "0:1:5:1<one>5:2:5:1<two>" },
    { "a byte order mark", LINES_PLAIN, T("\xef\xbb\xbfone\ntwo\n"),
      "0:1:7:1<one>7:2:4:1<two>" },
    { "UTF-16, little end first", LINES_PLAIN, T("\xff\xfeo\0n\0\n\0\xe4\0\n\0"),
      "0:1:3:1<on>3:2:3:1<\xc3\xa4>" },
    { "UTF-16, big end first", LINES_PLAIN, T("\xfe\xff\0o\0n\0\n"), "0:1:3:1<on>" },
    { "csv with lines in its quotes", LINES_CSV, T("a,\"b\nc\"\"\nd\"\ne,f\n"),
      "0:1:12:3<a,\"b\nc\"\"\nd\">12:4:4:1<e,f>" },
    { "a block of the journal", LINES_EXPORT, T("A=1\nB=2\n\nA=3\n\n"),
      "0:1:9:3<A=1\nB=2\n>9:4:5:2<A=3\n>" },
    { "an object over several lines", LINES_JSON, T("[{\n \"a\": \"}\\\"\"\n},\n{\n}\n]\n"),
      "0:1:18:3<{\n \"a\": \"}\\\"\"\n},>18:4:4:2<{\n}>22:6:2:1<]>" },
};

static void
lines_come_out_however_they_arrive(void)
{
    AUTO(strbuf) whole = { 0 };
    AUTO(strbuf) pieces = { 0 };

    for (size_t i = 0; i < LEN(rows); i++) {
        bool same = true;

        cut(rows[i].by, rows[i].text, SIZE_MAX, &whole);
        ok(str_eq(strbuf_str(&whole), str_of(rows[i].gives)), "%s: %s", rows[i].name,
           strbuf_text(&whole));
        for (size_t step = 3; step < rows[i].text.n; step++) {
            cut(rows[i].by, rows[i].text, step, &pieces);
            same = same && str_eq(strbuf_str(&pieces), str_of(rows[i].gives));
        }
        ok(same, "the same in pieces of any size");
    }
}

static void
the_first_bytes_tell_how_to_cut(void)
{
    ok(lines_guess(STR("__CURSOR=s=1\nMESSAGE=x\n\n")) == LINES_EXPORT, "the journal's export");
    ok(lines_guess(STR("{\n  \"a\": 1\n}\n")) == LINES_JSON, "JSON over several lines");
    ok(lines_guess(STR("{\"a\": 1}\n")) == LINES_PLAIN, "JSON on one");
    ok(lines_guess(STR(
           "2026-11-22 03:06:11.402 UTC,,,1,,6b.1,1,,x,,0,LOG,00000,\"y\",,,,,,,,,\"\"\n")) ==
           LINES_CSV,
       "csvlog");
    ok(lines_guess(STR("")) == LINES_PLAIN && lines_guess(STR("\n,")) == LINES_PLAIN,
       "or nothing");
}

static void
a_line_without_end_has_a_ceiling(void)
{
    AUTO(strbuf) piece = { 0 };
    struct lines l = { 0 };
    struct line line;
    int early = 0;

    strbuf_fill(&piece, 'x', 1 << 18);
    for (int i = 0; i < 40; i++) {
        lines_feed(&l, strbuf_str(&piece));
        early += lines_next(&l, &line);
    }
    lines_feed(&l, STR("\nnext\n"));
    ok(early == 0 && lines_next(&l, &line) && line.cut && line.text.n == LINES_MAX &&
           line.length == (40 << 18) + 1,
       "ten megabytes are one line, cut");
    ok(lines_next(&l, &line) && str_eq(line.text, STR("next")) && !line.cut && line.number == 2,
       "and the next one is whole");
    lines_done(&l);
}

int
main(void)
{
    lines_come_out_however_they_arrive();
    the_first_bytes_tell_how_to_cut();
    a_line_without_end_has_a_ceiling();
    return done_testing();
}
