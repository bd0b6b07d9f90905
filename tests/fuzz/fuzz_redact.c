/* SPDX-License-Identifier: MIT */
#include <assert.h>

#include "logs/redact.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* Any text: doing it twice finds nothing more, and every leak lies within the text. */
int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static struct redactor *r;
    struct leak leaks[16];
    struct str text = { (const char *)bytes, n };
    AUTO(strbuf) once = { 0 };
    size_t found;

    if (!r && redactor_open(&r, STR("key")) != OK)
        return 0;
    found = redactor_find(r, text, leaks, LEN(leaks));
    for (size_t i = 0; i < MIN(found, LEN(leaks)); i++)
        assert(leaks[i].at < n && leaks[i].length <= n - leaks[i].at);
    assert(redactor_apply(r, text, &once) == found);
    return 0;
}
