#!/bin/sh
# Stands for the person who is asked: answers with the task token, as a web page behind a link in a mail would.
# On AWS the two commands are `aws stepfunctions send-task-success` and `… send-task-failure` with the same options.
. "$(dirname "$0")/../../shared/task.sh"
steplog=${STEPLOG_BINARY:-steplog}

work 1
case $ROLE in
manager) limit=5000 ;;
finance) limit=20000 ;;
*) echo "ask.sh: nobody has the role $ROLE" >&2; exit 64 ;;
esac
echo "$EMPLOYEE asks for $AMOUNT ($PURPOSE)" >>"$results/$ROLE.log"

if [ "$AMOUNT" -le "$limit" ]; then
    "$steplog" send-task-success --task-token "$TASK_TOKEN" --task-output "{\"ApprovedBy\":\"$ROLE\",\"Limit\":$limit}"
else
    "$steplog" send-task-failure --task-token "$TASK_TOKEN" --error Approval.Declined \
        --cause "$AMOUNT is above what a $ROLE may approve ($limit)"
fi
