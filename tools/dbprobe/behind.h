/* SPDX-License-Identifier: MIT */
#pragma once
#include "observe/database.h"

/* The server behind a pooler (--behind): a silent look at it, and whether the pooler still has
 * the secret that holds there. Adds lines to `out`; `*ret_stale` if it has another one. */
must_check enum status behind_compare(const struct database_check *pooler, struct strbuf *out,
                                      bool *ret_stale);
