/* SPDX-License-Identifier: MIT */
#pragma once
#include <stdio.h>

#include "base/strbuf.h"

/* A file of fixtures/lines, whole; leaves `out` empty if there is none. */
static inline void
lines_load(struct strbuf *out, const char *folder, const char *name)
{
    char path[512], piece[4096];
    FILE *file;
    size_t n;

    snprintf(path, sizeof(path), "%s/lines/%s/%s", FIXTURES, folder, name);
    file = fopen(path, "rb");
    while (file && (n = fread(piece, 1, sizeof(piece), file)) > 0)
        strbuf_add(out, (struct str){ piece, n });
    if (file)
        fclose(file);
}
