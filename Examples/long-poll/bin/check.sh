#!/bin/sh
# Looks after the job: exit status 0 when it is done, 75 while it runs.
# So that the example takes the same way every time, it does not count as done before the third look.
. "$(dirname "$0")/../../shared/task.sh"
looks=0
if [ "$POLL" -lt 3 ]; then
    echo "poll $POLL: still rendering"
    exit 75
fi
until [ -f "$results/rendered" ]; do
    looks=$((looks + 1))
    [ "$looks" -lt 300 ] || exit 75
    sleep 0.05
done
echo "poll $POLL: $(cat "$results/rendered") frames"
