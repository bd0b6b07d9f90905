/* SPDX-License-Identifier: MIT */
#pragma once
#include "observe/database.h"

/* Puts what a check saw on the timeline: the salt, the server's clock, and the answer (an echo:
 * our own attempt is not the application's). Nothing without a timeline. */
must_check enum status record_check(const struct database_check *c);
