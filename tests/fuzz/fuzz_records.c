/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "logs/records.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
take(struct records *r)
{
    const struct record *rec;
    volatile unsigned sum = 0;

    while (records_next(r, &rec))
        for (size_t i = 0; i < rec->text.n; i++)
            sum += (unsigned char)rec->text.p[i];
    (void)sum;
}

/* Lines, envelopes, formats and records out of any bytes; no line gets lost. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct formats *formats;
    struct str bytes = { (const char *)data, size };
    struct lines lines = { .by = lines_guess(bytes) };
    const struct records_count *count;
    struct records *r;
    struct line line;

    if (formats == NULL && formats_open(&formats, NULL, 0) != OK)
        return 0;
    if (records_open(&r, formats, &(struct records_want){ .raw = true, .parts = true }) != OK)
        return 0;
    lines_feed(&lines, bytes);
    while (lines_next(&lines, &line)) {
        records_line(r, &line);
        take(r);
    }
    if (lines_last(&lines, &line)) {
        records_line(r, &line);
        take(r);
    }
    records_flush(r);
    take(r);
    count = records_count(r);
    if (count->lines != count->records + count->continuation + count->not_understood)
        abort();
    records_close(r);
    lines_done(&lines);
    return 0;
}
