/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "report/verify.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* A report comes from anywhere: reading one must survive any bytes. No file is opened. */
int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct verify v;

    if (verify_read(&v, (struct str){ (const char *)bytes, n }) != OK)
        return 0;
    for (size_t i = 0; i < v.pieces_len; i++)
        if (v.pieces[i].number != i + 1)
            abort();
    verify_done(&v);
    return 0;
}
