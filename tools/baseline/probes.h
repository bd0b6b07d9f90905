/* SPDX-License-Identifier: MIT */
#pragma once
#include "observe/prober.h"

/* One probe as a line of JSON, with its newline. `body` is that of a failed one, redacted. */
void probes_json(const struct probe *p, struct str body, struct strbuf *out);

/* One probe as a line for people. */
void probes_line(const struct probe *p, struct strbuf *out);
