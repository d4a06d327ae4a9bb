"""What the tests of the clients share: one server for all of them, clients of it, and small workflows."""
import atexit
import json
import pathlib
import time
import unittest
import uuid

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from steplog_server import Server

REGION = "us-east-1"
ACCOUNT = "000000000000"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/workflows"
END_SECONDS_MAX = 20
CONFIGURATION = str(pathlib.Path(__file__).with_name("steplog.yaml"))

_server = None
# Operations that any client of these tests has sent, for test_zz_every_operation.
sent_operations = set()


def server():
    """The server that all tests share; the first one starts it."""
    global _server
    if _server is None:
        _server = Server("--config", CONFIGURATION).start()
        atexit.register(_end)
    return _server


def _end():
    status = _server.stop()
    if status != 0:
        print(f"steplog dev ended with {status}:\n{_server.said()[-2000:]}")
    _server.delete()


def client(url=None, **options):
    """A boto3 client as a user makes one. `sync-` is not put before the host, which here is an address."""
    made = boto3.client(
        "stepfunctions", endpoint_url=url or server().url, region_name=REGION, aws_access_key_id="test",
        aws_secret_access_key="test", config=Config(inject_host_prefix=False, **options))
    made.meta.events.register("before-call.stepfunctions", lambda model, **_: sent_operations.add(model.name))
    return made


def unique(prefix):
    return f"{prefix}-{uuid.uuid4().hex[:10]}"


def arn(kind, *path):
    return ":".join(["arn:aws:states", REGION, ACCOUNT, kind, *path])


def definition(*states, **named):
    """A chain: each of `states` is a state's fields, named S0, S1 …; `named` adds states that others name."""
    machine = {"StartAt": "S0", "States": dict(named)}
    for index, state in enumerate(states):
        fields = dict(state)
        if fields["Type"] not in ("Choice", "Succeed", "Fail") and "Next" not in fields:
            fields.update({"End": True} if index == len(states) - 1 else {"Next": f"S{index + 1}"})
        machine["States"][f"S{index}"] = fields
    return json.dumps(machine)


PASS = definition({"Type": "Pass"})
FAIL = definition({"Type": "Fail", "Error": "Broken", "Cause": "on purpose"})
LONG_WAIT = definition({"Type": "Wait", "Seconds": 600})


class APITestCase(unittest.TestCase):
    """A test with a client, and with assertions in the API's words."""

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.api = client()

    def create(self, text=PASS, **options):
        """Makes a state machine of its own. Returns its ARN."""
        name = options.pop("name", None) or unique("machine")
        return self.api.create_state_machine(name=name, definition=text, roleArn=ROLE, **options)["stateMachineArn"]

    def start(self, machine, **options):
        return self.api.start_execution(stateMachineArn=machine, **options)["executionArn"]

    def end_of(self, execution):
        """DescribeExecution once the execution has ended."""
        deadline = time.monotonic() + END_SECONDS_MAX
        while time.monotonic() < deadline:
            found = self.api.describe_execution(executionArn=execution)
            if found["status"] != "RUNNING":
                return found
            time.sleep(0.01)
        self.fail(f"{execution} still runs")

    def event_types(self, execution):
        return [event["type"] for event in self.api.get_execution_history(executionArn=execution)["events"]]

    def wait_for_event(self, execution, kind):
        """The first event of a type, once there is one."""
        deadline = time.monotonic() + END_SECONDS_MAX
        while time.monotonic() < deadline:
            for event in self.api.get_execution_history(executionArn=execution)["events"]:
                if event["type"] == kind:
                    return event
            time.sleep(0.01)
        self.fail(f"{execution} has no {kind}: {self.event_types(execution)}")

    def refused(self, code, operation, message=None, status=400, **arguments):
        """The operation must be refused with this code, and this text when one is given. Returns the error."""
        with self.assertRaises(ClientError) as caught:
            getattr(self.api, operation)(**arguments)
        answer = caught.exception.response
        self.assertEqual(answer["Error"]["Code"], code, answer["Error"])
        self.assertEqual(answer["ResponseMetadata"]["HTTPStatusCode"], status)
        self.assertTrue(answer["ResponseMetadata"]["RequestId"])
        if message is not None:
            self.assertEqual(answer["Error"]["Message"], message)
        return caught.exception

    def every_page(self, operation, member, size, **arguments):
        """Follows nextToken, `size` a page. Returns the pages."""
        pages = []
        while True:
            answer = getattr(self.api, operation)(maxResults=size, **arguments)
            pages.append(answer[member])
            self.assertLessEqual(len(answer[member]), size)
            if "nextToken" not in answer:
                return pages
            arguments["nextToken"] = answer["nextToken"]
