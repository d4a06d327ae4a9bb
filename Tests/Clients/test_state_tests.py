"""TestState as a client sees it: one state at a time, with its task mocked or done by a worker."""
import json

from support import ROLE, APITestCase

TASK = {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
        "Parameters": {"FunctionName": "park", "Payload": {"n.$": "$.n"}}, "End": True}


class TestState(APITestCase):
    def test_a_mocked_task_goes_through_the_whole_state(self):
        state = {**TASK, "ResultSelector": {"got.$": "$.Payload"}, "ResultPath": "$.task"}
        answer = self.api.test_state(
            definition=json.dumps(state), input='{"n": 1}', inspectionLevel="DEBUG",
            mock={"result": '{"StatusCode": 200, "Payload": {"ok": true}}'})
        self.assertEqual(answer["status"], "SUCCEEDED")
        self.assertEqual(json.loads(answer["output"]), {"n": 1, "task": {"got": {"ok": True}}})
        data = answer["inspectionData"]
        self.assertEqual(json.loads(data["afterParameters"]), {"FunctionName": "park", "Payload": {"n": 1}})
        self.assertEqual(json.loads(data["afterResultSelector"]), {"got": {"ok": True}})

    def test_a_task_without_a_mock_calls_the_function_that_is_configured(self):
        answer = self.api.test_state(definition=json.dumps(TASK), input='{"n": 7}', roleArn=ROLE)
        self.assertEqual(answer["status"], "SUCCEEDED")
        self.assertEqual(json.loads(answer["output"])["Payload"], {"n": 7})

    def test_what_nobody_here_can_do_fails_the_state_and_says_so(self):
        state = {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:s3:listBuckets", "End": True}
        answer = self.api.test_state(definition=json.dumps(state), roleArn=ROLE)
        self.assertEqual(answer["status"], "FAILED")
        self.assertIn("mock", answer["cause"])

    def test_a_state_of_a_machine_is_tested_by_its_name(self):
        machine = {"QueryLanguage": "JSONata", "StartAt": "Ask", "States": {
            "Ask": {"Type": "Choice", "Choices": [{"Condition": "{% $states.input.n > 1 %}", "Next": "Many"}],
                    "Default": "Few"}, "Many": {"Type": "Succeed"}, "Few": {"Type": "Fail"}}}
        answer = self.api.test_state(definition=json.dumps(machine), stateName="Ask", input='{"n": 2}')
        self.assertEqual(answer["nextState"], "Many")

    def test_what_is_wrong_with_a_test_is_said(self):
        self.refused("ValidationException", "test_state", definition=json.dumps(TASK),
                     message="RoleArn must be specified when testing a Task state")
        self.refused("InvalidDefinition", "test_state", definition='{"Type": "Jump"}')
