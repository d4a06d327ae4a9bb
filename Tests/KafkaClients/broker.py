"""A broker of its own for each test class: `steplog test-broker`, or another program given by STEPLOG_TEST_BROKER."""
import os
import shlex
import signal
import subprocess
import time
import unittest
import uuid


def command():
    other = os.environ.get("STEPLOG_TEST_BROKER")
    return shlex.split(other) if other else [os.environ["STEPLOG_BINARY"], "test-broker"]


class Broker:
    """Runs until `stop`, or until `kill` and then `start` again at the same port."""

    def __init__(self, *arguments):
        self.arguments = list(arguments)
        self.port = 0
        self.process = None
        self.start()

    def start(self):
        line = [*command(), "--port", str(self.port), *self.arguments]
        self.process = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        ready = self.process.stdout.readline()
        if not ready.startswith("broker ready on "):
            raise RuntimeError(f"{line} said {ready!r}")
        self.address = ready.split()[-1]
        self.port = int(self.address.split(",")[0].rsplit(":", 1)[1])

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()

    def stop(self):
        self.process.terminate()
        self.process.wait(10)
        self.process.stdout.close()


class BrokerTest(unittest.TestCase):
    arguments = ()

    @classmethod
    def setUpClass(cls):
        cls.broker = Broker(*cls.arguments)

    @classmethod
    def tearDownClass(cls):
        cls.broker.stop()


def name(kind="topic"):
    return f"{kind}-{uuid.uuid4().hex[:8]}"


def until(seconds, look):
    """What `look` gives as soon as it gives something; its last answer when time is over."""
    end = time.monotonic() + seconds
    while True:
        found = look()
        if found or time.monotonic() > end:
            return found
        time.sleep(0.02)
