/* SPDX-License-Identifier: MIT */
#pragma once
#include "view.h"

/* The whole screen: a pure function of the view and of the size of the grid. */
void dashboard_draw(const struct view *v, struct cells *c);
