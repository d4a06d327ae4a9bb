"""kafka-python, a client written in Python alone."""
import unittest

from broker import BrokerTest, name, until

try:
    import kafka
    from kafka.admin import KafkaAdminClient, NewTopic
except ImportError:
    kafka = None


@unittest.skipUnless(kafka, "kafka-python is not installed")
class KafkaPython(BrokerTest):
    def test_a_group_reads_what_was_produced_in_order_and_goes_on_where_it_committed(self):
        topic, group = name(), name("group")
        admin = KafkaAdminClient(bootstrap_servers=self.broker.address)
        admin.create_topics([NewTopic(topic, 1, 1)])
        producer = kafka.KafkaProducer(bootstrap_servers=self.broker.address, compression_type="gzip", acks="all")
        for number in range(200):
            producer.send(topic, value=b"%d" % number, key=b"k", headers=[("h", b"\x00")])
        producer.flush()
        for expected in (range(100), range(100, 200)):
            consumer = kafka.KafkaConsumer(
                topic, bootstrap_servers=self.broker.address, group_id=group, auto_offset_reset="earliest",
                enable_auto_commit=False, max_poll_records=100, isolation_level="read_committed")
            # kafka-python 3.0 that joins before it knows the topic's partitions is assigned none, joins again, and then at times reads nothing.
            until(10, lambda: consumer.partitions_for_topic(topic))
            got = []

            def read():
                for records in consumer.poll(200, max_records=100 - len(got)).values():
                    got.extend(records)
                return len(got) >= 100

            until(15, read)
            self.assertEqual([int(record.value) for record in got], list(expected))
            self.assertEqual(got[0].headers, [("h", b"\x00")])
            consumer.commit()
            consumer.close()
        self.assertIn(group, [entry[0] for entry in admin.list_consumer_groups()] if hasattr(admin, "list_consumer_groups") else [group])
        producer.close()
        admin.close()

    def test_aborted_records_are_not_read_as_committed(self):
        if not hasattr(kafka.KafkaProducer, "begin_transaction"):
            self.skipTest("this kafka-python has no transactions")
        topic = name()
        producer = kafka.KafkaProducer(bootstrap_servers=self.broker.address, transactional_id=name("x"))
        producer.init_transactions()
        for turn in range(6):
            producer.begin_transaction()
            for number in range(5):
                producer.send(topic, value=b"%d-%d" % (turn, number), partition=0)
            if turn % 2:
                producer.abort_transaction()
            else:
                producer.commit_transaction()
        consumer = kafka.KafkaConsumer(
            bootstrap_servers=self.broker.address, isolation_level="read_committed", auto_offset_reset="earliest")
        consumer.assign([kafka.TopicPartition(topic, 0)])
        consumer.seek_to_beginning()
        got = []

        def read():
            for records in consumer.poll(200).values():
                got.extend(record.value.decode() for record in records)
            return len(got) >= 15

        until(15, read)
        self.assertEqual(got, [f"{turn}-{number}" for turn in (0, 2, 4) for number in range(5)])
        consumer.close()
        producer.close()


if __name__ == "__main__":
    unittest.main()
