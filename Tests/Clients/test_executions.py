"""Standard executions: start, describe, stop, list, history."""
import datetime
import json
import unittest
import urllib.request

from support import FAIL, LONG_WAIT, PASS, ROLE, APITestCase, arn, definition, server, unique


class StartExecution(APITestCase):
    def test_what_was_started_can_be_read_at_once(self):
        machine = self.create(LONG_WAIT)
        started = self.api.start_execution(stateMachineArn=machine, name="first", input='{"a": 1}', traceHeader="Root=1-2")
        execution = started["executionArn"]
        self.assertEqual(execution, machine.replace(":stateMachine:", ":execution:") + ":first")
        found = self.api.describe_execution(executionArn=execution)
        self.assertEqual(found["startDate"], started["startDate"])
        self.assertEqual(found["status"], "RUNNING")
        self.assertEqual(found["input"], '{"a": 1}')
        self.assertEqual(found["inputDetails"], {"included": True})
        self.assertEqual(found["traceHeader"], "Root=1-2")
        self.assertEqual(found["redriveStatus"], "NOT_REDRIVABLE")
        self.assertEqual(found["redriveStatusReason"], "Execution is RUNNING and cannot be redriven")
        for absent in ("stopDate", "output", "error", "cause"):
            self.assertNotIn(absent, found)
        listed = self.api.list_executions(stateMachineArn=machine)["executions"]
        self.assertEqual([item["executionArn"] for item in listed], [execution])
        self.assertEqual(self.event_types(execution)[0], "ExecutionStarted")
        self.api.stop_execution(executionArn=execution)

    def test_a_start_without_a_name_gets_one_each_time(self):
        machine = self.create()
        names = {self.api.describe_execution(executionArn=self.start(machine))["name"] for _ in range(3)}
        self.assertEqual(len(names), 3)

    def test_a_running_execution_is_started_once_by_the_same_request(self):
        machine = self.create(LONG_WAIT)
        first = self.api.start_execution(stateMachineArn=machine, name="same", input="{}")
        second = self.api.start_execution(stateMachineArn=machine, name="same", input="{}")
        self.assertEqual((first["executionArn"], first["startDate"]), (second["executionArn"], second["startDate"]))
        self.refused("ExecutionAlreadyExists", "start_execution", f"Execution Already Exists: '{first['executionArn']}'",
                     stateMachineArn=machine, name="same", input='{"other": true}')
        self.api.stop_execution(executionArn=first["executionArn"])

    def test_a_name_of_a_closed_execution_is_taken(self):
        machine = self.create()
        self.end_of(self.start(machine, name="closed", input="{}"))
        self.refused("ExecutionAlreadyExists", "start_execution", stateMachineArn=machine, name="closed", input="{}")

    def test_what_is_wrong_with_a_start_is_said(self):
        machine = self.create()
        self.refused("InvalidExecutionInput", "start_execution", stateMachineArn=machine, input="not JSON",
                     message="Invalid State Machine Execution Input: 'Unrecognized token 'not': was expecting "
                             "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')'")
        self.refused("InvalidExecutionInput", "start_execution", stateMachineArn=machine, input="")
        self.refused("InvalidName", "start_execution", stateMachineArn=machine, name="a/b")
        self.refused("StateMachineDoesNotExist", "start_execution", stateMachineArn=arn("stateMachine", unique("none")))
        self.refused("InvalidArn", "start_execution", stateMachineArn=arn("execution", "a", "b"))
        self.refused("ValidationException", "start_execution", stateMachineArn=machine, input='"' + "x" * 262_144 + '"')


