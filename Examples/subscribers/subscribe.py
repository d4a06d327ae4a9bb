#!/usr/bin/env python3
"""Prints executions that end, and proves that no event was missed.

    pip install confluent-kafka
    subscribe.py BROKERS [TOPIC] [--until-end]

--until-end stops at the topic's present end; without it the subscriber goes on.
"""
import json
import sys

from confluent_kafka import Consumer, KafkaError

ENDS = {"ExecutionSucceeded", "ExecutionFailed", "ExecutionTimedOut", "ExecutionAborted"}


def main(brokers, topic="steplog.events", *options):
    consumer = Consumer({
        "bootstrap.servers": brokers, "group.id": "subscribe.py", "isolation.level": "read_committed",
        "auto.offset.reset": "earliest", "enable.auto.commit": False, "enable.partition.eof": True})
    waiting = set(consumer.list_topics(topic, 10).topics[topic].partitions)
    consumer.subscribe([topic])
    last = {}
    while waiting or "--until-end" not in options:
        record = consumer.poll(1.0)
        if record is None:
            continue
        if record.error():
            if record.error().code() != KafkaError._PARTITION_EOF:
                sys.exit(str(record.error()))
            waiting.discard(record.partition())
            continue
        headers = {name: value.decode() for name, value in record.headers() or []}
        source, sequence = headers["ce_source"], int(headers["ce_id"])
        seen = last.get(source, 0)
        if sequence <= seen:
            continue  # Delivered again.
        if sequence != seen + 1:
            sys.exit(f"{source}: event {seen + 1} is missing")
        last[source] = sequence
        event = json.loads(record.value())
        if event["type"] in ENDS:
            print(f'{headers["ce_time"]} {headers["ce_subject"]} {event["type"]} after {sequence} events', flush=True)
    consumer.close()
    print(f"{sum(last.values())} events, none missing", file=sys.stderr)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(*sys.argv[1:])
