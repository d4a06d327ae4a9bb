"""The chain on many processes: engine, API and two workers on a broker, one worker killed while its tasks run in ECS."""
import os
import shutil
import signal
import subprocess
import tempfile
import time
import unittest
import urllib.error
import urllib.request

from ecs_chain import ECS, KEYS, task
from steplog_server import binary, free_port
from support import ROLE, client, definition

END_SECONDS_MAX = 120
START_SECONDS_MAX = 30


class ECSServer(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="steplog-ecs-server-")
        cls.processes = {}
        cls.ecs = ECS(running=20_000)
        cls.addClassCleanup(cls.end)
        broker = subprocess.Popen([binary(), "test-broker", "--port", "0"], stdout=subprocess.PIPE, text=True)
        cls.processes["broker"] = broker
        cls.broker = broker.stdout.readline().split()[-1]
        broker.stdout.close()
        subprocess.run([binary(), "topics", "apply", "--brokers", cls.broker], check=True, capture_output=True)
        cls.configuration = cls.ecs.configuration(cls.folder)
        cls.port = free_port()
        cls.run_role("front", "--role", "engine", "--role", "api", "--port", str(cls.port))
        for name in ("one", "two"):
            cls.run_role(name, "--role", "worker", "--config", cls.configuration)
        deadline = time.monotonic() + START_SECONDS_MAX
        while not cls.is_ready():
            if time.monotonic() > deadline:
                raise RuntimeError(f"steplog server did not get ready:\n{cls.said()}")
            time.sleep(0.05)
        cls.api = client(f"http://127.0.0.1:{cls.port}")

    @classmethod
    def run_role(cls, name, *arguments):
        with open(os.path.join(cls.folder, f"{name}.messages"), "ab") as messages:
            cls.processes[name] = subprocess.Popen(
                [binary(), "server", "--kafka-bootstrap", cls.broker, "--data", "data", "--lanes", "2",
                 "--account", "000000000000", *arguments],
                cwd=cls.folder, stdin=subprocess.DEVNULL, stdout=messages, stderr=messages, env=os.environ | KEYS)

    @classmethod
    def is_ready(cls):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{cls.port}/health/ready", timeout=2) as answer:
                return answer.status == 200
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    @classmethod
    def said(cls):
        texts = []
        for name in cls.processes:
            path = os.path.join(cls.folder, f"{name}.messages")
            if os.path.exists(path):
                with open(path, errors="replace") as messages:
                    texts.append(f"{name}:\n{messages.read()[-1500:]}")
        return "\n".join(texts)

    @classmethod
    def end(cls):
        for name in reversed(list(cls.processes)):
            cls.processes[name].send_signal(signal.SIGTERM)
            try:
                cls.processes[name].wait(20)
            except subprocess.TimeoutExpired:
                cls.processes[name].kill()
                cls.processes[name].wait()
        cls.ecs.stop()
        shutil.rmtree(cls.folder, ignore_errors=True)

    def wait_for(self, holds, what):
        deadline = time.monotonic() + END_SECONDS_MAX
        while not holds():
            self.assertLess(time.monotonic(), deadline, f"{what}\n{self.ecs.counts()}\n{self.said()}")
            time.sleep(0.05)

    def test_a_killed_worker_is_followed_by_the_other_and_each_task_is_launched_once(self):
        machine = self.api.create_state_machine(
            name="chain", definition=definition(task(), task()), roleArn=ROLE)["stateMachineArn"]
        executions = [
            self.api.start_execution(stateMachineArn=machine, name=f"e-{number}")["executionArn"] for number in range(30)]
        self.wait_for(lambda: self.ecs.counts()["launched"] >= 25, "the tasks are not launched")
        self.processes["one"].kill()
        self.processes["one"].wait()
        statuses = {}

        def all_ended():
            for execution in executions:
                if statuses.get(execution, "RUNNING") == "RUNNING":
                    statuses[execution] = self.api.describe_execution(executionArn=execution)["status"]
            return "RUNNING" not in statuses.values()

        self.wait_for(all_ended, "not all executions have ended")
        self.assertEqual(set(statuses.values()), {"SUCCEEDED"})
        counts = self.ecs.counts()
        self.assertEqual(counts["launched"], 60)
        self.assertEqual(counts["clientTokensLaunchedTwice"], 0)
        self.assertEqual(counts["startedByLaunchedTwice"], 0)


if __name__ == "__main__":
    unittest.main()
