/* SPDX-License-Identifier: MIT */
#pragma once
#include "observe/database.h"
#include "observe/holders.h"
#include "observe/salts.h"

/* The timeline of -t, created if need be; NULL, and OK, without one. */
must_check enum status record_open(struct store **ret);

/* Puts what a check saw on the timeline: the salt and the answer. */
must_check enum status record_check(struct store *timeline, const struct database_check *c);

/* Whose salt a sighting at `address` is. */
struct salt_of record_whom(const struct pg_target *t, const char *address);

/* Puts a holder on the timeline: rule "holder", its name in `host`, its state in `level`, why
 * in `text`. `number` tells several of one run apart. */
must_check enum status record_holder(struct store *timeline, const struct holder *one,
                                     const char *role, size_t number);
