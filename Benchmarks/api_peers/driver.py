"""A client of a Step Functions API that costs little itself: prepared bytes over kept connections, one epoll loop a process.

    python driver.py PORT CONNECTIONS SECONDS pairs|chain MACHINE_ARN RUN

`pairs`: on each connection StartExecution, then DescribeExecution of what was started, and so on.
`chain`: StartExecution, then DescribeExecution every 2 ms until the execution has SUCCEEDED.
Prints one JSON object: answers, executions, latencies of requests and of executions in seconds, own CPU seconds.
"""
import heapq
import json
import select
import socket
import sys
import time

POLL_SECONDS = 0.002
INPUT = json.dumps({"orderId": "o-1234567890", "customer": {"id": 42, "name": "Ada Lovelace"}, "items": [1, 2, 3, 4, 5],
                    "pad": "x" * 88})
assert len(INPUT) == 200, len(INPUT)


def request(port, operation, body):
    """The bytes of a call. No server here checks signatures; the header is what a client sends."""
    text = json.dumps(body).encode()
    return (
        f"POST / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/x-amz-json-1.0\r\n"
        f"X-Amz-Target: AWSStepFunctions.{operation}\r\nX-Amz-Date: 20260101T000000Z\r\n"
        "Authorization: AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/states/aws4_request, "
        "SignedHeaders=host;x-amz-date;x-amz-target, Signature=00\r\n"
        f"Content-Length: {len(text)}\r\n\r\n").encode() + text


class Connection:
    """One keep-alive connection, with at most one request under way."""

    def __init__(self, port, name):
        self.port, self.name, self.count = port, name, 0
        self.received = b""
        self.execution = None
        self.connect()

    def connect(self):
        self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=120)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, operation, body):
        self.sent_at = time.perf_counter()
        self.operation = operation
        self.last = request(self.port, operation, body)
        self.socket.sendall(self.last)

    def receive(self):
        """Status and body of an answer; None while it is not whole; False when the other side has closed."""
        part = self.socket.recv(262_144)
        if not part:
            return False
        self.received += part
        end = self.received.find(b"\r\n\r\n")
        if end < 0:
            return None
        head = self.received[:end].lower()
        at = head.find(b"content-length:")
        length = int(head[at + 15:].split(b"\r\n", 1)[0])
        if len(self.received) < end + 4 + length:
            return None
        body, self.received = self.received[end + 4:end + 4 + length], b""
        self.keeps = b"connection: close" not in head
        return int(head[9:12]), body


class Load:
    def __init__(self, port, connections, seconds, mode, machine, run):
        self.port, self.mode, self.machine = port, mode, machine
        self.poll = select.epoll()
        self.connections = {}
        self.answers, self.executions, self.latencies, self.spans, self.errors = 0, 0, [], [], 0
        self.seconds = seconds
        self.timers = []
        for index in range(connections):
            self.add(Connection(port, f"{run}-{index}"))

    def add(self, connection):
        self.connections[connection.socket.fileno()] = connection
        self.poll.register(connection.socket, select.EPOLLIN)

    def start(self, connection):
        connection.count += 1
        connection.began = time.perf_counter()
        connection.send("StartExecution", {
            "stateMachineArn": self.machine, "name": f"{connection.name}-{connection.count}", "input": INPUT})

    def describe(self, connection):
        connection.send("DescribeExecution", {"executionArn": connection.execution})

    def answered(self, connection, status, body):
        now = time.perf_counter()
        self.answers += 1
        self.latencies.append(now - connection.sent_at)
        if status != 200:
            if b"DoesNotExist" not in body:
                raise RuntimeError(f"{connection.operation}: HTTP {status} {body[:300]}")
            # Some are consistent only after a while: asked again.
            self.errors += 1
            heapq.heappush(self.timers, (now + POLL_SECONDS, id(connection), connection))
        elif connection.operation == "StartExecution":
            connection.execution = json.loads(body)["executionArn"]
            self.describe(connection)
        elif self.mode == "pairs":
            self.executions += 1
            self.start(connection)
        else:
            found = json.loads(body)["status"]
            if found == "RUNNING":
                heapq.heappush(self.timers, (now + POLL_SECONDS, id(connection), connection))
                return
            if found != "SUCCEEDED":
                raise RuntimeError(f"{connection.execution}: {found}")
            self.executions += 1
            self.spans.append(now - connection.began)
            self.start(connection)

    def run(self):
        cpu = time.process_time()
        began = time.perf_counter()
        for connection in list(self.connections.values()):
            self.start(connection)
        while (now := time.perf_counter()) - began < self.seconds:
            while self.timers and self.timers[0][0] <= now:
                self.describe(heapq.heappop(self.timers)[2])
            wait = min(0.5, self.timers[0][0] - now) if self.timers else 0.5
            for number, _ in self.poll.poll(max(wait, 0)):
                connection = self.connections[number]
                answer = connection.receive()
                if answer is None:
                    continue
                if answer is False or not connection.keeps:
                    del self.connections[number]
                    self.poll.unregister(number)
                    connection.socket.close()
                    connection.connect()
                    self.add(connection)
                    if answer is False:
                        connection.socket.sendall(connection.last)
                        continue
                self.answered(connection, *answer)
        return {
            "wall": time.perf_counter() - began, "answers": self.answers, "executions": self.executions,
            "latencies": self.latencies, "spans": self.spans, "errors": self.errors, "cpu": time.process_time() - cpu}


if __name__ == "__main__":
    port, connections, seconds, mode, machine, run = sys.argv[1:]
    json.dump(Load(int(port), int(connections), float(seconds), mode, machine, run).run(), sys.stdout)
