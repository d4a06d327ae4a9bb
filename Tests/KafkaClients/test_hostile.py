"""Bytes that no client sends, over a real socket."""
import os
import random
import socket
import struct
import unittest

from broker import BrokerTest, name


def text(value):
    return struct.pack(">h", len(value)) + value.encode()


def request(api, version, body):
    frame = struct.pack(">hhi", api, version, 1) + text("hostile") + body
    return struct.pack(">i", len(frame)) + frame


def metadata(topic):
    return request(3, 1, struct.pack(">i", 1) + text(topic))


class Hostile(BrokerTest):
    def connect(self):
        host, port = self.broker.address.rsplit(":", 1)
        connection = socket.create_connection((host, int(port)), timeout=20)
        self.addCleanup(connection.close)
        return connection

    def answer(self, connection):
        head = b""
        while len(head) < 4:
            got = connection.recv(4 - len(head))
            if not got:
                return None
            head += got
        left = struct.unpack(">i", head)[0]
        body = b""
        while len(body) < left:
            body += connection.recv(min(1 << 20, left - len(body)))
        return body

    def resident(self):
        with open(f"/proc/{self.broker.process.pid}/status") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) >> 10

    def test_nonsense_closes_its_connection_and_no_other(self):
        bystander = self.connect()
        chance = random.Random(7)
        for length in (0x7FFFFFFF, -1, 0, 3, 200, 104_857_601):
            connection = self.connect()
            connection.sendall(struct.pack(">i", length) + chance.randbytes(max(0, min(length, 4096))))
            self.assertIsNone(self.answer(connection), length)
        bystander.sendall(metadata(name()))
        self.assertIsNotNone(self.answer(bystander))

    def test_requests_in_small_pieces_and_many_in_one_piece_are_answered_in_order(self):
        topic = name()
        connection = self.connect()
        for byte in metadata(topic):
            connection.sendall(bytes([byte]))
        self.assertIn(topic.encode(), self.answer(connection))
        connection.sendall(b"".join(metadata(f"{topic}-{number}") for number in range(200)))
        for number in range(200):
            self.assertIn(f"{topic}-{number}".encode(), self.answer(connection))

    @unittest.skipUnless(os.path.exists("/proc/self/status"), "memory is read from /proc")
    def test_a_client_that_asks_for_more_than_it_reads_does_not_fill_the_memory(self):
        topic = name()
        writer = self.connect()
        writer.sendall(metadata(topic))
        self.answer(writer)
        batch = self.batch(900_000)
        body = struct.pack(">hhii", -1, 1, 1000, 1) + text(topic) + struct.pack(">iii", 1, 0, len(batch)) + batch
        for _ in range(20):
            writer.sendall(request(0, 3, body))
            self.answer(writer)
        before = self.resident()
        fetch = request(1, 4, struct.pack(">iiiibi", -1, 0, 1, 1 << 30, 0, 1) + text(topic)
                        + struct.pack(">iiqi", 1, 0, 0, 1 << 30))
        greedy = self.connect()
        greedy.sendall(fetch * 80)
        bystander = self.connect()
        bystander.sendall(metadata(topic))
        self.assertIsNotNone(self.answer(bystander))
        self.assertLess(self.resident() - before, 600)
        for _ in range(80):
            self.assertGreater(len(self.answer(greedy)), 18_000_000)

    def batch(self, size):
        value = b"x" * size
        record = b"\0\0\0\1" + self.varint(len(value)) + value + b"\0"
        records = self.varint(len(record)) + record
        tail = struct.pack(">hiqqqhii", 0, 0, 1, 1, -1, -1, -1, 1) + records
        return struct.pack(">qiibI", 0, 9 + len(tail), -1, 2, self.crc32c(tail)) + tail

    @staticmethod
    def varint(value):
        value <<= 1
        out = b""
        while value > 0x7F:
            out += bytes([value & 0x7F | 0x80])
            value >>= 7
        return out + bytes([value])

    @staticmethod
    def crc32c(data):
        table = []
        for index in range(256):
            for _ in range(8):
                index = index >> 1 ^ (0x82F63B78 if index & 1 else 0)
            table.append(index)
        crc = 0xFFFFFFFF
        for byte in data:
            crc = crc >> 8 ^ table[(crc ^ byte) & 0xFF]
        return crc ^ 0xFFFFFFFF


if __name__ == "__main__":
    unittest.main()
