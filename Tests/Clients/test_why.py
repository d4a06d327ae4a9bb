"""`steplog why` on the log of a running `steplog dev` with tasks in ECS, and the watchdog's words."""
import json
import os
import subprocess
import time
import unittest

from ecs_chain import ECS, KEYS, task
from steplog_server import Server, binary
from support import ROLE, client, definition

WAIT_SECONDS_MAX = 30


class Why(unittest.TestCase):
    def start(self, ecs, **parts):
        """A dev whose tasks this ECS has, and how its log is asked about."""
        self.addCleanup(ecs.stop)
        self.server = Server()
        self.configuration = ecs.configuration(self.server.folder, ecs={"capacityRetrySeconds": 600}, **parts)
        self.server.arguments = ["--config", self.configuration]
        self.server.environment = KEYS
        self.server.start()
        self.addCleanup(self.server.delete)
        self.addCleanup(self.server.kill)
        self.api = client(self.server.url)

    def execution(self, *states):
        machine = self.api.create_state_machine(
            name="orders", definition=definition(*states), roleArn=ROLE)["stateMachineArn"]
        return self.api.start_execution(stateMachineArn=machine, name="one")["executionArn"]

    def why(self, *arguments):
        """The exit code, and what the only open execution waits for."""
        log = os.path.join(self.server.folder, "log.sqlite")
        done = subprocess.run(
            [binary(), "why", "--log", log, "--output", "json", *arguments], capture_output=True, text=True, timeout=60,
            env=os.environ | KEYS)
        self.assertIn(done.returncode, (0, 1), done.stderr)
        found = json.loads(done.stdout)["open"]
        return done.returncode, found[0]["waitsFor"][0] if found else {}

    def until(self, holds):
        deadline = time.monotonic() + WAIT_SECONDS_MAX
        while not holds(found := self.why("--config", self.configuration)[1]):
            self.assertLess(time.monotonic(), deadline, f"{found}\n{self.server.said()[-1000:]}")
            time.sleep(0.2)
        return found

    def test_a_task_is_named_with_its_status_in_ecs_and_an_execution_that_is_overdue_is_told_of(self):
        self.start(ECS(), watchdog={"intervalSeconds": 1, "stateMachines": {"orders": 1}})
        execution = self.execution(task(lifecycle="endless"))
        found = self.until(lambda found: found.get("worker", {}).get("ecsTasks", [{}])[0].get("asked") == "RUNNING")
        self.assertEqual((found["kind"], found["state"]), ("task", "S0"))
        self.assertRegex(found["worker"]["ecsTasks"][0]["taskArn"], "^arn:aws:ecs:.*:task/default/[0-9a-f]+$")
        self.assertNotIn("asked", self.why()[1]["worker"]["ecsTasks"][0])
        self.assertEqual(self.why("--older-than", "0")[0], 1)
        self.until(lambda _: f"{execution} has been open for" in self.server.said())
        self.assertIn("longer than 1 s; it waits for S0: task, submitted to", self.server.said())
        self.assertEqual(self.server.said().count("has been open for"), 1)
        self.assertNotIn("waits for nothing", self.server.said())

    def test_a_launch_that_finds_no_capacity_says_so(self):
        self.start(ECS(script={"runTask": {"capacityFailures": 1}}))
        self.execution(task())
        found = self.until(lambda found: "waitsFor" in found.get("worker", {}))
        self.assertEqual(found["worker"]["waitsFor"], "capacity: RESOURCE:CPU")
        self.server.kill()
        self.server.start()
        self.assertEqual(self.why()[1]["worker"]["waitsFor"], "capacity: RESOURCE:CPU")


if __name__ == "__main__":
    unittest.main()
