/* SPDX-License-Identifier: MIT */
#pragma once
#include "cells.h"

/* A real terminal under the cells: the only file that knows curses. The terminal is given
 * back as it was, whatever ends the program (but SIGKILL). */
struct terminal;

/* ERR_SYSTEM if there is none on stdin and stdout, or one that cannot place text. */
must_check enum status terminal_open(struct terminal **ret, bool color);
void terminal_close(struct terminal *t);

void terminal_size(const struct terminal *t, int *ret_width, int *ret_height);

/* Writes what differs from what stands there. */
void terminal_show(struct terminal *t, const struct cells *c);

/* Waits for a key, `ms` at most: a key of keys.h, or PRESS_NONE when the time is up or the size
 * has changed. A signal that ends programs reads as PRESS_QUIT. */
unsigned terminal_key(struct terminal *t, int ms);
