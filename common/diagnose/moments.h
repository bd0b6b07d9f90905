/* SPDX-License-Identifier: MIT */
#pragma once
#include "diagnose/causes.h"

/* f->moments: the events a narrative is told by, in order of time: the last good answer, the
 * change, the first refusal, error and failed request, restarts, notes, the first good answer
 * since. `outage` may be NULL. */
must_check enum status moments_tell(struct findings *f, const struct recording *r,
                                    const struct stretch *outage, const struct suspects *s);
