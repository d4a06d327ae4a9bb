#!/bin/sh
# The carrier: ships. Each action is written to the order's journal; FAIL_AT names the one that is refused.
. "$(dirname "$0")/../../shared/task.sh"
work 0.5
if [ "$ACTION" = "$FAIL_AT" ]; then
    echo "shipping.sh: $ORDER: cannot $ACTION" >&2
    exit 69
fi
echo "$ACTION" >>"$results/$ORDER.journal"
