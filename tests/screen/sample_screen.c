/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "incident/keys.h"
#include "incident/snapshot.h"
#include "unit/sample_findings.h"

/* sample_screen WxH STORY GLYPHS KEYS [color]: the screen after those keys, as text. KEYS are
 * characters; <down>, <enter>, <esc>, <tab>, <end>, <back> stand for the others. */

static const struct {
    const char *name;
    unsigned key;
} named[] = {
    { "down", PRESS_DOWN }, { "up", PRESS_UP },      { "enter", PRESS_RETURN },
    { "esc", PRESS_ESC },   { "tab", PRESS_TAB },    { "end", PRESS_LAST },
    { "back", PRESS_BACK }, { "home", PRESS_FIRST }, { "none", PRESS_NONE },
};

static unsigned
next_key(struct str *keys)
{
    struct str rest = *keys, name;
    unsigned key = utf8_point(rest);

    if (rest.p[0] == '<' && rest.n > 1) {
        rest = str_skip(rest, 1);
        name = str_cut(&rest, '>');
        for (size_t i = 0; i < LEN(named); i++)
            if (str_eq(name, str_of(named[i].name))) {
                *keys = rest;
                return named[i].key;
            }
    }
    *keys = str_skip(*keys, utf8_length(*keys));
    return key;
}

static void
make(struct findings *f, const char *story)
{
    if (strcmp(story, "failing") == 0)
        sample_findings_failing(f);
    else if (strcmp(story, "empty") == 0)
        sample_findings_empty(f);
    else
        sample_findings(f);
}

int
main(int argc, char **argv)
{
    struct findings f;
    struct view v = { 0 };
    AUTO(strbuf) out = { 0 };
    struct str keys;
    enum status st;

    if (argc < 5)
        return EXIT_USAGE;
    make(&f, argv[2]);
    st = view_open(&v, &f, f.moments, f.moments_len);
    v.live = true;
    for (keys = str_of(argv[4]); st == OK && keys.n > 0;)
        keys_press(&v, next_key(&keys));
    if (st == OK)
        st =
            snapshot_print(&v, argv[1], (enum glyphs)strtol(argv[3], NULL, 10), argc > 5, &out);
    if (st == OK)
        fwrite(out.p, 1, out.n, stdout);
    else
        fprintf(stderr, "sample_screen: %s\n", err_text());
    view_done(&v);
    sample_findings_done(&f);
    return (int)status_exit(st);
}
