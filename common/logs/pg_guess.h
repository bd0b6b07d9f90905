/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/strbuf.h"

/* Turns what stands before a severity, "2026-11-22 01:50:34.641 UTC [3560] app@shop ", back
 * into escapes: "%m [%p] %u@%d ". With `names`, a word that nothing else explains is taken for
 * a role, a database, an application. */
void pg_guess(struct str text, bool names, struct strbuf *out);

/* Whether a role or a database may be written with it, unquoted. */
bool pg_is_name_byte(char c);
