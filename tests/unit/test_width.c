/* SPDX-License-Identifier: MIT */
#include "base/width.h"
#include "tap.h"

static void
text_is_as_wide_as_a_terminal_shows_it(void)
{
    static const struct {
        const char *text;
        size_t cells;
    } rows[] = {
        { "plain", 5 },
        { "", 0 },
        { "naïve", 5 },
        { "nai\u0308ve", 5 },
        { "日本語", 6 },
        { "한글", 4 },
        { "⣿⣀█▁", 4 },
        { "🐘", 2 },
        { "‹secret 7f3a›", 13 },
        { "a\xff"
          "b",
          3 },
        { "ｆｕｌｌ", 8 },
        { "±0.1 s", 6 },
    };

    for (size_t i = 0; i < LEN(rows); i++)
        ok(width_text(str_of(rows[i].text)) == rows[i].cells, "%zu cells: row %zu",
           rows[i].cells, i);
}

static void
a_wide_character_is_never_cut_in_half(void)
{
    ok(width_head(STR("日本語"), 3).n == 3, "one of them fits into three cells");
    ok(width_head(STR("日本語"), 4).n == 6, "two into four");
    ok(width_head(STR("e\u0301x"), 1).n == 3, "an accent goes with its letter");
    ok(width_head(STR("abc"), 9).n == 3, "what fits stays whole");
}

int
main(void)
{
    text_is_as_wide_as_a_terminal_shows_it();
    a_wide_character_is_never_cut_in_half();
    return done_testing();
}
