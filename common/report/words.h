/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/strbuf.h"
#include "time/span.h"

/* How numbers and times are said to people: the same in the report, in triage and on the
 * dashboard. Everything is appended to `out`; times are UTC. */

/* "212", "41,200" */
void words_count(struct strbuf *out, uint64_t n);

/* "1 request", "300 requests". `noun` is "request", or "reply|replies" where adding an s
 * will not do. */
void words_counted(struct strbuf *out, uint64_t n, const char *noun);

/* "97 %", rounded towards one half: never "100 %" for less than all, nor "0 %" for some. */
void words_percent(struct strbuf *out, uint64_t part, uint64_t whole);

/* "0.8 ms", "37 s", "4 min 11 s", "2 h 05 min", "3 d 4 h": two units, the second cut. */
void words_duration(struct strbuf *out, int64_t ns);

/* A duration that is itself only known as a span: "4 min 11.0 s ±0.2 s". */
void words_lasting(struct strbuf *out, struct span lasting);

/* "37s", "4m11s", "2h05m", "3d04h": for a status line. */
void words_duration_short(struct strbuf *out, int64_t ns);

/* Which part of an instant is said. */
enum words_day { WORDS_TIME, WORDS_DATE_TIME };

/* "03:06:11.4 ±0.1 s": as many digits as are known, and the span lies within what is said.
 * A clock that writes whole seconds: "03:06:11 +1 s". What is not known: "not known". */
void words_instant(struct strbuf *out, struct span when, enum words_day day);

/* The two halves of words_instant, for columns: "03:06:11.4" and "±0.1 s" or "+1 s". */
void words_clock(struct strbuf *out, struct span when, enum words_day day);
void words_margin(struct strbuf *out, struct span when);

/* An offset between two clocks: "+0.012 ± 0.004 s". */
void words_offset(struct strbuf *out, struct span offset);

/* An offset small enough to be the noise of measuring, or one that people must know of. */
bool words_offset_matters(struct span offset);
