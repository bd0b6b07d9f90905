/* SPDX-License-Identifier: MIT */
#pragma once
#include "sources/source.h"

/* gzip (RFC 1952, several members in a row too) and zstd (RFC 8878), streamed: memory does
 * not grow with the file. A damaged or truncated member costs its rest; what came before is
 * read and `coverage` says so. The only file that includes zlib and libzstd. */

bool compressed_is(const unsigned char magic[4]);

/* Takes `fd` over, also when it fails. */
must_check enum status compressed_open(struct source **ret, int fd, const char *path,
                                       const unsigned char magic[4]);
