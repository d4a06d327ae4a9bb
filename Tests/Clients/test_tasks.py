"""Activities and task tokens: what workers call."""
import json
import threading
import unittest

from support import APITestCase, arn, client, definition, unique


class ActivityTestCase(APITestCase):
    def activity(self):
        return self.api.create_activity(name=unique("activity"))["activityArn"]

    def waiting(self, activity, **fields):
        """An execution whose first state asks for a worker of the activity."""
        state = {"Type": "Task", "Resource": activity, **fields}
        return self.start(self.create(definition(state)), input='{"job": 5}')

    def take(self, activity):
        return self.api.get_activity_task(activityArn=activity, workerName="worker-1")


class Activities(ActivityTestCase):
    def test_an_activity_is_created_once_described_listed_and_deleted(self):
        name = unique("activity")
        made = self.api.create_activity(name=name, tags=[{"key": "a", "value": "1"}])
        activity = made["activityArn"]
        self.assertEqual(activity, arn("activity", name))
        self.assertEqual(self.api.create_activity(name=name)["creationDate"], made["creationDate"])
        found = self.api.describe_activity(activityArn=activity)
        self.assertEqual((found["name"], found["creationDate"]), (name, made["creationDate"]))
        self.api.delete_activity(activityArn=activity)
        self.api.delete_activity(activityArn=activity)
        self.refused("ActivityDoesNotExist", "describe_activity", f"Activity Does Not Exist: '{activity}'",
                     activityArn=activity)

    def test_pages_hold_every_activity_once(self):
        made = {self.activity() for _ in range(5)}
        pages = self.every_page("list_activities", "activities", 2)
        listed = [item["activityArn"] for page in pages for item in page]
        self.assertEqual(len(listed), len(set(listed)))
        self.assertLessEqual(made, set(listed))
        self.refused("InvalidToken", "list_activities", nextToken="x")

    def test_bad_names_and_arns_are_refused(self):
        self.refused("InvalidName", "create_activity", "Invalid Name: 'a b'", name="a b")
        self.refused("InvalidArn", "describe_activity", activityArn="x")
        self.refused("InvalidArn", "delete_activity", activityArn=arn("stateMachine", "x"))
        self.refused("ActivityDoesNotExist", "get_activity_task", activityArn=arn("activity", unique("none")))


class GetActivityTask(ActivityTestCase):
    def test_a_worker_gets_the_input_and_its_output_is_the_states(self):
        activity = self.activity()
        execution = self.waiting(activity)
        task = self.take(activity)
        self.assertEqual(json.loads(task["input"]), {"job": 5})
        self.api.send_task_heartbeat(taskToken=task["taskToken"])
        self.api.send_task_success(taskToken=task["taskToken"], output='{"done": true}')
        self.assertEqual(json.loads(self.end_of(execution)["output"]), {"done": True})
        kinds = self.event_types(execution)
        for kind in ("ActivityScheduled", "ActivityStarted", "ActivitySucceeded"):
            self.assertIn(kind, kinds)

    def test_a_failure_has_the_workers_error(self):
        activity = self.activity()
        execution = self.waiting(activity)
        self.api.send_task_failure(taskToken=self.take(activity)["taskToken"], error="Worker.Tired", cause="late")
        found = self.end_of(execution)
        self.assertEqual((found["status"], found["error"], found["cause"]), ("FAILED", "Worker.Tired", "late"))

    def test_a_poll_that_is_there_first_gets_the_task_when_it_comes(self):
        activity = self.activity()
        taken = []
        poll = threading.Thread(target=lambda: taken.append(client().get_activity_task(activityArn=activity)))
        poll.start()
        execution = self.waiting(activity)
        poll.join(timeout=10)
        self.api.send_task_success(taskToken=taken[0]["taskToken"], output="1")
        self.assertEqual(self.end_of(execution)["output"], "1")

    def test_no_two_workers_get_one_task(self):
        activity = self.activity()
        for _ in range(8):
            self.waiting(activity)
        tokens = []
        workers = [threading.Thread(target=lambda: tokens.append(client().get_activity_task(activityArn=activity)["taskToken"]))
                   for _ in range(8)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(timeout=20)
        self.assertEqual(len(set(tokens)), 8)
        for token in tokens:
            self.api.send_task_success(taskToken=token, output="{}")

    def test_a_worker_that_stays_silent_too_long_has_lost_its_task(self):
        activity = self.activity()
        execution = self.waiting(activity, HeartbeatSeconds=1, TimeoutSeconds=30)
        token = self.take(activity)["taskToken"]
        self.assertEqual(self.end_of(execution)["error"], "States.Timeout")
        for operation, arguments in (("send_task_success", {"output": "{}"}), ("send_task_failure", {}),
                                     ("send_task_heartbeat", {})):
            self.refused("TaskTimedOut", operation, taskToken=token, **arguments)


class TaskTokens(ActivityTestCase):
    def waiting_for_token(self):
        """An execution whose task passes its token on and waits; and the token, as the task's parameters have it."""
        state = {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
                 "Parameters": {"FunctionName": "park", "Payload": {"token.$": "$$.Task.Token"}}}
        execution = self.start(self.create(definition(state)))
        scheduled = self.wait_for_event(execution, "TaskScheduled")["taskScheduledEventDetails"]
        self.wait_for_event(execution, "TaskSubmitted")
        return execution, json.loads(scheduled["parameters"])["Payload"]["token"]

    def test_a_service_task_waits_until_its_token_comes_back(self):
        execution, token = self.waiting_for_token()
        self.assertEqual(self.api.describe_execution(executionArn=execution)["status"], "RUNNING")
        self.api.send_task_heartbeat(taskToken=token)
        self.api.send_task_success(taskToken=token, output='{"approved": true}')
        self.assertEqual(json.loads(self.end_of(execution)["output"]), {"approved": True})

    def test_a_service_task_fails_with_what_its_token_brings(self):
        execution, token = self.waiting_for_token()
        self.api.send_task_failure(taskToken=token, error="Approval.Declined", cause="too much")
        found = self.end_of(execution)
        self.assertEqual((found["error"], found["cause"]), ("Approval.Declined", "too much"))

    def test_a_broken_token_and_a_broken_output_are_refused(self):
        for operation, arguments in (("send_task_success", {"output": "{}"}), ("send_task_failure", {}),
                                     ("send_task_heartbeat", {})):
            self.refused("InvalidToken", operation, "Invalid Token: 'Invalid token'", taskToken="nonsense", **arguments)
        activity = self.activity()
        execution = self.waiting(activity)
        token = self.take(activity)["taskToken"]
        self.refused("InvalidOutput", "send_task_success", taskToken=token, output="{")
        self.api.send_task_success(taskToken=token, output="{}")
        self.end_of(execution)

    def test_a_task_is_ended_once(self):
        activity = self.activity()
        execution = self.waiting(activity)
        token = self.take(activity)["taskToken"]
        self.api.send_task_success(taskToken=token, output="1")
        self.refused("TaskTimedOut", "send_task_success", taskToken=token, output="2")
        self.assertEqual(self.end_of(execution)["output"], "1")

    def test_a_token_of_a_stopped_execution_is_closed(self):
        activity = self.activity()
        execution = self.waiting(activity)
        token = self.take(activity)["taskToken"]
        self.api.stop_execution(executionArn=execution)
        self.refused("TaskTimedOut", "send_task_heartbeat", taskToken=token)


if __name__ == "__main__":
    unittest.main()
