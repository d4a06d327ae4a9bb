#!/bin/sh
# Draws the master's wave form.
. "$(dirname "$0")/../../shared/task.sh"
work 1
exec python3 bin/waveform.py "$results/master.wav" "$results/poster.svg"
