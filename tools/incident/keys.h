/* SPDX-License-Identifier: MIT */
#pragma once
#include "view.h"

/* What a key does: a row each, and the help screen is the same table. */

/* Keys that are no character, in the words of this program and not of a terminal library. */
enum key {
    KEY_NONE = 0,
    KEY_TAB = '\t',
    KEY_RETURN = '\n',
    KEY_ESC = 27,
    KEY_BACK = 127,
    KEY_ARROW_UP = 0x110000, /* past the last character of Unicode */
    KEY_ARROW_DOWN,
    KEY_ARROW_LEFT,
    KEY_ARROW_RIGHT,
    KEY_PAGE_UP,
    KEY_PAGE_DOWN,
    KEY_FIRST,
    KEY_LAST,
    KEY_BACK_TAB,
    KEY_HELP,
    KEY_FILTER,
    KEY_QUIT,
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
