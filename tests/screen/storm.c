/* SPDX-License-Identifier: MIT */
#include "base/utf8.h"
#include "incident/keys.h"
#include "incident/snapshot.h"
#include "tap.h"
#include "unit/sample_findings.h"

/* Any key at any size, over records that mean harm. */

static uint64_t seed = 20261122;

static unsigned
random_below(unsigned n)
{
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    return (unsigned)(seed >> 33) % n;
}

static unsigned
random_key(void)
{
    static const unsigned special[] = { PRESS_UP,        PRESS_DOWN,   PRESS_LEFT, PRESS_RIGHT,
                                        PRESS_PAGE_UP,   PRESS_FIRST,  PRESS_LAST, PRESS_TAB,
                                        PRESS_PAGE_DOWN, PRESS_RETURN, PRESS_ESC,  PRESS_BACK,
                                        PRESS_BACK_TAB,  PRESS_HELP,   0x1f418,    0xe9 };

    return random_below(3) == 0 ? special[random_below((unsigned)LEN(special))]
                                : 1 + random_below(126);
}

/* A screen is lines of printable characters, as many and as wide as was asked for. */
static bool
is_clean(struct str text, unsigned width, unsigned height)
{
    unsigned lines = 0, wide = 0;

    while (text.n > 0) {
        size_t n = utf8_length(text);
        uint32_t point = n ? utf8_point(text) : 0;

        if (point == '\n') {
            lines++;
            wide = 0;
        } else if (point < ' ' || point == 0x7f || utf8_treacherous(point) || ++wide > width) {
            return false;
        }
        text = str_skip(text, n);
    }
    return lines == height;
}

static bool
draw(struct view *v)
{
    unsigned width = 1 + random_below(300), height = 1 + random_below(100);
    AUTO(strbuf) size = { 0 };
    AUTO(strbuf) out = { 0 };

    strbuf_addf(&size, "%ux%u", width, height);
    return snapshot_print(v, strbuf_text(&size), (enum glyphs)random_below(3), false, &out) ==
               OK &&
           is_clean(strbuf_str(&out), width, height);
}

static void
storm(const char *story, void (*make)(struct findings *))
{
    struct findings f;
    struct view v;
    int bad = 0;

    make(&f);
    if (view_open(&v, &f, f.moments, f.moments_len) != OK) {
        ok(false, "%s", err_text());
        return;
    }
    for (int i = 0; i < 1000; i++) {
        for (unsigned k = random_below(4); k > 0; k--)
            keys_press(&v, random_key());
        bad += !draw(&v);
        if (random_below(50) == 0 &&
            view_renew(&v, &f, f.moments, f.moments_len / (1 + random_below(3))) != OK)
            bad++;
    }
    ok(bad == 0, "%s: 1000 sizes and any keys, and every screen is clean", story);
    view_done(&v);
    sample_findings_done(&f);
}

/* The help is the table of keys: what it does not say is not there, and no key does two. */
static void
every_key_does_one_thing_and_the_help_says_it(void)
{
    struct findings f;
    struct view v;
    AUTO(strbuf) out = { 0 };
    int twice = 0, unsaid = 0;

    sample_findings(&f);
    if (view_open(&v, &f, f.moments, f.moments_len) != OK)
        return;
    keys_press(&v, '?');
    if (snapshot_print(&v, "140x60", GLYPHS_ASCII, false, &out) != OK)
        ok(false, "%s", err_text());
    for (size_t i = 0; i < bindings_len; i++) {
        unsaid += str_find(strbuf_str(&out), str_of(bindings[i].help)) == SIZE_MAX;
        for (size_t k = 0; k < bindings_len * LEN(bindings[0].on); k++)
            for (size_t n = 0; n < LEN(bindings[i].on) && bindings[i].on[n]; n++)
                twice += k / LEN(bindings[0].on) != i &&
                         bindings[k / LEN(bindings[0].on)].on[k % LEN(bindings[0].on)] ==
                             bindings[i].on[n];
    }
    ok(twice == 0 && unsaid == 0, "%zu keys, each does one thing and the help says it",
       bindings_len);
    view_done(&v);
    sample_findings_done(&f);
}

int
main(void)
{
    every_key_does_one_thing_and_the_help_says_it();
    storm("recovered", sample_findings);
    storm("failing", sample_findings_failing);
    storm("nothing recorded", sample_findings_empty);
    return done_testing();
}
