#!/bin/sh
# Enters the payment into the books.
. "$(dirname "$0")/../../shared/task.sh"
work 0.5
echo "$EMPLOYEE,$AMOUNT" >>"$results/payments.csv"
