/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/err.h"

/* Words as numbers: equal words have equal numbers, and comparing them costs nothing. */
struct terms;

/* NULL if memory ran out. */
struct terms *terms_open(void);
void terms_close(struct terms *w);

/* The number of `text`, from 1; 0 for the empty one (and when memory ran out). */
uint32_t terms_number(struct terms *w, struct str text);

/* Lives as long as `w`. */
struct str terms_text(const struct terms *w, uint32_t number);

uint64_t terms_hash(struct str text);
