/* SPDX-License-Identifier: MIT */
#pragma once
#include "logs/format.h"

/* Which lines go on with the record before them, told by the lines alone. */

/* A line that never begins a record: indented, empty, or with the words that continue a
 * traceback, a stack or an error message of the languages known. */
bool joins_by_itself(struct str text);

/* A line that begins the part of a record which is a traceback or a stack. */
bool joins_as_trace(struct str text);

/* Whether this reading begins a record of its own, whatever came before. */
bool joins_nothing(const struct readout *r);

/* A request that was answered: one line, always. */
bool joins_never_more(const struct readout *r);
