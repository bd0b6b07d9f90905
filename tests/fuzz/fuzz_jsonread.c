/* SPDX-License-Identifier: MIT */
#include "base/jsonread.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Any bytes come to an end, with views inside of what there is. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct jsonread r = { 0 };
    volatile unsigned sum = 0;
    enum json_token is;

    jsonread_start(&r, (struct str){ (const char *)data, size });
    do {
        is = jsonread_next(&r);
        for (size_t i = 0; i < r.value.n; i++)
            sum += (unsigned char)r.value.p[i];
    } while (is != JSON_END && is != JSON_BAD);
    (void)sum;
    jsonread_done(&r);
    return 0;
}
