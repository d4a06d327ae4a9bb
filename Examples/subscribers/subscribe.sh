#!/usr/bin/env bash
# Prints key, CloudEvents type and value of every event, with kcat: subscribe.sh BROKERS [TOPIC] [kcat's options, e.g. -e to stop at the end]
set -euo pipefail
brokers=${1:?BROKERS, e.g. 127.0.0.1:9092}
topic=${2:-steplog.events}
shift $(($# < 2 ? $# : 2))
exec kcat -C -b "$brokers" -t "$topic" -o beginning -X isolation.level=read_committed -q -u -f '%k %h\n%s\n' "$@"
