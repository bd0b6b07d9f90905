#!/bin/sh
# SPDX-License-Identifier: MIT
# Killed at any moment, a tool that records has lost nothing of what it reported as recorded.
. "$(dirname "$0")/lib.sh"

stack_up shop
urls=$(stack_get shop urls)
survives() { python3 "$top/tests/live/kill.py" "$@"; }

# shellcheck disable=SC2086
ok "baseline run, 100 moments" survives "$scratch/run.timeline" 100 1.2 request_id request -- \
    baseline run --json -t "$scratch/run.timeline" --every 50ms --rate 40 --count 0 $urls
done_testing
