/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/strbuf.h"

/* The proleptic Gregorian calendar, without a zone. */
struct civil {
    int year, month, day;     /* month 1-12, day 1-31 */
    int hour, minute, second; /* second 0-59 */
    int ns;                   /* 0-999999999 */
};

/* Days since 1970-01-01; any year from -32767 on. Nothing is checked or wrapped. */
int64_t civil_days(int year, int month, int day);

int civil_month_days(int year, int month);

/* Whether it names a day and a time that exist. */
bool civil_valid(const struct civil *c);

/* Nanoseconds since 1970-01-01T00:00:00 on the same clock face. */
int64_t civil_to_ns(const struct civil *c);
struct civil civil_from_ns(int64_t ns);

/* 0 Sunday ... 6 Saturday. */
int civil_weekday(int64_t days);

/* RFC 3339 in UTC with `digits` (0-9) of the second, cut and not rounded:
 * "2026-11-22T03:06:11.402Z". */
void civil_print(struct strbuf *out, int64_t ns, int digits);
