#!/bin/sh
# Adds up the cleaned files by product in totals.json.
. "$(dirname "$0")/../../shared/task.sh"
work 1
exec python3 bin/load.py "$results" "$FILES" "$CURRENCY"
