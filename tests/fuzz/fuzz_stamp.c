/* SPDX-License-Identifier: MIT */
#include <stdint.h>
#include <stdlib.h>

#include "time/span.h"
#include "time/stamp.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* What is found lies in the line and is a date that exists. */
int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct str line = { (const char *)bytes, n };
    struct stamp s;

    if (stamp_find(line, NULL, &s)) {
        struct civil c = s.civil;
        c.year = s.has_year ? c.year : 2000;
        c.month = s.has_date ? c.month : 1;
        c.day = s.has_date ? c.day : 1;
        if (!civil_valid(&c) || s.at + s.length > n || s.grain < 1)
            abort();
    }
    (void)stamp_read_value(line, &s);
    return 0;
}
