#!/bin/sh
# Makes one rendition of master.wav at SAMPLE_RATE.
. "$(dirname "$0")/../../shared/task.sh"
work 2
exec python3 bin/resample.py "$results/master.wav" "$results/$RENDITION.wav" "$SAMPLE_RATE"
