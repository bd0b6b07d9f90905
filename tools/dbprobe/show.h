/* SPDX-License-Identifier: MIT */
#pragma once
#include "observe/database.h"

/* A check, for people: the rungs, the answer, what it cost. Ends in a newline. */
void show_check(const struct database_check *c, struct strbuf *out);

/* One line of many. */
void show_check_line(const struct database_check *c, struct strbuf *out);

/* "This check left one FATAL line in the server's log." */
void show_cost(const struct database_check *c, struct strbuf *out);
