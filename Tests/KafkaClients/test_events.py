"""Events as a product: the published schema, what a running `steplog dev` writes, and the subscribers of Examples."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

import test_dev

try:
    import confluent_kafka
    import jsonschema
except ImportError:
    confluent_kafka = jsonschema = None

ROOT = pathlib.Path(__file__).resolve().parents[2]
EVENTS = ROOT / "docs/events"
ROLE = "arn:aws:iam::123456789012:role/r"
RICH = {"StartAt": "Both", "States": {
    "Both": {"Type": "Parallel", "Next": "Each", "Branches": [
        {"StartAt": "Wait", "States": {"Wait": {"Type": "Wait", "Seconds": 1, "End": True}}},
        {"StartAt": "Pick", "States": {
            "Pick": {"Type": "Choice", "Choices": [{"Variable": "$.n", "NumericEquals": 1, "Next": "Good"}], "Default": "Bad"},
            "Good": {"Type": "Succeed"}, "Bad": {"Type": "Fail"}}}]},
    "Each": {"Type": "Map", "ItemsPath": "$", "Next": "Call", "ItemProcessor": {
        "StartAt": "In", "States": {"In": {"Type": "Pass", "Assign": {"x": 1}, "End": True}}}},
    "Call": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:none", "End": True,
             "Retry": [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 1, "MaxAttempts": 1}],
             "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Late"}]},
    "Late": {"Type": "Fail", "Error": "Late", "Cause": "as planned"}}}
RICH["States"]["Call"].pop("End")
RICH["States"]["Call"]["Next"] = "Late"


def strict(schema):
    """The schema with members that it does not name refused: what is written has to be published."""
    if isinstance(schema, list):
        return [strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    result = {name: strict(part) if name != "enum" else part for name, part in schema.items()}
    if schema.get("type") == "object" and "properties" in schema:
        result.setdefault("additionalProperties", False)
    return result


@unittest.skipUnless(confluent_kafka and os.environ.get("STEPLOG_BINARY"), "confluent-kafka, jsonschema or steplog is not there")
class Events(unittest.TestCase):
    start, stop, call = test_dev.Dev.start, test_dev.Dev.stop, test_dev.Dev.call

    def setUp(self):
        schema = json.loads((EVENTS / "event.schema.json").read_text())
        jsonschema.Draft202012Validator.check_schema(schema)
        self.schema = jsonschema.Draft202012Validator(strict(schema))
        self.headers = jsonschema.Draft202012Validator(json.loads(
            (EVENTS / "asyncapi.json").read_text())["components"]["messages"]["event"]["headers"])

    def check(self, validator, value):
        errors = [f"{list(e.absolute_path)}: {e.message}" for e in validator.iter_errors(value)]
        self.assertEqual(errors, [], value)

    def test_the_schema_fits_every_golden_record(self):
        types = set()
        for line in (EVENTS / "records-v1.jsonl").read_text().splitlines():
            event = json.loads(line)
            types.add(event["type"])
            self.check(self.schema, event)
        definitions = self.schema.schema["$defs"]
        named = {t for part in ("executionEvent", "registryEvent") for t in definitions[part]["properties"]["type"]["enum"]}
        self.assertEqual(types, named)

    def test_the_schema_refuses_what_is_wrong(self):
        event = json.loads((EVENTS / "records-v1.jsonl").read_text().splitlines()[0])
        for change in ({"sequence": 0}, {"type": "Unheard"}, {"surplus": 1}, {"id": None}, {"steplog": 1},
                       {"executionFailedEventDetails": {}}):
            self.assertTrue(list(self.schema.iter_errors({**event, **change})), change)

    def run_machines(self, log):
        self.start("--log", log)
        machine = self.call("CreateStateMachine", name="m", definition=json.dumps(RICH), roleArn=ROLE)["stateMachineArn"]
        for index in range(3):
            arn = self.call("StartExecution", stateMachineArn=machine, name=f"x{index}", input='{"n": 1}')["executionArn"]
        self.call("StopExecution", executionArn=arn, error="Enough")
        end = time.monotonic() + 30
        while time.monotonic() < end:
            running = self.call("ListExecutions", stateMachineArn=machine, statusFilter="RUNNING")["executions"]
            if not running:
                return machine
            time.sleep(0.1)
        self.fail("the executions did not end")

    def records(self):
        consumer = confluent_kafka.Consumer({
            "bootstrap.servers": self.address, "group.id": "all", "auto.offset.reset": "earliest",
            "enable.partition.eof": True})
        consumer.subscribe(["steplog.events"])
        found = []
        while record := consumer.poll(20):
            if record.error():
                break
            found.append((record.key().decode(), {n: v.decode() for n, v in record.headers()}, json.loads(record.value())))
        consumer.close()
        return found

    def steplog(self, *arguments):
        return subprocess.run([os.environ["STEPLOG_BINARY"], *arguments], capture_output=True, text=True, timeout=60)

    def test_what_is_written_is_what_is_published(self):
        with tempfile.TemporaryDirectory() as folder:
            log = os.path.join(folder, "log.sqlite")
            self.run_machines(log)
            self.follow()
            found, last = self.records(), {}
            for key, headers, event in found:
                self.check(self.schema, event)
                self.check(self.headers, headers)
                self.assertEqual(headers["ce_source"], key)
                self.assertEqual(int(headers["ce_id"]), event["sequence"])
                self.assertEqual(headers["ce_type"], "steplog." + event["type"].removeprefix("steplog.") + ".v1")
                self.assertEqual(event["sequence"], last.get(key, 0) + 1)
                last[key] = event["sequence"]
            self.assertEqual(len(last), 5)
            types = {event["type"] for _, _, event in found}
            for wanted in ("StateMachineCreated", "ParallelStateSucceeded", "MapIterationSucceeded", "LambdaFunctionFailed",
                           "steplog.internal.timerStarted", "steplog.internal.retryScheduled", "ExecutionFailed", "ExecutionAborted"):
                self.assertIn(wanted, types)
            self.commands(found, ["--brokers", self.address])
            self.subscribers(found)
            self.process.terminate()
            self.process.wait(20)
            self.commands(found, ["--log", log])

    def commands(self, found, source):
        done = self.steplog("events", *source, "--output", "json")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual([json.loads(line) for line in done.stdout.splitlines()], [event for _, _, event in found])
        one = self.steplog("events", *source, "--output", "json", "--execution", "m/x1", "--type", "Execution*")
        self.assertEqual(
            [json.loads(line)["type"] for line in one.stdout.splitlines()], ["ExecutionStarted", "ExecutionFailed"])
        self.assertEqual(self.steplog("events", *source, "--state-machine", "other").stdout, "")
        table = self.steplog("events", *source, "--state-machine", "m", "--type", "ExecutionFailed")
        self.assertIn("m/x0", table.stdout)
        proof = self.steplog("events", *source, "--check-sequence")
        self.assertEqual((proof.returncode, proof.stderr), (0, f"steplog: {len(found)} events under 5 keys: no gap\n"))

    def follow(self):
        process = subprocess.Popen(
            [os.environ["STEPLOG_BINARY"], "events", "--brokers", self.address, "--follow", "--from", "beginning",
             "--type", "ExecutionStarted", "--output", "json"], stdout=subprocess.PIPE, text=True)
        try:
            names = [json.loads(process.stdout.readline())["steplog"]["name"] for _ in range(3)]
            arn = "arn:aws:states:us-east-1:000000000000:stateMachine:m"
            later = self.call("StartExecution", stateMachineArn=arn, name="later", input='{"n": 2}')["executionArn"]
            names.append(json.loads(process.stdout.readline())["steplog"]["name"])
            self.assertEqual(names, ["x0", "x1", "x2", "later"])
            while self.call("DescribeExecution", executionArn=later)["status"] == "RUNNING":
                time.sleep(0.05)
        finally:
            process.terminate()
            process.wait(10)
            process.stdout.close()

    def subscribers(self, found):
        folder = ROOT / "Examples/subscribers"
        done = subprocess.run(
            [sys.executable, str(folder / "subscribe.py"), self.address, "steplog.events", "--until-end"],
            capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(len(done.stdout.splitlines()), 4)
        self.assertIn(f"{len(found)} events, none missing", done.stderr)
        if shutil.which("kcat"):
            lines = subprocess.run(
                [str(folder / "subscribe.sh"), self.address, "steplog.events", "-e"], capture_output=True, text=True,
                timeout=60).stdout.splitlines()
            self.assertEqual([json.loads(line) for line in lines[1::2]], [event for _, _, event in found])
        else:
            print("kcat is not installed: its subscriber was not run")

    def test_a_gap_is_found(self):
        broker = subprocess.Popen(
            [os.environ["STEPLOG_BINARY"], "test-broker", "--port", "0"], stdout=subprocess.PIPE, text=True)
        try:
            address = broker.stdout.readline().split()[-1]
            producer = confluent_kafka.Producer({"bootstrap.servers": address})
            lines = [line for line in (EVENTS / "records-v1.jsonl").read_text().splitlines() if '"executionArn"' in line]
            for number, line in enumerate(lines):
                if number != 4:
                    producer.produce("steplog.events", line.encode(), key=b"k", partition=0)
            producer.flush(20)
            done = self.steplog("events", "--brokers", address, "--check-sequence")
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assertIn("sequence 5 missing", done.stderr)
        finally:
            broker.terminate()
            broker.wait(10)
            broker.stdout.close()


if __name__ == "__main__":
    unittest.main()
