/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "unit/story.h"

/* sample_timeline FILE: a made-up outage as a timeline, for tests of the whole tool.
 * sample_timeline FILE TEXT: a note on it, later than all else. */

static enum status
add_note(struct store *s, const char *text)
{
    struct store_source source = { .name = STR("human"), .kind = STR("human") };
    struct event e = { .kind = KIND_NOTE, .text = str_of(text), .line = 1, .lines = 1 };
    enum status st = store_source(s, &source);

    e.source = source.id;
    e.when = (struct when){ .raw = SECONDS(1795312600), .grain = 1, .frame = FRAME_UTC };
    return st == OK ? store_add(s, &e) : st;
}

int
main(int argc, char **argv)
{
    struct story story = { .server = KIND_AUTH_FAILED, .app = KIND_AUTH_FAILED, .twice = true };
    struct store *s;

    if (argc < 2)
        return EXIT_USAGE;
    if (store_open(&s, argv[1], STORE_WRITE) != OK) {
        fprintf(stderr, "sample_timeline: %s\n", err_text());
        return EXIT_NO_ANSWER;
    }
    if (argc > 2 && add_note(s, argv[2]) != OK)
        fprintf(stderr, "sample_timeline: %s\n", err_text());
    if (argc == 2)
        story_tell(s, &story);
    store_close(s);
    return 0;
}
