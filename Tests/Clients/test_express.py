"""Express state machines: StartSyncExecution, and what is not for them."""
import json
import time
import unittest

from support import FAIL, LONG_WAIT, PASS, APITestCase, arn, definition, unique


class StartSyncExecution(APITestCase):
    def test_the_answer_is_the_whole_execution(self):
        machine = self.create(definition({"Type": "Pass", "Result": {"total": 3}}), type="EXPRESS")
        answer = self.api.start_sync_execution(stateMachineArn=machine, name="once", input='{"a": 1}', traceHeader="Root=1")
        self.assertEqual(answer["status"], "SUCCEEDED")
        self.assertEqual(json.loads(answer["output"]), {"total": 3})
        self.assertEqual((answer["input"], answer["name"], answer["traceHeader"]), ('{"a": 1}', "once", "Root=1"))
        self.assertTrue(answer["executionArn"].startswith(
            machine.replace(":stateMachine:", ":express:") + ":once:"), answer["executionArn"])
        self.assertEqual(answer["billingDetails"]["billedMemoryUsedInMB"] % 64, 0)
        self.assertEqual(answer["billingDetails"]["billedDurationInMilliseconds"] % 100, 0)
        self.assertGreaterEqual(answer["stopDate"], answer["startDate"])

    def test_a_failed_workflow_is_still_an_answer(self):
        answer = self.api.start_sync_execution(stateMachineArn=self.create(FAIL, type="EXPRESS"))
        self.assertEqual((answer["status"], answer["error"], answer["cause"]), ("FAILED", "Broken", "on purpose"))
        self.assertNotIn("output", answer)

    def test_a_workflow_that_takes_too_long_has_timed_out(self):
        text = json.dumps({**json.loads(LONG_WAIT), "TimeoutSeconds": 1})
        answer = self.api.start_sync_execution(stateMachineArn=self.create(text, type="EXPRESS"))
        self.assertEqual(answer["status"], "TIMED_OUT")

    def test_metadata_only_leaves_input_and_output_out(self):
        answer = self.api.start_sync_execution(
            stateMachineArn=self.create(type="EXPRESS"), input='{"a": 1}', includedData="METADATA_ONLY")
        self.assertNotIn("input", answer)
        self.assertNotIn("output", answer)

    def test_what_is_wrong_with_a_start_is_said(self):
        self.refused("StateMachineTypeNotSupported", "start_sync_execution", stateMachineArn=self.create(),
                     message="This operation is not supported by this type of state machine")
        self.refused("StateMachineDoesNotExist", "start_sync_execution", stateMachineArn=arn("stateMachine", unique("none")))
        self.refused("InvalidExecutionInput", "start_sync_execution", stateMachineArn=self.create(type="EXPRESS"), input="{")


class ExpressExecutions(APITestCase):
    def test_the_same_name_starts_another_each_time(self):
        machine = self.create(type="EXPRESS")
        arns = {self.start(machine, name="same", input="{}") for _ in range(3)}
        self.assertEqual(len(arns), 3)

    def test_they_cannot_be_described_stopped_or_read(self):
        execution = self.start(self.create(type="EXPRESS"))
        for operation in ("describe_execution", "stop_execution", "get_execution_history"):
            self.refused("InvalidArn", operation, "Invalid Arn: 'Resource type not valid in this context: express'",
                         executionArn=execution)

    def test_what_only_standard_machines_can_do_is_refused_in_the_definition(self):
        text = definition({"Type": "Task", "Resource": "arn:aws:states:::ecs:runTask.sync", "Parameters": {}})
        self.refused("InvalidDefinition", "create_state_machine", name=unique("e"), definition=text, type="EXPRESS",
                     roleArn=arn("role", "x").replace("states", "iam"))

    def test_a_version_of_an_express_machine_can_be_run(self):
        machine = self.create(PASS, type="EXPRESS", publish=True)
        began = time.monotonic()
        self.assertEqual(self.api.start_sync_execution(stateMachineArn=machine + ":1")["status"], "SUCCEEDED")
        self.assertLess(time.monotonic() - began, 5)


if __name__ == "__main__":
    unittest.main()
