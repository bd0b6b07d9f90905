/* SPDX-License-Identifier: MIT */
#pragma once
#include "view.h"

/* What a key does: a row each, and the help screen is the same table. */

/* Keys that are no character, in the words of this program and not of a terminal library. */
enum press {
    PRESS_NONE = 0,
    PRESS_TAB = '\t',
    PRESS_RETURN = '\n',
    PRESS_ESC = 27,
    PRESS_BACK = 127,
    PRESS_UP = 0x110000, /* past the last character of Unicode */
    PRESS_DOWN,
    PRESS_LEFT,
    PRESS_RIGHT,
    PRESS_PAGE_UP,
    PRESS_PAGE_DOWN,
    PRESS_FIRST,
    PRESS_LAST,
    PRESS_BACK_TAB,
    PRESS_HELP,
    PRESS_FILTER,
    PRESS_QUIT,
};

struct binding {
    const char *keys; /* as the help says them */
    const char *help;
    unsigned on[4]; /* up to four keys, the rest 0 */
    void (*act)(struct view *v);
};

extern const struct binding bindings[];
extern const size_t bindings_len;

/* Changes the view as the key wants; an unknown key changes nothing. */
void keys_press(struct view *v, unsigned key);
