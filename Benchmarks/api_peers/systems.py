"""The servers that are compared, each started on a free port and ended by its process id."""
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request

START_SECONDS_MAX = 60


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def cpu_seconds(root):
    """User and system seconds of a process and all below it, those that have ended among them."""
    children, times = {}, {}
    for entry in pathlib.Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            text = (entry / "stat").read_text()
        except OSError:
            continue
        fields = text[text.rindex(")") + 2:].split()
        children.setdefault(int(fields[1]), []).append(int(entry.name))
        times[int(entry.name)] = sum(map(int, fields[11:15]))
    total, rest = 0, [root]
    while rest:
        process = rest.pop()
        total += times.get(process, 0)
        rest += children.get(process, [])
    return total / os.sysconf("SC_CLK_TCK")


class System:
    """A server that is started, called and ended."""

    name = ""
    storage = ""

    def __init__(self, options):
        self.options = options
        self.folder = tempfile.mkdtemp(prefix=f"bench-{self.name}-", dir=options.folder)
        self.port = free_port()

    def command(self):
        """Command line and environment."""
        raise NotImplementedError

    def started(self):
        """What is to be set once it listens."""

    def __enter__(self):
        command, environment = self.command()
        self.log = open(os.path.join(self.folder, "messages"), "wb")
        self.process = subprocess.Popen(
            command, cwd=self.folder, env={**os.environ, **environment}, stdin=subprocess.DEVNULL, stdout=self.log,
            stderr=self.log, start_new_session=True)
        deadline = time.monotonic() + START_SECONDS_MAX
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                break
            except OSError:
                if time.monotonic() > deadline or self.process.poll() is not None:
                    raise RuntimeError(f"{self.name} did not start; see {self.log.name}") from None
                time.sleep(0.1)
        time.sleep(1)
        self.started()
        return self

    def __exit__(self, *_):
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def call(self, operation, body):
        from driver import request
        with socket.create_connection(("127.0.0.1", self.port), timeout=60) as connection:
            connection.sendall(request(self.port, operation, body).replace(b"\r\nContent-L", b"\r\nConnection: close\r\nContent-L", 1))
            answer = b"".join(iter(lambda: connection.recv(65_536), b""))
        head, body = answer.split(b"\r\n\r\n", 1)
        if b" 200 " not in head.split(b"\r\n")[0]:
            raise RuntimeError(f"{self.name}: {operation}: {answer[:400]}")
        return json.loads(body[body.index(b"{"):body.rindex(b"}") + 1])


class Steplog(System):
    name = "steplog"
    storage = "SQLite, each commit synced to the device"

    def command(self):
        return [str(self.options.steplog), "dev", "--port", str(self.port), "--log", os.path.join(self.folder, "log.sqlite")], {}


class Moto(System):
    name = "moto"
    storage = "memory"

    def command(self):
        return [str(self.options.venv / "bin/moto_server"), "-H", "127.0.0.1", "-p", str(self.port)], {}

    def started(self):
        configuration = json.dumps({"stepfunctions": {"execute_state_machine": True}}).encode()
        urllib.request.urlopen(f"http://127.0.0.1:{self.port}/moto-api/config", data=configuration).close()


class Ministack(System):
    name = "ministack"
    storage = "memory"

    def command(self):
        return [str(self.options.venv / "bin/ministack")], {
            "BIND_HOST": "127.0.0.1", "GATEWAY_PORT": str(self.port), "SERVICES": "stepfunctions", "LOG_LEVEL": "WARNING"}
