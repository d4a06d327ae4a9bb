"""The log of a running `steplog dev`, as Kafka clients see it."""
import json
import os
import re
import socket
import subprocess
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

    def produce(self, topic):
        errors = []
        producer = confluent_kafka.Producer({"bootstrap.servers": self.address})
        producer.produce(topic, b"x", key=b"k", partition=0, on_delivery=lambda error, _: errors.append(error))
        producer.flush(20)
        return errors[0]

    def test_its_own_topics_are_not_written_from_outside_unless_that_is_allowed(self):
        self.start()
        self.assertEqual(self.produce("steplog.events").code(), confluent_kafka.KafkaError.TOPIC_AUTHORIZATION_FAILED)
        self.assertIsNone(self.produce("mine"))

    def test_they_are_when_it_is(self):
        self.start("--kafka-writes")
        self.assertIsNone(self.produce("steplog.deadletter"))

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
