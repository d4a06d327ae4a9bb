"""The log of a running `steplog dev`, as Kafka clients see it."""
import json
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
import unittest
import urllib.error
import urllib.request

try:
    import confluent_kafka
except ImportError:
    confluent_kafka = None

DEFINITION = {"StartAt": "Only", "States": {"Only": {"Type": "Pass", "Result": {"seen": True}, "End": True}}}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@unittest.skipUnless(confluent_kafka and os.environ.get("STEPLOG_BINARY"), "confluent-kafka or steplog is not there")
class Dev(unittest.TestCase):
    def start(self, *arguments):
        self.port = free_port()
        self.process = subprocess.Popen(
            [os.environ["STEPLOG_BINARY"], "dev", "--port", str(self.port), "--kafka-port", "0", *arguments],
            stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        self.addCleanup(self.stop)
        for line in self.process.stderr:
            if found := re.search(r"Kafka clients on (\S+:\d+)", line):
                self.address = found[1].rstrip(",")
            if "Step Functions API on" in line:
                return
        self.fail("steplog dev did not start")

    def stop(self):
        if self.process.poll() is not None:
            return
        self.process.terminate()
        self.process.wait(10)
        self.process.stderr.close()

    def call(self, action, **members):
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/", json.dumps(members).encode(),
            {"X-Amz-Target": f"AWSStepFunctions.{action}", "Content-Type": "application/x-amz-json-1.0"})
        for _ in range(100):
            try:
                with urllib.request.urlopen(request) as answer:
                    return json.load(answer)
            except ConnectionError:
                time.sleep(0.05)
            except urllib.error.URLError as error:
                if isinstance(error, urllib.error.HTTPError):
                    raise AssertionError(error.read())
                time.sleep(0.05)
        self.fail("the API does not answer")

    def test_every_transition_can_be_subscribed_to(self):
        self.start()
        consumer = confluent_kafka.Consumer(
            {"bootstrap.servers": self.address, "group.id": "watchers", "auto.offset.reset": "earliest"})
        consumer.subscribe(["steplog.events"])
        machine = self.call(
            "CreateStateMachine", name="m", definition=json.dumps(DEFINITION), roleArn="arn:aws:iam::000000000000:role/r")
        self.call("StartExecution", stateMachineArn=machine["stateMachineArn"], name="x")
        types, end = [], time.monotonic() + 20
        while "steplog.ExecutionSucceeded.v1" not in types and time.monotonic() < end:
            record = consumer.poll(0.2)
            if record and not record.error():
                json.loads(record.value())
                types.append(dict(record.headers() or []).get("ce_type", b"").decode())
        consumer.close()
        self.assertIn("steplog.ExecutionStarted.v1", types)
        self.assertIn("steplog.PassStateEntered.v1", types)
        self.assertIn("steplog.ExecutionSucceeded.v1", types)

    def produce(self, topic, key=b"k"):
        errors = []
        producer = confluent_kafka.Producer({"bootstrap.servers": self.address})
        producer.produce(topic, b"x", key=key, partition=0, on_delivery=lambda error, _: errors.append(error))
        producer.flush(20)
        return errors[0]

    def test_its_own_topics_are_not_written_from_outside_unless_that_is_allowed(self):
        self.start()
        self.assertEqual(self.produce("steplog.events").code(), confluent_kafka.KafkaError.TOPIC_AUTHORIZATION_FAILED)
        self.assertIsNone(self.produce("mine"))

    def test_they_are_when_it_is(self):
        self.start("--kafka-writes")
        self.assertIsNone(self.produce("steplog.deadletter"))

    def steplog(self, *arguments):
        return subprocess.run([os.environ["STEPLOG_BINARY"], *arguments], capture_output=True, text=True, timeout=30)

    def dead_letters(self, *source):
        done = self.steplog("deadletter", "list", *source, "--output", "json")
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)["deadLetters"]

    def wait_for_dead_letters(self, known, *source):
        """Those that are not known, as soon as there is one."""
        end = time.monotonic() + 20
        while time.monotonic() < end:
            if new := [letter for letter in self.dead_letters(*source) if letter["number"] not in known]:
                return new
            time.sleep(0.2)
        self.fail("there is no dead letter")

    def test_dead_letters_are_listed_shown_and_put_back_while_it_runs(self):
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        log = os.path.join(folder, "dev.sqlite")
        self.start("--kafka-writes", "--log", log)
        self.assertEqual(self.steplog("deadletter", "list", "--log", log).stdout, "nothing is put aside\n")
        key = "arn:aws:states:us-east-1:000000000000:execution:m:x"
        self.assertIsNone(self.produce("steplog.commands", key.encode()))
        letter, = self.wait_for_dead_letters([], "--log", log)
        self.assertEqual((letter["topic"], letter["offset"], letter["key"]), ("steplog.commands", 0, key))
        self.assertEqual(self.dead_letters("--brokers", self.address), [letter])
        head, line = self.steplog("deadletter", "list", "--log", log).stdout.splitlines()
        self.assertEqual(head.split(), ["number", "time", "record", "key", "reason"])
        self.assertIn(f"steplog.commands/0@0  {key}  {letter['reason']}", line)
        shown = self.steplog("deadletter", "show", str(letter["number"]), "--log", log)
        self.assertEqual((shown.returncode, shown.stdout.splitlines()[-2:]), (0, [key, "x"]))
        self.assertEqual(self.steplog("deadletter", "show", "77", "--log", log).returncode, 1)
        refused = self.steplog("deadletter", "retry", key, "--log", log)
        self.assertEqual(refused.returncode, 2)
        self.assertIn("End that process first", refused.stderr)
        # Its own topics take no transactions from outside.
        refused = self.steplog("deadletter", "retry", key, "--brokers", self.address)
        self.assertEqual(refused.returncode, 2)
        self.assertIn("TOPIC_AUTHORIZATION_FAILED", refused.stderr)
        self.assertEqual(self.dead_letters("--log", log), [letter])
        self.assertEqual(self.steplog("deadletter", "retry", "nobody", "--brokers", self.address).returncode, 1)
        self.stop()
        done = self.steplog("deadletter", "retry", key, "--log", log)
        self.assertEqual((done.returncode, done.stdout), (0, "1 put back\n"), done.stderr)
        self.assertEqual(self.dead_letters("--log", log), [])
        # It is as unreadable as before.
        self.start("--log", log)
        again, = self.wait_for_dead_letters([letter["number"]], "--log", log)
        self.assertEqual(again["key"], key)

    def test_the_file_of_a_running_one_is_read_to_where_it_ends(self):
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        log = os.path.join(folder, "dev.sqlite")
        self.start("--log", log)
        machine = self.call(
            "CreateStateMachine", name="m", definition=json.dumps(DEFINITION), roleArn="arn:aws:iam::000000000000:role/r")
        self.call("StartExecution", stateMachineArn=machine["stateMachineArn"], name="x")
        end = time.monotonic() + 20
        while "ExecutionSucceeded" not in (found := self.steplog("events", "--log", log)).stdout:
            self.assertLess(time.monotonic(), end, found.stdout + found.stderr)
            time.sleep(0.2)
        for source in (["--log", log], ["--brokers", self.address], ["--kafka-bootstrap", self.address]):
            self.assertEqual(self.steplog("describe", "m/x", "--at", "2", *source).returncode, 0)
        followed = self.steplog("events", "--log", log, "--follow")
        self.assertEqual(followed.returncode, 2)
        self.assertIn("--kafka-port", followed.stderr)

    def test_a_port_that_is_taken_is_an_error_that_says_so(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = str(taken.getsockname()[1])
            done = subprocess.run(
                [os.environ["STEPLOG_BINARY"], "dev", "--port", str(free_port()), "--kafka-port", port],
                capture_output=True, text=True, timeout=20)
        self.assertEqual(done.returncode, 2)
        self.assertIn(f"127.0.0.1:{port}: another process has the port", done.stderr)


if __name__ == "__main__":
    unittest.main()
