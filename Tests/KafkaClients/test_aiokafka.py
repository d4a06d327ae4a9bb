"""aiokafka, a client for asyncio."""
import asyncio
import unittest

from broker import BrokerTest, name

try:
    import aiokafka
    import aiokafka.admin
except ImportError:
    aiokafka = None


@unittest.skipUnless(aiokafka, "aiokafka is not installed")
class AIOKafka(BrokerTest):
    def test_two_members_of_a_group_share_the_partitions_and_read_each_record_once(self):
        asyncio.run(self.share())

    async def share(self):
        topic, group = name(), name("group")
        admin = aiokafka.admin.AIOKafkaAdminClient(bootstrap_servers=self.broker.address)
        await admin.start()
        await admin.create_topics([aiokafka.admin.NewTopic(topic, 4, 1)])
        members = [
            aiokafka.AIOKafkaConsumer(
                topic, bootstrap_servers=self.broker.address, group_id=group, auto_offset_reset="earliest",
                heartbeat_interval_ms=200, session_timeout_ms=6000, isolation_level="read_committed")
            for _ in range(2)
        ]
        await asyncio.gather(*(member.start() for member in members))
        for _ in range(200):
            if sorted(len(member.assignment()) for member in members) == [2, 2]:
                break
            await asyncio.gather(*(member.getmany(timeout_ms=50) for member in members))
        self.assertEqual(sorted(len(member.assignment()) for member in members), [2, 2])
        producer = aiokafka.AIOKafkaProducer(bootstrap_servers=self.broker.address, enable_idempotence=True)
        await producer.start()
        for number in range(200):
            await producer.send(topic, b"%d" % number, partition=number % 4)
        await producer.flush()
        got = []
        for _ in range(100):
            for member in members:
                for records in (await member.getmany(timeout_ms=50)).values():
                    got += [int(record.value) for record in records]
            if len(got) >= 200:
                break
        self.assertEqual(sorted(got), list(range(200)))
        for client in (*members, producer):
            await client.stop()
        await admin.close()

    def test_a_read_process_write_loop_with_aborts_is_exactly_once(self):
        asyncio.run(self.process())

    async def process(self):
        source, target, group = name("in"), name("out"), name("group")
        plain = aiokafka.AIOKafkaProducer(bootstrap_servers=self.broker.address)
        await plain.start()
        for number in range(60):
            await plain.send_and_wait(source, b"%d" % number, partition=0)
        await plain.stop()
        partition = aiokafka.TopicPartition(source, 0)
        producer = aiokafka.AIOKafkaProducer(bootstrap_servers=self.broker.address, transactional_id=name("x"))
        await producer.start()
        offset = 0
        turn = 0
        while offset < 60:
            await producer.begin_transaction()
            for number in range(offset, offset + 10):
                await producer.send(target, b"%d" % number, partition=0)
            turn += 1
            if turn % 3 == 0:
                await producer.abort_transaction()
                continue
            await producer.send_offsets_to_transaction({partition: offset + 10}, group)
            await producer.commit_transaction()
            offset += 10
        await producer.stop()
        consumer = aiokafka.AIOKafkaConsumer(
            bootstrap_servers=self.broker.address, isolation_level="read_committed", group_id=group,
            enable_auto_commit=False, auto_offset_reset="earliest")
        await consumer.start()
        self.assertEqual(await consumer.committed(partition), 60)
        consumer.assign([aiokafka.TopicPartition(target, 0)])
        await consumer.seek_to_beginning()
        got = []
        for _ in range(60):
            for records in (await consumer.getmany(timeout_ms=100)).values():
                got += [int(record.value) for record in records]
            if len(got) >= 60:
                break
        self.assertEqual(got, list(range(60)))
        await consumer.stop()


if __name__ == "__main__":
    unittest.main()
