#!/bin/sh
# The first container: brings the file to where the second one finds it. It ends before that one starts (dependsOn, SUCCESS).
. "$(dirname "$0")/../../shared/task.sh"
work 0.5
cp "data/$FILE" "$results/$FILE"
