#!/bin/sh
# Keeps what is needed to look at the failure in the morning.
. "$(dirname "$0")/../../shared/task.sh"
printf 'day: %s\nerror: %s\ncause: %s\n' "$DAY" "$ERROR" "$CAUSE" >"$results/dead-letter.txt"