class DescribeExecution(APITestCase):
    def test_an_execution_that_succeeded_has_its_output(self):
        machine = self.create(definition({"Type": "Pass", "Result": {"done": True}}))
        found = self.end_of(self.start(machine))
        self.assertEqual(found["status"], "SUCCEEDED")
        self.assertEqual(json.loads(found["output"]), {"done": True})
        self.assertEqual(found["outputDetails"], {"included": True})
        self.assertGreaterEqual(found["stopDate"], found["startDate"])
        self.assertEqual(found["redriveStatusReason"], "Execution is SUCCEEDED and cannot be redriven")

    def test_an_execution_that_failed_has_error_and_cause(self):
        found = self.end_of(self.start(self.create(FAIL)))
        self.assertEqual((found["status"], found["error"], found["cause"]), ("FAILED", "Broken", "on purpose"))
        self.assertEqual(found["redriveStatus"], "REDRIVABLE")
        self.assertNotIn("output", found)

    def test_an_execution_that_took_too_long_has_timed_out(self):
        text = json.dumps({**json.loads(LONG_WAIT), "TimeoutSeconds": 1})
        found = self.end_of(self.start(self.create(text)))
        self.assertEqual(found["status"], "TIMED_OUT")
        self.assertNotIn("error", found)

    def test_metadata_only_leaves_input_and_output_out(self):
        execution = self.start(self.create(), input='{"secret": 1}')
        self.end_of(execution)
        found = self.api.describe_execution(executionArn=execution, includedData="METADATA_ONLY")
        self.assertNotIn("input", found)
        self.assertNotIn("output", found)
        self.assertEqual(found["inputDetails"], {"included": False})

    def test_unknown_executions_and_other_arns_are_refused(self):
        unknown = arn("execution", unique("none"), "x")
        for operation in ("describe_execution", "stop_execution", "get_execution_history",
                          "describe_state_machine_for_execution"):
            self.refused("ExecutionDoesNotExist", operation, f"Execution Does Not Exist: '{unknown}'", executionArn=unknown)
            self.refused("InvalidArn", operation, "Invalid Arn: 'Invalid ARN prefix: x'", executionArn="x")


class StopExecution(APITestCase):
    def test_a_stopped_execution_is_aborted_with_what_was_said(self):
        execution = self.start(self.create(LONG_WAIT))
        stopped = self.api.stop_execution(executionArn=execution, error="Enough", cause="by hand")
        found = self.api.describe_execution(executionArn=execution)
        self.assertEqual((found["status"], found["error"], found["cause"]), ("ABORTED", "Enough", "by hand"))
        self.assertEqual(found["stopDate"], stopped["stopDate"])
        self.assertEqual(self.event_types(execution)[-1], "ExecutionAborted")

    def test_a_second_stop_answers_with_the_end_that_was(self):
        execution = self.start(self.create())
        end = self.end_of(execution)
        self.assertEqual(self.api.stop_execution(executionArn=execution)["stopDate"], end["stopDate"])
        self.assertEqual(self.end_of(execution)["status"], "SUCCEEDED")


class ListExecutions(APITestCase):
    def test_newest_come_first_and_pages_hold_each_once(self):
        machine = self.create()
        started = [self.start(machine, name=f"run-{index}") for index in range(7)]
        pages = self.every_page("list_executions", "executions", 3, stateMachineArn=machine)
        self.assertEqual([len(page) for page in pages], [3, 3, 1])
        self.assertEqual([item["executionArn"] for page in pages for item in page], started[::-1])

    def test_a_status_filters(self):
        machine = self.create(LONG_WAIT)
        stopped, running = self.start(machine), self.start(machine)
        self.api.stop_execution(executionArn=stopped)
        for status, expected in (("ABORTED", [stopped]), ("RUNNING", [running]), ("FAILED", [])):
            found = self.api.list_executions(stateMachineArn=machine, statusFilter=status)["executions"]
            self.assertEqual([item["executionArn"] for item in found], expected, status)
        self.api.stop_execution(executionArn=running)

    def test_botos_own_paginator_works(self):
        machine = self.create()
        started = {self.start(machine) for _ in range(4)}
        pages = self.api.get_paginator("list_executions").paginate(stateMachineArn=machine, PaginationConfig={"PageSize": 3})
        self.assertEqual({item["executionArn"] for page in pages for item in page["executions"]}, started)

    def test_bad_filters_tokens_and_machines_are_refused(self):
        machine = self.create()
        error = self.refused("ValidationException", "list_executions", stateMachineArn=machine, statusFilter="HAPPY")
        self.assertIn("[SUCCEEDED, TIMED_OUT, PENDING_REDRIVE, ABORTED, FAILED, RUNNING]", str(error))
        self.refused("InvalidToken", "list_executions", stateMachineArn=machine, nextToken="x")
        self.refused("StateMachineDoesNotExist", "list_executions", stateMachineArn=arn("stateMachine", unique("none")))
        self.refused("ValidationException", "list_executions")
        self.refused("StateMachineTypeNotSupported", "list_executions", stateMachineArn=self.create(type="EXPRESS"),
                     message="This operation is not supported by this type of state machine")

    def test_a_token_of_another_list_is_refused(self):
        first, second = self.create(), self.create()
        for _ in range(2):
            self.start(first)
        token = self.api.list_executions(stateMachineArn=first, maxResults=1)["nextToken"]
        self.refused("InvalidToken", "list_executions", stateMachineArn=second, nextToken=token)


