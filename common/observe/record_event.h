/* SPDX-License-Identifier: MIT */
#pragma once
#include "logs/records.h"
#include "timeline/event.h"

/* A record as an event, but for its time, its meaning and its secrets. Borrows all views. */
void record_event(const struct record *rec, struct event *ret);
