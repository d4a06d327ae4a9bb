"""What the log says at the end, folded by a reader that shares no code with Steplog, and what a read model says: both in one form."""
import hashlib
import json
import sqlite3

from confluent_kafka import KafkaError

from subscriber import ENDS, consumer

ENVELOPE = ("executionArn", "sequence", "steplog")


class Execution:
    """One execution's state, with a digest of its history as AWS shows it."""

    __slots__ = ("status", "started", "stopped", "output", "events", "history")

    def __init__(self):
        self.status, self.started, self.stopped, self.output, self.events = "RUNNING", None, None, None, 0
        self.history = hashlib.blake2b(digest_size=16)

    def add(self, event):
        """An event of AWS's history."""
        self.events += 1
        self.history.update(json.dumps(event, sort_keys=True).encode())

    def form(self):
        return (self.status, self.started, self.stopped, self.output, self.events, self.history.hexdigest())


def of_log(brokers):
    """Folds all events. Returns executions by ARN, how many events of each type, and what breaks the order of sequences and ids."""
    reader = consumer(brokers, "chaos-fold", says_ends=True)
    unread = {place.partition for place in reader.assignment()}
    executions, types, sequences, problems = {}, {}, {}, []
    while unread:
        for message in reader.consume(2000, 1.0):
            if message.error() is not None:
                if message.error().code() == KafkaError._PARTITION_EOF:
                    unread.discard(message.partition())
                continue
            event, key = json.loads(message.value()), message.key()
            sequence = event["sequence"]
            if sequence != sequences.get(key, 0) + 1:
                problems.append(f"{key.decode()}: {sequence} follows {sequences.get(key, 0)}")
            sequences[key] = sequence
            if "executionArn" in event:
                types[event["type"]] = types.get(event["type"], 0) + 1
                take(executions.setdefault(event["executionArn"], Execution()), event, problems)
    reader.close()
    return executions, types, sequences, problems


def take(execution, event, problems):
    milliseconds = round(event["timestamp"] * 1000)
    if event["type"] == "ExecutionStarted":
        execution.started = milliseconds
    if event["type"] in ENDS:
        if execution.status != "RUNNING":
            problems.append(f"{event['executionArn']}: {event['type']} after {execution.status}")
        execution.status, execution.stopped = ENDS[event["type"]], milliseconds
        execution.output = event.get("executionSucceededEventDetails", {}).get("output")
    if "id" in event:
        if event["id"] != execution.events + 1:
            problems.append(f"{event['executionArn']}: id {event['id']} follows {execution.events}")
        execution.add({name: value for name, value in event.items() if name not in ENVELOPE})


def of_read_model(path):
    """The executions in an API's file, by ARN."""
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    executions, arns = {}, {}
    for key, arn, status, started, stopped, output in database.execute(
            "SELECT key, arn, status, started, stopped, output FROM execution"):
        execution = executions[arn] = Execution()
        arns[key] = execution
        execution.status, execution.started, execution.stopped, execution.output = status, started, stopped, output
    for key, segment in database.execute("SELECT execution, json FROM segment ORDER BY execution, first"):
        for line in segment.decode().split("\n"):
            arns[key].add(json.loads(line))
    database.close()
    return executions
