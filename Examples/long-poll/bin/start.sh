#!/bin/sh
# The job itself: renders frames (small pictures) one after another, then says that it is done.
. "$(dirname "$0")/../../shared/task.sh"
frame=1
while [ "$frame" -le "$FRAMES" ]; do
    work 0.2
    awk -v frame="$frame" 'BEGIN {
        print "P2\n16 16\n255"
        for (y = 0; y < 16; y++) { row = ""; for (x = 0; x < 16; x++) row = row ((x * frame + y * 16) % 256) " "; print row }
    }' >"$results/frame-$(printf %03d "$frame").pgm"
    frame=$((frame + 1))
done
echo "$FRAMES" >"$results/rendered"
