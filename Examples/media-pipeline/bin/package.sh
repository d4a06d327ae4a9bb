#!/bin/sh
# Lists what was made, with sizes and hashes, in manifest.json.
. "$(dirname "$0")/../../shared/task.sh"
work 1
exec python3 bin/manifest.py "$results" "$TITLE"
