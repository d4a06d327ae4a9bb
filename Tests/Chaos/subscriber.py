"""A subscriber of `events` that somebody else wrote: confluent-kafka, read committed. It proves that no event is missing."""
import json
import threading

from confluent_kafka import Consumer, TopicPartition

ENDS = {"ExecutionSucceeded": "SUCCEEDED", "ExecutionFailed": "FAILED", "ExecutionTimedOut": "TIMED_OUT",
        "ExecutionAborted": "ABORTED"}
POLL_SECONDS = 0.5


def consumer(brokers, name, says_ends=False):
    """A reader of all partitions from their beginning."""
    made = Consumer({
        "bootstrap.servers": brokers, "group.id": name, "isolation.level": "read_committed", "enable.auto.commit": False,
        "auto.offset.reset": "error", "topic.metadata.refresh.interval.ms": 5000, "reconnect.backoff.max.ms": 500,
        "fetch.wait.max.ms": 100, "log_level": 0, "enable.partition.eof": says_ends})
    partitions = made.list_topics("steplog.events", timeout=20).topics["steplog.events"].partitions
    made.assign([TopicPartition("steplog.events", partition, 0) for partition in partitions])
    return made


class Subscriber:
    """Reads from the beginning, in a thread, while everything goes on."""

    def __init__(self, brokers):
        self.consumer = consumer(brokers, "chaos-live")
        # By entity: the last sequence.
        self.last = {}
        self.gaps = []
        self.repeated = []
        self.started = 0
        self.ended = 0
        self.events = 0
        self.is_stopping = False
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self):
        while not self.is_stopping:
            for message in self.consumer.consume(500, POLL_SECONDS):
                if message.error() is None:
                    self.take(message)
        self.consumer.close()

    def take(self, message):
        event = json.loads(message.value())
        key, sequence = message.key(), event["sequence"]
        seen = self.last.get(key, 0)
        place = f"{message.partition()}@{message.offset()}"
        if sequence <= seen:
            self.repeated.append(f"{key.decode()}: {sequence} again, at {place}")
            return
        if sequence != seen + 1:
            self.gaps.append(f"{key.decode()}: {seen + 1} is missing before {sequence}, at {place}")
        self.last[key] = sequence
        self.events += 1
        if event["type"] == "ExecutionStarted":
            self.started += 1
        elif event["type"] in ENDS:
            self.ended += 1

    def stop(self):
        self.is_stopping = True
        self.thread.join()
