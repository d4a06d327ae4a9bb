"""TestState: one state, tried without an execution."""
import json
import unittest

from botocore.exceptions import ClientError

from support import ROLE, APITestCase

PASS_STATE = json.dumps({"Type": "Pass", "Parameters": {"sum.$": "States.MathAdd($.a, $.b)"}, "Next": "After"})
TASK_STATE = json.dumps({
    "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"}, "OutputPath": "$.Payload",
    "Retry": [{"ErrorEquals": ["Busy"], "MaxAttempts": 2, "IntervalSeconds": 3}],
    "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Rescue"}], "Next": "After"})


class TestState(APITestCase):
    def setUp(self):
        try:
            self.api.test_state(definition='{"Type": "Succeed"}')
        except ClientError as error:
            if error.response["Error"]["Code"] == "UnknownOperationException":
                self.skipTest("this build does not serve TestState")
            raise

    def test_a_state_has_its_output_and_the_next_one(self):
        answer = self.api.test_state(definition=PASS_STATE, input='{"a": 1, "b": 2}')
        self.assertEqual((answer["status"], json.loads(answer["output"]), answer["nextState"]), ("SUCCEEDED", {"sum": 3}, "After"))

    def test_inspection_shows_the_steps(self):
        answer = self.api.test_state(definition=PASS_STATE, input='{"a": 1, "b": 2}', inspectionLevel="DEBUG")
        self.assertEqual(json.loads(answer["inspectionData"]["afterParameters"]), {"sum": 3})
        self.assertEqual(json.loads(answer["inspectionData"]["input"]), {"a": 1, "b": 2})

    def test_a_mock_answers_for_a_service(self):
        answer = self.api.test_state(
            definition=TASK_STATE, roleArn=ROLE, mock={"result": '{"Payload": {"ok": true}, "StatusCode": 200}'})
        self.assertEqual((answer["status"], json.loads(answer["output"])), ("SUCCEEDED", {"ok": True}))

    def test_a_mocked_error_is_retried_or_caught(self):
        answer = self.api.test_state(
            definition=TASK_STATE, roleArn=ROLE, mock={"errorOutput": {"error": "Busy", "cause": "later"}})
        self.assertEqual((answer["status"], answer["error"]), ("RETRIABLE", "Busy"))
        answer = self.api.test_state(
            definition=TASK_STATE, roleArn=ROLE, mock={"errorOutput": {"error": "Broken", "cause": "no"}})
        self.assertEqual((answer["status"], answer["nextState"]), ("CAUGHT_ERROR", "Rescue"))

    def test_what_is_wrong_with_a_request_is_said(self):
        self.refused("ValidationException", "test_state", "RoleArn must be specified when testing a Task state",
                     definition=TASK_STATE)
        self.refused("InvalidDefinition", "test_state", definition='{"Type": "Nothing"}')
        self.refused("InvalidExecutionInput", "test_state", definition=PASS_STATE, input="{")
        self.refused("ValidationException", "test_state",
                     "A test mock should have only one of the following fields: [result, errorOutput].",
                     definition=TASK_STATE, roleArn=ROLE, mock={"result": "{}", "errorOutput": {"error": "E"}})


if __name__ == "__main__":
    unittest.main()
