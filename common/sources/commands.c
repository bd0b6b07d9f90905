/* SPDX-License-Identifier: MIT */
#include "sources/command.h"

/* clang-format off */
const struct command commands[] = {
    { "docker", "a container's log by docker logs: docker:web-1",
      { "docker", "logs", "--timestamps", "--since", "{since}", "--until", "{until}", "{}", NULL },
      "--follow" },
    { "kubectl", "a pod's or workload's log by kubectl logs: kubectl:deploy/web",
      { "kubectl", "logs", "--timestamps", "--prefix", "--all-containers", "--tail=-1",
        "--since-time={since}", "{}", NULL },
      "--follow" },
    { "journalctl", "a unit's journal by journalctl: journalctl:nginx.service",
      { "journalctl", "--output=json", "--no-pager", "--since", "{since@}", "--until",
        "{until@}", "--unit", "{}", NULL },
      "--follow" },
    { "podman", "a container's log by podman logs: podman:web-1",
      { "podman", "logs", "--timestamps", "--since", "{since}", "--until", "{until}", "{}", NULL },
      "--follow" },
    { "compose", "a service's log by docker compose logs: compose:web",
      { "docker", "compose", "logs", "--timestamps", "--no-color", "--since", "{since}",
        "--until", "{until}", "{}", NULL },
      NULL },
    { "stern", "the logs of all pods that match, by stern: stern:web",
      { "stern", "--timestamps", "--color=never", "--no-follow", "{}", NULL },
      NULL },
};
/* clang-format on */
const size_t commands_len = LEN(commands);
