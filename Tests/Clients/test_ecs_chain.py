"""The whole chain as a user sees it: boto3 starts an execution, `steplog dev` decides, a scripted ECS executes."""
import json
import time
import unittest

from ecs_chain import ECS, KEYS, task
from steplog_server import Server
from support import ROLE, client, definition, unique

END_SECONDS_MAX = 60


class ECSChain(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.ecs = ECS()
        cls.server = Server()
        cls.server.arguments = ["--config", cls.ecs.configuration(cls.server.folder)]
        cls.server.environment = KEYS
        cls.server.start()
        cls.api = client(cls.server.url)

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()
        cls.server.delete()
        cls.ecs.stop()

    def create(self, *states):
        made = self.api.create_state_machine(name=unique("chain"), definition=definition(*states), roleArn=ROLE)
        return made["stateMachineArn"]

    def start(self, machine):
        return self.api.start_execution(stateMachineArn=machine)["executionArn"]

    def end_of(self, execution):
        deadline = time.monotonic() + END_SECONDS_MAX
        while time.monotonic() < deadline:
            found = self.api.describe_execution(executionArn=execution)
            if found["status"] != "RUNNING":
                return found
            time.sleep(0.02)
        self.fail(f"{execution} still runs; dev said:\n{self.server.said()[-2000:]}")

    def types(self, execution):
        return [event["type"] for event in self.api.get_execution_history(executionArn=execution)["events"]]

    def wait_for(self, holds, what):
        deadline = time.monotonic() + END_SECONDS_MAX
        while not holds():
            self.assertLess(time.monotonic(), deadline, f"{what}; dev said:\n{self.server.said()[-2000:]}")
            time.sleep(0.02)

    def test_a_sync_task_gives_the_output_and_history_that_aws_shows(self):
        before = self.ecs.counts()
        found = self.end_of(execution := self.start(self.create(task())))
        self.assertEqual(found["status"], "SUCCEEDED", found)
        output = json.loads(found["output"])
        self.assertEqual(output["LastStatus"], "STOPPED")
        self.assertEqual(output["StartedBy"], "AWS Step Functions")
        self.assertEqual(output["StopCode"], "EssentialContainerExited")
        self.assertEqual(output["Containers"][0]["ExitCode"], 0)
        self.assertEqual(output["LaunchType"], "FARGATE")
        self.assertIsInstance(output["StoppedAt"], int)
        self.assertEqual(list(output), sorted(output))
        self.assertEqual(self.types(execution), [
            "ExecutionStarted", "TaskStateEntered", "TaskScheduled", "TaskStarted", "TaskSubmitted", "TaskSucceeded",
            "TaskStateExited", "ExecutionSucceeded"])
        submitted = self.api.get_execution_history(executionArn=execution)["events"][4]["taskSubmittedEventDetails"]
        self.assertEqual(json.loads(submitted["output"])["Tasks"][0]["TaskArn"], output["TaskArn"])
        after = self.ecs.counts()
        self.assertEqual(after["launched"] - before["launched"], 1)
        self.assertEqual(after["calls"]["RunTask"] - before["calls"].get("RunTask", 0), 1)

    def test_a_container_that_fails_fails_its_state_with_the_task_as_cause(self):
        found = self.end_of(self.start(self.create(task(lifecycle="broken"))))
        self.assertEqual(found["status"], "FAILED")
        self.assertEqual(found["error"], "States.TaskFailed")
        self.assertEqual(json.loads(found["cause"])["Containers"][0]["ExitCode"], 42)

    def test_a_refusal_of_ecs_has_the_name_that_step_functions_gives_it(self):
        state = task()
        state["Parameters"]["TaskDefinition"] = "none"
        found = self.end_of(self.start(self.create(state)))
        self.assertEqual(found["error"], "ECS.ClientException")

    def test_a_stopped_execution_stops_its_task(self):
        before = self.ecs.counts()["calls"].get("StopTask", 0)
        execution = self.start(self.create(task(lifecycle="endless")))
        self.wait_for(lambda: "TaskSubmitted" in self.types(execution), "the task was not launched")
        self.api.stop_execution(executionArn=execution)
        self.wait_for(lambda: self.ecs.counts()["calls"].get("StopTask", 0) == before + 1, "the task was not stopped")
        self.assertEqual(self.end_of(execution)["status"], "ABORTED")

    def test_killed_while_tasks_run_each_task_is_launched_once_and_all_complete(self):
        before = self.ecs.counts()
        machine = self.create(task(), task())
        executions = [self.start(machine) for _ in range(40)]
        for pause in (0.1, 0.2, 0.1):
            time.sleep(pause)
            self.server.kill()
            self.server.start()
        for execution in executions:
            self.assertEqual(self.end_of(execution)["status"], "SUCCEEDED")
        after = self.ecs.counts()
        self.assertEqual(after["launched"] - before["launched"], 80)
        self.assertEqual(after["clientTokensLaunchedTwice"], 0)
        self.assertEqual(after["startedByLaunchedTwice"], 0)


if __name__ == "__main__":
    unittest.main()
