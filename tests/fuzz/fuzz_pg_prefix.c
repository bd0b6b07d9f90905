/* SPDX-License-Identifier: MIT */
#include "logs/postgres.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* The first line is taken for a log_line_prefix, the rest for lines under it; then the whole
 * for a sample to infer one from. */
int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct str rest = { (const char *)bytes, n }, sample = rest;
    struct pg_prefix *p = NULL;
    struct parts parts;

    if (pg_prefix_open(&p, str_cut(&rest, '\n')) == OK)
        while (rest.n)
            pg_prefix_read(p, str_cut(&rest, '\n'), &parts);
    pg_prefix_close(p);
    p = NULL;
    if (n < 600 && pg_prefix_infer(sample, &p))
        pg_prefix_read(p, str_cut(&sample, '\n'), &parts);
    pg_prefix_close(p);
    pg_changed((struct str){ (const char *)bytes, n }, STR("log_timezone"), &rest);
    return 0;
}
