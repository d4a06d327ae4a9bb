#!/bin/sh
# Publishes the package: every file of the manifest must be there.
. "$(dirname "$0")/../../shared/task.sh"
work 0.5
mkdir -p "$results/published"
python3 -c 'import json, sys; [print(name) for name in json.load(open(sys.argv[1]))["files"]]' "$results/manifest.json" |
    while read -r name; do cp "$results/$name" "$results/published/"; done
cp "$results/manifest.json" "$results/published/"
