#!/bin/sh
# The bank: charges or, to undo it, refunds. Each action is written to the order's journal; FAIL_AT names the one that is refused.
. "$(dirname "$0")/../../shared/task.sh"
work 0.5
if [ "$ACTION" = "$FAIL_AT" ]; then
    echo "payment.sh: $ORDER: cannot $ACTION" >&2
    exit 69
fi
echo "$ACTION" >>"$results/$ORDER.journal"
