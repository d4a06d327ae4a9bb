"""A read model that is rebuilt while `steplog dev` serves the old one."""
import os
import sqlite3
import subprocess
import threading
import time
import unittest

from steplog_server import Server, binary
from support import ROLE, client, definition

SWITCH_SECONDS_MAX = 20


class ReadModel(unittest.TestCase):
    def test_a_file_that_another_process_has_locked_is_waited_for(self):
        server = Server().start()
        self.addCleanup(server.delete)
        self.addCleanup(server.kill)
        api = client(server.url)
        machine = api.create_state_machine(
            name="orders", definition=definition({"Type": "Pass"}), roleArn=ROLE)["stateMachineArn"]
        other = sqlite3.connect(
            os.path.join(server.folder, "log.sqlite.read-model"), timeout=10, isolation_level=None, check_same_thread=False)
        self.addCleanup(other.close)
        other.execute("BEGIN IMMEDIATE")
        # Longer than SQLite itself waits.
        release = threading.Timer(2.5, lambda: other.execute("ROLLBACK"))
        release.start()
        self.addCleanup(release.join)
        execution = api.start_execution(stateMachineArn=machine, name="e")["executionArn"]
        self.assertEqual([e["name"] for e in api.list_executions(stateMachineArn=machine)["executions"]], ["e"])
        self.assertTrue(release.finished.is_set())
        self.assertEqual(len(api.get_execution_history(executionArn=execution)["events"]), 4)
        self.assertIn("has locked the read model", server.said())

    def test_it_is_rebuilt_beside_and_taken_over_by_the_process_that_serves(self):
        server = Server().start()
        self.addCleanup(server.delete)
        self.addCleanup(server.kill)
        api = client(server.url)
        machine = api.create_state_machine(
            name="orders", definition=definition({"Type": "Pass"}), roleArn=ROLE)["stateMachineArn"]

        def start(name):
            return api.start_execution(stateMachineArn=machine, name=name)["executionArn"]

        def names():
            return {found["name"] for found in api.list_executions(stateMachineArn=machine)["executions"]}

        executions = [start(f"e-{number}") for number in range(5)]
        log = os.path.join(server.folder, "log.sqlite")
        damaged = sqlite3.connect(log + ".read-model", timeout=10)
        with damaged:
            damaged.execute("DELETE FROM execution WHERE name = 'e-3'")
        damaged.close()
        self.assertNotIn("e-3", names())
        done = subprocess.run(
            [binary(), "replay", "--into", "read-model", "--log", log], capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("has taken it", done.stderr)
        deadline = time.monotonic() + SWITCH_SECONDS_MAX
        while "e-3" not in names():
            self.assertLess(time.monotonic(), deadline, server.said())
        executions.append(start("e-5"))
        self.assertEqual(names(), {f"e-{number}" for number in range(6)})
        for execution in executions:
            self.assertEqual(api.describe_execution(executionArn=execution)["status"], "SUCCEEDED")
            self.assertEqual(len(api.get_execution_history(executionArn=execution)["events"]), 4)
        self.assertIn("is served from now on", server.said())
        server.kill()
        server.start()
        self.assertEqual(names(), {f"e-{number}" for number in range(6)})


if __name__ == "__main__":
    unittest.main()
