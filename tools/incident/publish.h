/* SPDX-License-Identifier: MIT */
#pragma once
#include "loaded.h"

/* The report of a loaded timeline, to a file at once and whole; a NULL `output`: to stdout. */
must_check enum status publish_report(struct loaded *l, const char *timeline,
                                      const char *format, const char *output);

/* The findings of a timeline in the words of another program (report/exports.h). */
must_check enum status publish_export(const char *timeline, const char *format,
                                      const char *output);
