/* SPDX-License-Identifier: MIT */
#pragma once
#include "sources/source.h"

/* A file, plain or compressed, and standard input. Read by pread in pieces: a file that is
 * truncated while it is read costs its end and never a fault. A compressed one is told by
 * its first bytes, not by its name. */
extern const struct source_ops source_file;
extern const struct source_ops source_stdin;

enum { SOURCE_CHUNK = 256 << 10 };
