#!/bin/sh
# Renders the score to master.wav: 16,000 samples a second, mono.
. "$(dirname "$0")/../../shared/task.sh"
work 1
exec python3 bin/render.py "$SCORE" "$results/master.wav"
