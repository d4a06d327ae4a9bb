# What the small programs of the Examples have in common; sourced, never run. POSIX shell.
#
# RUN_ID               the execution's name, given by the workflow: each execution has a folder of its own
# STEPLOG_EXAMPLE_DIR  where results are written; without it, `out` in the example's folder
# STEPLOG_EXAMPLE_PACE seconds that a unit of "work" takes; 0.2 without it
# STEPLOG_TASK_COUNTER_FILE  if set, gets a line for each start (tests count them)
set -eu

task=$(basename "$0" .sh)
if [ -n "${STEPLOG_TASK_COUNTER_FILE:-}" ]; then
    launch=${STEPLOG_TASK:-}
    echo "$task ${launch##*/}" >>"$STEPLOG_TASK_COUNTER_FILE"
fi

results=${STEPLOG_EXAMPLE_DIR:-$PWD/out}/${RUN_ID:-by-hand}
mkdir -p "$results"

# work N: what would take N units of time.
work() {
    sleep "$(awk -v units="$1" -v pace="${STEPLOG_EXAMPLE_PACE:-0.2}" 'BEGIN { print units * pace }')"
}

# attempt NAME: counts the calls under that name in this execution, from 1.
attempt() {
    echo x >>"$results/.$1-attempts"
    wc -l <"$results/.$1-attempts" | tr -d ' '
}
