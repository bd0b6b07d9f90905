/* SPDX-License-Identifier: MIT */
/* Files and answers that may hold anything: by the first byte, to one kind of holder. */
#include "observe/holders.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct holders h = { .role = "app" };
    struct holder_reference r = { 0 };
    struct holder_text t = { .where = "1" };

    if (n == 0)
        return 0;
    t.text = (struct str){ (const char *)bytes + 1, n - 1 };
    if (holder_kinds[bytes[0] % holder_kinds_len].read(&h, &t) == OK)
        holders_judge(&h, &r);
    holders_done(&h);
    return 0;
}
