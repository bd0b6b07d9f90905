/* SPDX-License-Identifier: MIT */
#pragma once
#include "diagnose/findings.h"
#include "diagnose/recording.h"

/* Figures over time for the lanes of the dashboard and of the report: f->bins, and the bins
 * of each route and role, equally wide over f->covered. */
must_check enum status charts_draw(struct findings *f, const struct recording *r,
                                   const bool *edge, const bool *refusers);
