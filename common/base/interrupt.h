/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/base.h"

/* SIGINT, SIGTERM and SIGHUP wait until they are asked for: what was begun can be ended in
 * order, and a part of an answer is still an answer. Programs started by child_start() are not
 * held. */
void interrupt_hold(void);

/* Whether one came, now or before; never waits. */
bool interrupt_came(void);
