/* SPDX-License-Identifier: MIT */
#pragma once
#include "report/model.h"
#include "report/svg.h"

/* The swim lanes: what changed, what each route answered, who was refused, on one axis. */

enum { LANES_ROUTES = 12, LANES_ROLES = 4 }; /* as many are drawn; the tables have all */

double lanes_height(const struct report *r);
void lanes_draw(struct svg *s, const struct report *r);
void lanes_describe(struct strbuf *out, const struct report *r);
