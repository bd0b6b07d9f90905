/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/base.h"

/* The look of the HTML report: light, dark and on paper; CSS, a rule or a few a line. */
extern const char *const report_style[];
extern const size_t report_style_len;
