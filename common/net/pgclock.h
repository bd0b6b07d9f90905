/* SPDX-License-Identifier: MIT */
#pragma once
#include "net/pg.h"
#include "time/span.h"

/* The server's clock minus ours (ns), by clock_timestamp(): each reading lies between sending
 * the question and its answer, and `rounds` of them leave what all allow. Never now(), which
 * stands still from the start of its transaction. Every query is a transaction of its own. */
must_check enum status pg_clock(struct pg *pg, unsigned rounds, struct span *ret);