class GetExecutionHistory(APITestCase):
    def setUp(self):
        machine = self.create(definition({"Type": "Pass"}, {"Type": "Pass", "Result": 7}))
        self.execution = self.start(machine, input='{"n": 1}')
        self.end_of(self.execution)

    def test_events_have_their_ids_times_and_details(self):
        events = self.api.get_execution_history(executionArn=self.execution)["events"]
        self.assertEqual([event["id"] for event in events], list(range(1, 7)))
        self.assertEqual([event["type"] for event in events],
                         ["ExecutionStarted", "PassStateEntered", "PassStateExited", "PassStateEntered", "PassStateExited",
                          "ExecutionSucceeded"])
        self.assertEqual(events[0]["executionStartedEventDetails"]["input"], '{"n": 1}')
        self.assertEqual(events[0]["executionStartedEventDetails"]["roleArn"], ROLE)
        self.assertEqual(events[-1]["executionSucceededEventDetails"]["output"], "7")
        self.assertIsInstance(events[0]["timestamp"], datetime.datetime)

    def test_pages_and_the_other_direction_hold_each_event_once(self):
        for is_reversed in (False, True):
            pages = self.every_page("get_execution_history", "events", 4, executionArn=self.execution, reverseOrder=is_reversed)
            ids = [event["id"] for page in pages for event in page]
            self.assertEqual(ids, list(range(6, 0, -1)) if is_reversed else list(range(1, 7)))

    def test_data_can_be_left_out(self):
        events = self.api.get_execution_history(executionArn=self.execution, includeExecutionData=False)["events"]
        self.assertNotIn("input", json.dumps(events, default=str))

    def test_a_broken_token_is_refused(self):
        self.refused("InvalidToken", "get_execution_history", executionArn=self.execution, nextToken="x")


class Wire(APITestCase):
    """What lies below boto3: headers and errors that no SDK would send for."""

    def post(self, target, body=b"{}"):
        request = urllib.request.Request(
            server().url, data=body, headers={"X-Amz-Target": target, "Content-Type": "application/x-amz-json-1.0"})
        try:
            with urllib.request.urlopen(request) as answer:
                return answer.status, dict(answer.headers), json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, dict(error.headers), json.load(error)

    def test_an_answer_has_a_request_id_and_awsjson_type(self):
        status, headers, _ = self.post("AWSStepFunctions.ListStateMachines")
        self.assertEqual(status, 200)
        self.assertEqual(headers["Content-Type"], "application/x-amz-json-1.0")
        self.assertTrue(headers["x-amzn-RequestId"])

    def test_nonsense_gets_a_modelled_error(self):
        for target, body, expected in (
                ("AWSStepFunctions.Dance", b"{}", "UnknownOperationException"),
                ("AWSStepFunctions.ListStateMachines", b"{", "SerializationException"),
                ("AWSStepFunctions.ListStateMachines", b'{"maxResults": "x"}', "SerializationException"),
                ("AWSStepFunctions.DescribeExecution", b"{}", "ValidationException")):
            status, _, answer = self.post(target, body)
            self.assertEqual((status, answer["__type"].split("#")[1]), (400, expected))
            self.assertTrue(answer["message"])

    def test_unknown_members_are_ignored(self):
        status, _, _ = self.post("AWSStepFunctions.ListStateMachines", b'{"shoeSize": 43}')
        self.assertEqual(status, 200)


if __name__ == "__main__":
    unittest.main()
