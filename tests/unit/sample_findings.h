/* SPDX-License-Identifier: MIT */
#pragma once
#include "diagnose/findings.h"

/* A worked example for tests of what is made of findings: the outage of the README, 03:05 to
 * 03:12, with a rotation, a delayed route, a shallow one, a clock that is 37 s ahead, hostile
 * bytes in a log line, and proofs that hold and do not. */
void sample_findings(struct findings *ret);

/* The same while it lasts: no recovery. */
void sample_findings_failing(struct findings *ret);

/* Nothing recorded at all. */
void sample_findings_empty(struct findings *ret);

void sample_findings_done(struct findings *f);

/* An instant of that night: nanoseconds after 03:00:00 UTC are added. */
int64_t sample_time(int64_t after);
