/* SPDX-License-Identifier: MIT */
#pragma once
#include "diagnose/causes.h"

/* f->proofs: what has to hold before "recovered" is more than one lucky answer; each a yes, a
 * no, or what is missing to tell. */
must_check enum status proofs_look(struct findings *f, const struct recording *r,
                                   const struct stretch *outage, const struct suspects *s);
