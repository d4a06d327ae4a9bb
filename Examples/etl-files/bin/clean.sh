#!/bin/sh
# Normalises one file to JSON lines. Exit status 65: the file itself is broken, trying again is useless.
. "$(dirname "$0")/../../shared/task.sh"
work 1
exec python3 bin/clean.py "$results/$FILE" "$results/${FILE%.csv}.jsonl"
