/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/strbuf.h"

/* Small files, read and written whole. */

/* Appends the file's bytes. ERR_SYSTEM with path and reason (a directory says so), ERR_LIMIT
 * past the buffer's ceiling. */
must_check enum status file_read(const char *path, struct strbuf *out);

/* Published by rename: the file is there whole or not at all, with `mode`. */
must_check enum status file_publish(const char *path, struct str bytes, unsigned mode);
