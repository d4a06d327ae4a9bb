"""The programs of a chaos run: a broker on SQLite, a scripted ECS, and engines, workers and APIs on three hosts."""
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

import network
from ecs_chain import ECS, KEYS
from steplog_server import binary, free_port

ACCOUNT = "000000000000"
START_SECONDS_MAX = 60

# Host by host, its programs' roles. Each role is on two of three hosts, so that one host's loss leaves each of them.
HOSTS = {1: ("engine", "worker"), 2: ("engine", "api"), 3: ("worker", "api")}

# Their programs are static members of their groups: one that is back within the session's time has its partitions again.
NAMED_HOSTS = (2, 3)


class Program:
    """A process that may be killed, stopped, continued and started again."""

    def __init__(self, name, role, host, line, folder):
        self.name, self.role, self.host = name, role, host
        self.line, self.folder = line, folder
        self.process = None
        # What this is suffering from: nothing else happens to it meanwhile.
        self.trouble = None

    def start(self):
        with open(os.path.join(self.folder, f"{self.name}.messages"), "ab") as messages:
            self.process = subprocess.Popen(
                self.line, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=messages, stderr=messages,
                env=os.environ | KEYS)

    def signal(self, number):
        self.process.send_signal(number)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def end(self, seconds=30):
        """As a service manager does."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()

    @property
    def has_ended(self):
        return self.process is None or self.process.poll() is not None

    def said(self, bytes_max=1500):
        path = pathlib.Path(self.folder, f"{self.name}.messages")
        text = path.read_text(errors="replace") if path.exists() else ""
        return "\n".join(line for line in text.splitlines() if " 200 " not in line)[-bytes_max:]


class Cluster:
    """All of them, from `start` to `stop`."""

    def __init__(self, seed, script, settings):
        """`script` is the ECS's, `settings` are those of the part `ecs` of a worker's configuration."""
        self.directory = tempfile.TemporaryDirectory(prefix="steplog-chaos-")
        self.folder = self.directory.name
        self.network, self.why_no_cuts = network.make(len(HOSTS))
        self.ecs = None
        self.broker_port = free_port()
        self.broker_address = f"{self.network.address}:{self.broker_port}"
        self.broker = Program(
            "broker", "broker", None,
            [binary(), "test-broker", "--address", self.network.address, "--port", str(self.broker_port), "--log",
             "broker.sqlite"], self.folder)
        self.seed, self.script, self.settings = seed, script, settings
        self.programs = []
        self.ports = {}

    def start(self):
        """Returns when the API answers on each of its hosts."""
        self.ecs = ECS(address=self.network.address, seed=self.seed, script=self.script)
        configuration = self.ecs.configuration(self.folder, ecs=self.settings)
        self.broker.start()
        self.until(lambda: b"ready" in pathlib.Path(self.folder, "broker.messages").read_bytes(), self.broker)
        subprocess.run([binary(), "topics", "apply", "--brokers", self.broker_address], check=True, capture_output=True)
        for host, roles in HOSTS.items():
            for role in roles:
                self.add(host, role, configuration)
        apis = [program for program in self.programs if program.role == "api"]
        # The first one makes the key of task tokens, which the others share.
        for program in apis[:1] + [program for program in self.programs if program is not apis[0]]:
            program.start()
            if program is apis[0]:
                self.until(lambda: os.path.exists(os.path.join(self.folder, "token.key")), program)
        for program in apis:
            self.until(lambda: self.is_ready(program), program)
        return self

    def on(self, host):
        """A host's programs."""
        return [program for program in self.programs if program.host == host]

    def add(self, host, role, configuration):
        line = self.network.inside(host) + [
            binary(), "server", "--kafka-bootstrap", self.broker_address, "--role", role, "--data", f"data{host}",
            "--token-key", "token.key", "--account", ACCOUNT]
        if role == "engine":
            line += ["--lanes", "1"]
        if role != "api" and host in NAMED_HOSTS:
            line += ["--instance-id", f"host{host}-{role}"]
        if role == "worker":
            line += ["--config", configuration]
        if role == "api":
            self.ports[host] = free_port()
            line += ["--port", str(self.ports[host]), "--read-model", self.read_model(host)]
        self.programs.append(Program(f"{role}{host}", role, host, line, self.folder))

    def read_model(self, host):
        """The file of the API on a host."""
        return os.path.join(self.folder, f"read-model-{host}.sqlite")

    def rebuild(self, path):
        """Makes a read model anew from the log; a process that serves the old one takes it."""
        return subprocess.run(
            [binary(), "replay", "--into", "read-model", "--kafka-bootstrap", self.broker_address, "--read-model", path],
            capture_output=True, text=True)

    def is_ready(self, program):
        """Whether an API's process says so."""
        script = f"import urllib.request as u; u.urlopen('http://127.0.0.1:{self.ports[program.host]}/health/ready', timeout=2)"
        found = subprocess.run(
            self.network.inside(program.host) + [sys.executable, "-c", script], capture_output=True, timeout=30)
        return found.returncode == 0

    def until(self, holds, program):
        deadline = time.monotonic() + START_SECONDS_MAX
        while not holds():
            if time.monotonic() > deadline or program.has_ended:
                raise RuntimeError(f"{program.name} did not get ready:\n{program.said()}")
            time.sleep(0.05)

    def heal(self):
        """Everything runs again."""
        for program in [self.broker] + self.programs:
            if program.has_ended:
                program.start()
            else:
                program.signal(signal.SIGCONT)
        if self.ecs:
            self.ecs.process.send_signal(signal.SIGCONT)
        if self.network.can_cut:
            for host in HOSTS:
                self.network.cut(host, False)

    def said(self):
        return "\n".join(f"{program.name}:\n{program.said()}" for program in [self.broker] + self.programs)

    def end_servers(self):
        """The APIs' files are whole after this; broker and ECS go on."""
        for program in self.programs:
            if not program.has_ended:
                program.signal(signal.SIGTERM)
        for program in self.programs:
            if not program.has_ended:
                program.end()

    def stop(self, keeps_folder=False):
        for program in self.programs + [self.broker]:
            if not program.has_ended:
                program.kill()
        if self.ecs:
            self.ecs.stop()
        self.network.delete()
        if keeps_folder:
            self.directory._finalizer.detach()
        else:
            self.directory.cleanup()
