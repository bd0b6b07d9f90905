/* SPDX-License-Identifier: MIT */
#include <stdint.h>
#include <stdlib.h>

#include "time/zone.h"
#include "time/zone_rule.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* Whatever a file says, every instant lies in its own period and every wall has an answer. */
int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct str file = { (const char *)bytes, n };
    struct zone_rule rule;
    struct zone *z = NULL;

    if (zone_open_bytes(&z, STR("fuzz"), file) == OK) {
        for (int64_t at = -SECONDS(1); at < SECONDS(4); at += 86400 * 97 + 11) {
            struct zone_period p = zone_period_at(z, at);
            if (at < p.from || at >= p.to)
                abort();
            (void)zone_to_utc(z, SECONDS(at));
        }
    }
    zone_close(z);
    if (zone_rule_parse(file, &rule))
        (void)zone_rule_period_at(&rule, 1795312010);
    return 0;
}
