/* SPDX-License-Identifier: MIT */
#include "logs/postgres.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* A record of csvlog, a line of jsonlog. */
int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct str text = { (const char *)bytes, n };
    AUTO(strbuf) scratch = { 0 };
    struct parts parts;

    pg_csv_read(text, &scratch, &parts);
    pg_json_read(text, &scratch, &parts);
    return 0;
}
