"""A `steplog dev` of the tests' own: on a free port of the loopback address, with a log in a folder that goes with it."""
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
START_SECONDS_MAX = 20


def binary():
    """The program under test: $STEPLOG_BINARY, else the debug build of this tree."""
    path = pathlib.Path(os.environ.get("STEPLOG_BINARY", ROOT / ".build/debug/steplog"))
    if not path.exists():
        raise FileNotFoundError(f"{path} is not there: `make build` makes it, or let STEPLOG_BINARY name one")
    return str(path)


def free_port():
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """Runs from `start` to `stop`; keeps its log over a restart."""

    def __init__(self, *arguments):
        self.folder = tempfile.mkdtemp(prefix="steplog-clients-")
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.arguments = arguments
        # Variables beside those of the tests themselves.
        self.environment = {}
        self.process = None

    def start(self):
        """Returns when it is ready."""
        self.messages = open(os.path.join(self.folder, "messages"), "ab")
        self.process = subprocess.Popen(
            [binary(), "dev", "--port", str(self.port), "--log", os.path.join(self.folder, "log.sqlite"), *self.arguments],
            cwd=self.folder, stdin=subprocess.DEVNULL, stdout=self.messages, stderr=self.messages,
            env=os.environ | self.environment)
        deadline = time.monotonic() + START_SECONDS_MAX
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                with urllib.request.urlopen(self.url + "/health/ready", timeout=1) as answer:
                    if answer.status == 200:
                        return self
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.02)
        raise RuntimeError(f"steplog dev did not get ready:\n{self.said()}")

    def said(self):
        """What it wrote to standard error."""
        with open(os.path.join(self.folder, "messages"), errors="replace") as messages:
            return messages.read()

    def stop(self):
        """Asks it to end, as a service manager does. Returns its exit status."""
        self.process.send_signal(signal.SIGTERM)
        try:
            status = self.process.wait(timeout=15)
        finally:
            self.process.kill()
            self.messages.close()
        return status

    def kill(self):
        """Ends it at once, as a power cut does."""
        self.process.kill()
        self.process.wait()
        self.messages.close()

    def delete(self):
        shutil.rmtree(self.folder, ignore_errors=True)
