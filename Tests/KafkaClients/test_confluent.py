"""confluent-kafka, that is librdkafka: an exactly-once loop while the processor and the broker are killed."""
import os
import random
import subprocess
import sys
import tempfile
import time
import unittest

from broker import Broker, name

try:
    import confluent_kafka
    from confluent_kafka.admin import AdminClient, NewTopic
except ImportError:
    confluent_kafka = None

PROCESSOR = """
import os, random, sys
from confluent_kafka import Consumer, Producer, TopicPartition
address, group, source, target, seed = sys.argv[1:6]
random.seed(int(seed))
producer = Producer({"bootstrap.servers": address, "transactional.id": group + "-0", "linger.ms": 0})
producer.init_transactions(20)
consumer = Consumer({"bootstrap.servers": address, "group.id": group, "enable.auto.commit": False,
                     "isolation.level": "read_committed", "fetch.wait.max.ms": 20})
place = TopicPartition(source, 0)
place.offset = max(consumer.committed([place], timeout=20)[0].offset, 0)
consumer.assign([place])
while True:
    records = [record for record in consumer.consume(10, 0.2) if not record.error()]
    if not records:
        continue
    producer.begin_transaction()
    for record in records:
        producer.produce(target, record.value(), partition=0)
    producer.flush()
    if random.random() < 0.1:
        os.kill(os.getpid(), 9)
    if random.random() < 0.1:
        producer.abort_transaction()
        consumer.seek(TopicPartition(source, 0, records[0].offset()))
        continue
    producer.send_offsets_to_transaction(
        [TopicPartition(source, 0, records[-1].offset() + 1)], consumer.consumer_group_metadata())
    producer.commit_transaction()
"""


@unittest.skipUnless(confluent_kafka, "confluent-kafka is not installed")
class ExactlyOnce(unittest.TestCase):
    count = int(os.environ.get("STEPLOG_KAFKA_RECORDS", "150"))

    def run_loop(self, broker, disturb):
        """Reads, processes and writes while `disturb` is called again and again; what came out is complete and in order.

        A processor that stands still is killed like any other: librdkafka 2.16 can wait for ever for a coordinator whose broker left
        the cluster's metadata at the same moment (its broker thread ends and is still asked).
        """
        source, target, group = name("in"), name("out"), name("group")
        admin = AdminClient({"bootstrap.servers": broker.address})
        for future in admin.create_topics([NewTopic(source, 1, 1), NewTopic(target, 1, 1)]).values():
            future.result(10)
        producer = confluent_kafka.Producer({"bootstrap.servers": broker.address, "enable.idempotence": True})
        for number in range(self.count):
            producer.produce(source, b"%d" % number, partition=0)
        producer.flush()
        reader = confluent_kafka.Consumer(
            {"bootstrap.servers": broker.address, "group.id": name("group"), "isolation.level": "read_committed",
             "fetch.wait.max.ms": 20})
        reader.assign([confluent_kafka.TopicPartition(target, 0, 0)])
        processor, got, starts, end = None, [], 0, time.monotonic() + 120
        moved = time.monotonic()
        while len(got) < self.count and time.monotonic() < end:
            if processor is None or processor.poll() is not None:
                starts, moved = starts + 1, time.monotonic()
                processor = subprocess.Popen(
                    [sys.executable, "-c", PROCESSOR, broker.address, group, source, target, str(starts)],
                    stderr=subprocess.DEVNULL)
            came = [int(record.value()) for record in reader.consume(100, 0.1) if not record.error()]
            got += came
            if came:
                moved = time.monotonic()
            elif time.monotonic() > moved + 20:
                processor.kill()
            disturb()
        processor.kill()
        processor.wait()
        got += [int(record.value()) for record in reader.consume(100, 1) if not record.error()]
        reader.close()
        self.assertEqual(got, list(range(self.count)))

    def test_a_loop_whose_processor_is_killed_is_exactly_once(self):
        broker = Broker()
        try:
            self.run_loop(broker, lambda: None)
        finally:
            broker.stop()

    def test_a_loop_whose_broker_is_killed_too_is_exactly_once(self):
        with tempfile.TemporaryDirectory() as folder:
            broker = Broker("--log", os.path.join(folder, "log.sqlite"))
            next_kill = time.monotonic() + 2

            def disturb():
                nonlocal next_kill
                if time.monotonic() > next_kill:
                    broker.kill()
                    broker.start()
                    next_kill = time.monotonic() + random.uniform(1, 4)

            try:
                self.run_loop(broker, disturb)
            finally:
                broker.stop()

    def test_a_loop_over_a_broker_with_faults_is_exactly_once(self):
        rules = (
            "close any always percent 1\nclose-after endTxn always percent 5\nclose-after produce always percent 5\n"
            "error produce always percent 5 code 6\nerror txnOffsetCommit always percent 5 code 14\n"
            "error endTxn always percent 5 code 51\ndelay-answer addPartitionsToTxn always percent 10 ms 50\n"
            "lose-broker any skip 300 broker 1 ms 1000\n"
        )
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "faults.txt")
            with open(path, "w") as file:
                file.write(rules)
            broker = Broker("--faults", path, "--seed", "7", "--brokers", "3")
            try:
                self.run_loop(broker, lambda: None)
            finally:
                broker.stop()


if __name__ == "__main__":
    unittest.main()
