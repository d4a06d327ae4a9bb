"""The aws CLI, each command a process of its own, as scripts use it."""
import json
import pathlib
import tempfile
import unittest
from concurrent.futures import ThreadPoolExecutor

import shell
from support import FAIL, LONG_WAIT, PASS, ROLE, APITestCase, server, unique


class CommandLine(APITestCase):
    def aws(self, command, **variables):
        """Runs `aws stepfunctions COMMAND`. Returns the finished process."""
        with tempfile.TemporaryDirectory() as folder:
            return shell.run(f"aws stepfunctions {command}", server().port, folder, **variables)

    def answer(self, command, **variables):
        done = self.aws(command, **variables)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout) if done.stdout.strip() else {}

    @unittest.skipIf(shell.prefix() is None, "no mount name space here for the name sync-steplog.localhost")
    def test_start_sync_execution_finds_its_host(self):
        machine = self.create(type="EXPRESS")
        answer = self.answer(f"""start-sync-execution --state-machine-arn {machine} --input '{{"a": 1}}'""")
        self.assertEqual((answer["status"], answer["output"]), ("SUCCEEDED", '{"a": 1}'))

    def test_without_that_name_start_sync_execution_does_not_reach_us(self):
        machine = self.create(type="EXPRESS")
        done = self.aws(f"start-sync-execution --state-machine-arn {machine}",
                        AWS_ENDPOINT_URL=f"http://127.0.0.1:{server().port}", AWS_MAX_ATTEMPTS="1")
        self.assertIn(f"http://sync-127.0.0.1:{server().port}", done.stderr)
        self.assertNotEqual(done.returncode, 0)

    def test_a_file_is_a_definition_and_errors_have_their_exit_code(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "pass.json"
            path.write_text(PASS)
            name = unique("cli")
            made = self.answer(f"create-state-machine --name {name} --definition file://{path} --role-arn {ROLE}")
        self.assertTrue(made["stateMachineArn"].endswith(name))
        done = self.aws(f"describe-execution --execution-arn {made['stateMachineArn'].replace('stateMachine', 'execution')}:x")
        self.assertIn("(ExecutionDoesNotExist)", done.stderr)
        self.assertNotEqual(done.returncode, 0)

    def test_the_commands_that_people_poll_with(self):
        url = {"AWS_ENDPOINT_URL": server().url}
        machine, failing = self.create(LONG_WAIT), self.create(FAIL)
        running, failed = self.start(machine), self.start(failing)
        self.end_of(failed)
        commands = {
            "status": f"describe-execution --execution-arn {running} --query status",
            "last": f"get-execution-history --execution-arn {failed} --reverse-order --max-items 1 --query events[0].type",
            "pages": f"get-execution-history --execution-arn {failed} --page-size 1 --query 'length(events)'",
            "list": f"list-executions --state-machine-arn {failing} --status-filter FAILED --query 'length(executions)'",
            "machines": "list-state-machines --max-items 1 --query 'length(stateMachines)'",
            "stop": f"stop-execution --execution-arn {running} --error Enough --cause 'by hand' --query stopDate",
        }
        with ThreadPoolExecutor(2) as pool:
            answers = dict(zip(commands, pool.map(lambda command: self.answer(command, **url), commands.values())))
        stopped = answers.pop("stop")
        self.assertTrue(stopped)
        self.assertEqual(answers.pop("status") in ("RUNNING", "ABORTED"), True)
        self.assertEqual(answers, {"last": "ExecutionFailed", "pages": 3, "list": 1, "machines": 1})
        self.assertEqual(self.end_of(running)["status"], "ABORTED")


if __name__ == "__main__":
    unittest.main()
