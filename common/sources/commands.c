/* SPDX-License-Identifier: MIT */
#include "sources/command.h"

/* clang-format off */
const struct command commands[] = {
    { "docker", "a container's log by docker logs: docker:web-1",
      { "docker", "logs", "--timestamps", "--since", "{since}", "--until", "{until}", "{}", NULL },
      "--follow" },
};
/* clang-format on */
const size_t commands_len = LEN(commands);
