/* SPDX-License-Identifier: MIT */
#pragma once
#include "diagnose/causes.h"

/* f->holders: the logs whose programs were refused in the outage, with why they are held to be
 * stale, and those that started after it and are well. */
must_check enum status holding_tell(struct findings *f, const struct recording *r,
                                    const struct stretch *outage, const struct suspects *s);
