/* SPDX-License-Identifier: MIT */
#include <assert.h>

#include "logs/pattern.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static bool
lies_in(struct str part, struct str text)
{
    return part.n == 0 || (part.p >= text.p && part.p + part.n <= text.p + text.n);
}

/* Any record: what it is said to name stands in it. */
int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static struct meaning *m;
    struct event e = { .text = { (const char *)bytes, n } };
    AUTO(strbuf) why = { 0 };

    if (!m && meaning_open(&m, NULL, 0) != OK)
        return 0;
    meaning_of(m, &e, &why);
    assert(lies_in(e.role, e.text) && lies_in(e.database, e.text) &&
           lies_in(e.client, e.text) && lies_in(e.route, e.text));
    return 0;
}
