"""RedriveExecution: an execution that did not succeed goes on where it stopped."""
import json
import unittest

from botocore.exceptions import ClientError

from support import FAIL, LONG_WAIT, APITestCase, arn, definition, unique


class RedriveExecution(APITestCase):
    def setUp(self):
        try:
            self.api.redrive_execution(executionArn=arn("execution", "none", "x"))
        except ClientError as error:
            if error.response["Error"]["Code"] == "UnknownOperationException":
                self.skipTest("this build does not serve RedriveExecution")

    def worked(self, activity, output=None, error=None):
        """Does the next task of an activity."""
        token = self.api.get_activity_task(activityArn=activity)["taskToken"]
        if error:
            self.api.send_task_failure(taskToken=token, error=error)
        else:
            self.api.send_task_success(taskToken=token, output=output)

    def test_a_failed_task_is_done_again_and_what_was_done_is_not(self):
        activity = self.api.create_activity(name=unique("redrive"))["activityArn"]
        machine = self.create(definition({"Type": "Pass", "Result": 1}, {"Type": "Task", "Resource": activity}))
        execution = self.start(machine)
        self.worked(activity, error="Broken")
        self.assertEqual(self.end_of(execution)["redriveStatus"], "REDRIVABLE")
        before = len(self.event_types(execution))
        self.assertIn("redriveDate", self.api.redrive_execution(executionArn=execution))
        running = self.api.describe_execution(executionArn=execution)
        self.assertEqual((running["status"], running["redriveCount"]), ("RUNNING", 1))
        self.assertNotIn("stopDate", running)
        self.worked(activity, output="7")
        found = self.end_of(execution)
        self.assertEqual((found["status"], found["output"], found["redriveCount"]), ("SUCCEEDED", "7", 1))
        self.assertIn("redriveDate", found)
        events = self.api.get_execution_history(executionArn=execution)["events"]
        self.assertEqual(events[before]["type"], "ExecutionRedriven")
        self.assertEqual([event["id"] for event in events], list(range(1, len(events) + 1)))
        self.assertEqual([event["type"] for event in events].count("PassStateEntered"), 1)

    def test_only_the_branch_that_did_not_finish_runs_again(self):
        activity = self.api.create_activity(name=unique("branch"))["activityArn"]
        branches = [{"StartAt": name, "States": {name: {**state, "End": True}}} for name, state in (
            ("Keep", {"Type": "Pass", "Result": "kept"}), ("Work", {"Type": "Task", "Resource": activity}))]
        execution = self.start(self.create(definition({"Type": "Parallel", "Branches": branches})))
        self.worked(activity, error="Broken")
        self.end_of(execution)
        self.api.redrive_execution(executionArn=execution)
        self.worked(activity, output='"done"')
        self.assertEqual(json.loads(self.end_of(execution)["output"]), ["kept", "done"])
        self.assertEqual(self.event_types(execution).count("PassStateEntered"), 1)

    def test_the_same_client_token_redrives_once(self):
        execution = self.start(self.create(FAIL))
        self.end_of(execution)
        first = self.api.redrive_execution(executionArn=execution, clientToken="token-1")
        self.end_of(execution)
        again = self.api.redrive_execution(executionArn=execution, clientToken="token-1")
        self.assertEqual(again["redriveDate"], first["redriveDate"])
        self.assertEqual(self.end_of(execution)["redriveCount"], 1)

    def test_a_stopped_execution_can_be_redriven_and_stopped_again(self):
        execution = self.start(self.create(LONG_WAIT))
        self.api.stop_execution(executionArn=execution)
        self.api.redrive_execution(executionArn=execution)
        self.assertEqual(self.api.describe_execution(executionArn=execution)["status"], "RUNNING")
        self.api.stop_execution(executionArn=execution)
        self.assertEqual(self.end_of(execution)["status"], "ABORTED")

    def test_what_runs_or_succeeded_cannot_be_redriven(self):
        running, done = self.start(self.create(LONG_WAIT)), self.start(self.create())
        self.end_of(done)
        for execution in (running, done):
            self.refused("ExecutionNotRedrivable", "redrive_execution", executionArn=execution)
        self.api.stop_execution(executionArn=running)
        unknown = arn("execution", unique("none"), "x")
        self.refused("ExecutionDoesNotExist", "redrive_execution", f"Execution Does Not Exist: '{unknown}'",
                     executionArn=unknown)
        self.refused("InvalidArn", "redrive_execution", executionArn="x")


if __name__ == "__main__":
    unittest.main()
