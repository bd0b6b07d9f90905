/* SPDX-License-Identifier: MIT */
#include "report/words.h"

#include <stdlib.h>

#include "tap.h"
#include "time/civil.h"

static struct strbuf said;

static bool
is(const char *expected)
{
    bool same = strcmp(strbuf_text(&said), expected) == 0;

    if (!same)
        printf("# said: %s\n", strbuf_text(&said));
    strbuf_clear(&said);
    return same;
}

static int64_t
at(int hour, int minute, int second, int64_t ns)
{
    struct civil c = { 2026, 11, 22, hour, minute, second, 0 };

    return civil_to_ns(&c) + ns;
}

static void
counts_are_grouped_and_agree_with_their_noun(void)
{
    words_count(&said, 41200);
    ok(is("41,200"), "41,200");
    words_count(&said, 1000007);
    ok(is("1,000,007"), "1,000,007");
    words_counted(&said, 1, "request");
    ok(is("1 request"), "one request");
    words_counted(&said, 0, "request");
    ok(is("0 requests"), "no requests");
    words_counted(&said, 2, "reply|replies");
    ok(is("2 replies"), "an irregular plural");
    words_counted(&said, 1, "reply|replies");
    ok(is("1 reply"), "an irregular singular");
}

static void
a_share_is_never_rounded_to_all_or_nothing(void)
{
    words_percent(&said, 999, 1000);
    ok(is("99 %"), "not all");
    words_percent(&said, 1, 1000);
    ok(is("1 %"), "not nothing");
    words_percent(&said, 7, 7);
    ok(is("100 %"), "all");
    words_percent(&said, 0, 0);
    ok(is("0 %"), "of nothing, nothing");
}

static void
durations_have_two_units(void)
{
    static const struct {
        int64_t ns;
        const char *said, *brief;
    } rows[] = {
        { MS(251000), "4 min 11 s", "4m11s" },
        { SECONDS(37) + MS(900), "37 s", "37s" },
        { SECONDS(7500), "2 h 05 min", "2h05m" },
        { SECONDS(273600), "3 d 4 h", "3d04h" },
        { MS(120), "120 ms", "0s" },
        { 800000, "0.8 ms", "0s" },
        { 0, "0 s", "0s" },
        { -SECONDS(61), "-1 min 01 s", "0s" },
    };

    for (size_t i = 0; i < LEN(rows); i++) {
        words_duration(&said, rows[i].ns);
        ok(is(rows[i].said), "%s", rows[i].said);
        words_duration_short(&said, rows[i].ns);
        ok(is(rows[i].brief), "%s", rows[i].brief);
    }
}

static void
a_duration_has_its_margin(void)
{
    static const struct {
        int64_t low, high;
        const char *said;
    } rows[] = {
        { MS(250800), MS(251200), "4 min 11.0 s ±0.2 s" },
        { MS(2340), MS(2360), "2.35 s ±0.01 s" },
        { 0, SECONDS(4), "2 s ±2 s" },
        { SECONDS(7500), SECONDS(7510), "2 h 05 min ±1 min 00 s" },
        { SECONDS(273600), SECONDS(273700), "3 d 4 h ±1 h 00 min" },
    };

    for (size_t i = 0; i < LEN(rows); i++) {
        words_lasting(&said, (struct span){ rows[i].low, rows[i].high });
        ok(is(rows[i].said), "%s", rows[i].said);
    }
}

static void
an_instant_has_the_digits_that_are_known(void)
{
    static const struct {
        int64_t low, high; /* after 03:06:11 */
        const char *said;
    } rows[] = {
        { MS(300), MS(500), "03:06:11.4 ±0.1 s" },
        { MS(60), MS(176), "03:06:11.12 ±0.06 s" },
        { MS(402), MS(402), "03:06:11.402 ±0.001 s" },
        { MS(402), MS(403), "03:06:11.403 ±0.001 s" },
        { 0, NS_PER_S - 1, "03:06:11 +1 s" },
        { 0, NS_PER_S, "03:06:11 +1 s" },
        { -SECONDS(20), SECONDS(20), "03:06:11 ±20 s" },
        { -SECONDS(3600), SECONDS(3600), "03:06:11 ±1 h 00 min" },
    };

    for (size_t i = 0; i < LEN(rows); i++) {
        struct span when = { at(3, 6, 11, rows[i].low), at(3, 6, 11, rows[i].high) };

        words_instant(&said, when, WORDS_TIME);
        ok(is(rows[i].said), "%s", rows[i].said);
    }
    words_instant(&said, span_at(at(3, 6, 11, 0)), WORDS_DATE_TIME);
    ok(is("2026-11-22 03:06:11.000 ±0.001 s"), "with its day");
    words_instant(&said, (struct span){ INT64_MIN, INT64_MAX }, WORDS_TIME);
    ok(is("not known"), "an unbounded span is not known");
}

/* What is said must hold what is known, whatever the span: rounding never narrows. */
static void
the_span_lies_within_what_is_said(void)
{
    uint64_t seed = 1;
    bool holds = true;

    for (int i = 0; i < 2000; i++) {
        int64_t low = at(3, 6, 11, 0), width;
        double margin;
        int hour, minute;
        double second;

        seed = seed * 6364136223846793005U + 1442695040888963407U;
        low += (int64_t)(seed >> 30);
        seed = seed * 6364136223846793005U + 1442695040888963407U;
        width = (int64_t)(seed >> 33) % (INT64_C(1) << (seed >> 60) * 2);
        words_instant(&said, (struct span){ low, low + width }, WORDS_TIME);
        hour = 10 * (said.p[0] - '0') + said.p[1] - '0';
        minute = 10 * (said.p[3] - '0') + said.p[4] - '0';
        second = strtod(said.p + 6, NULL);
        margin = strtod(strstr(said.p, "±") + strlen("±"), NULL);
        second += hour * 3600.0 + minute * 60.0 - 3 * 3600.0 - 6 * 60.0 - 11;
        low -= at(3, 6, 11, 0);
        holds = holds && second - margin <= (double)low / 1e9 + 1e-6 &&
                second + margin >= (double)(low + width) / 1e9 - 1e-6;
        strbuf_clear(&said);
    }
    ok(holds, "2000 spans lie within the words said of them");
}

static void
an_offset_has_its_sign_and_its_margin(void)
{
    words_offset(&said, (struct span){ MS(8), MS(16) });
    ok(is("+0.012 ± 0.004 s"), "ahead");
    words_offset(&said, (struct span){ -MS(4), -MS(2) });
    ok(is("-0.003 ± 0.001 s"), "behind");
    words_offset(&said, (struct span){ MS(37100), MS(37300) });
    ok(is("+37.2 ± 0.1 s"), "far ahead");
    ok(words_offset_matters((struct span){ MS(37100), MS(37300) }), "which people must know");
    ok(!words_offset_matters((struct span){ -MS(200), SECONDS(3) }), "a wide guess is no news");
}

int
main(void)
{
    counts_are_grouped_and_agree_with_their_noun();
    a_share_is_never_rounded_to_all_or_nothing();
    durations_have_two_units();
    a_duration_has_its_margin();
    an_instant_has_the_digits_that_are_known();
    the_span_lies_within_what_is_said();
    an_offset_has_its_sign_and_its_margin();
    strbuf_done(&said);
    return done_testing();
}
