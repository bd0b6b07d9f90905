/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/err.h"
#include "time/span.h"

/* One address and port, as curl's connect-to and people write it: "10.0.0.7:80",
 * "[fd00::7]:80". */
struct resolved {
    char text[64];
};

/* Every address a host name has now, each once, in the resolver's order. ERR_NETWORK if it
 * has none or `timeout` ns pass first. The caller frees `*ret`. */
must_check enum status resolve_all(struct str host, uint16_t port, int64_t timeout,
                                   struct resolved **ret, size_t *ret_len);
