/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/base.h"

/* An HTTP Date in the one form RFC 9110 lets a server send (IMF-fixdate, section 5.6.7):
 * "Sun, 22 Nov 2026 03:06:11 GMT". `*ret` in seconds since the epoch. False, `*ret`
 * untouched, for the obsolete forms, another zone, a wrong weekday, a leap second, anything
 * behind it: a stamp that is not surely understood bounds no clock. */
bool date_read(struct str text, int64_t *ret);
