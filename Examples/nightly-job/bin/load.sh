#!/bin/sh
# Loads the export into TARGET. Exit status 28: no space left there, which no retry will mend.
. "$(dirname "$0")/../../shared/task.sh"
work 0.5
case $TARGET in
*-full)
    echo "load.sh: no space left in $TARGET" >&2
    exit 28
    ;;
esac
mkdir -p "$results/$TARGET"
mv "$results/$DAY.csv" "$results/$TARGET/"
