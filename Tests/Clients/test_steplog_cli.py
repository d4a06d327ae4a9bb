"""The commands of `steplog` that are clients of the API: what they print, and their exit codes."""
import json
import pathlib
import tempfile
import unittest

import shell
from steplog_server import free_port
from support import FAIL, LONG_WAIT, APITestCase, definition, server, unique


class SteplogCommands(APITestCase):
    def steplog(self, arguments, status=0, **variables):
        """Runs `steplog ARGUMENTS`, which must end with this status. Returns the finished process."""
        environment = {"AWS_ENDPOINT_URL": server().url, "HOME": "/nonexistent", **variables}
        with tempfile.TemporaryDirectory() as folder:
            done = shell.run(f"steplog {arguments}", server().port, folder, **environment)
        self.assertEqual(done.returncode, status, f"{arguments}\n{done.stdout}\n{done.stderr}")
        return done

    def answer(self, arguments, status=0):
        return json.loads(self.steplog(arguments + " --output json", status).stdout)

    def named(self, text, **options):
        name = unique("cli")
        self.create(text, name=name, **options)
        return name

    def test_start_prints_the_arn_and_with_wait_the_output(self):
        name = self.named(definition({"Type": "Pass", "Result": {"ok": True}}))
        printed = self.steplog(f"start {name} --name first --input '{{}}'").stdout
        self.assertEqual(printed.strip().split(":")[-2:], [name, "first"])
        self.assertEqual(json.loads(self.steplog(f"start {name} --wait").stdout), {"ok": True})
        self.assertEqual(self.answer(f"start {name} --wait")["status"], "SUCCEEDED")

    def test_a_failed_execution_is_exit_code_1(self):
        name = self.named(FAIL)
        done = self.steplog(f"start {name} --wait", status=1)
        self.assertIn("steplog: FAILED\nerror: Broken\ncause: on purpose\n", done.stderr)
        self.steplog(f"tail {name}/{self.api.list_executions(stateMachineArn=self.arn(name))['executions'][0]['name']}", status=1)

    def arn(self, name):
        return f"arn:aws:states:us-east-1:000000000000:stateMachine:{name}"

    def test_what_is_wrong_with_the_command_is_exit_code_2(self):
        name = self.named(FAIL)
        self.assertIn("--input:1:1", self.steplog(f"start {name} --input nonsense", status=2).stderr)
        self.assertIn("MACHINE/EXECUTION", self.steplog("history nothing", status=2).stderr)
        self.assertIn("no profile typo", self.steplog("list --profile typo", status=2).stderr)
        self.steplog(f"list {name} --status HAPPY", status=2)
        self.steplog("list --limit 0", status=2)
        self.assertIn("http://", self.steplog("list --endpoint-url ftp://somewhere", status=2).stderr)

    def test_a_refusal_of_the_api_is_exit_code_3(self):
        name = self.named(FAIL)
        self.assertIn("(ExecutionDoesNotExist)", self.steplog(f"describe {name}/none", status=3).stderr)
        self.assertIn('"steplog list" shows', self.steplog("start nowhere", status=3).stderr)

    def test_no_server_is_exit_code_4_and_says_how_to_start_one(self):
        done = self.steplog("list", status=4, AWS_ENDPOINT_URL=f"http://127.0.0.1:{free_port()}")
        self.assertIn('"steplog dev" starts one', done.stderr)

    def test_executions_are_listed_described_and_stopped(self):
        name = self.named(LONG_WAIT)
        self.steplog(f"start {name} --name one")
        table = self.steplog(f"list {name} --status RUNNING").stdout.splitlines()
        self.assertEqual(table[0].split(), ["name", "status", "started", "took", "through"])
        self.assertEqual(table[1].split()[:2], ["one", "RUNNING"])
        self.assertIn("RUNNING", self.steplog(f"describe {name}/one").stdout)
        self.assertIn("stopDate", self.steplog(f"stop {name}/one --error Enough --cause 'by hand'").stdout)
        found = self.answer(f"describe {name}/one")
        self.assertEqual((found["status"], found["error"]), ("ABORTED", "Enough"))
        self.assertEqual([item["name"] for item in self.answer(f"list {name}")["executions"]], ["one"])

    def test_machines_are_listed_and_described_over_pages(self):
        name = self.named(FAIL, publish=True)
        self.assertIn(name, self.steplog("list --limit 100000").stdout)
        self.assertEqual(len(self.answer("list --limit 1")["stateMachines"]), 1)
        self.assertEqual(self.answer(f"describe {name}:1")["definition"], FAIL)

    def test_a_history_is_printed_and_followed(self):
        name = self.named(definition({"Type": "Pass"}, {"Type": "Wait", "Seconds": 1}, {"Type": "Pass"}))
        self.steplog(f"start {name} --name one --input '{{\"n\": 1}}'")
        followed = self.steplog(f"tail {name}/one --output json").stdout.splitlines()
        events = self.answer(f"history {name}/one")["events"]
        self.assertEqual([json.loads(line) for line in followed], events)
        self.assertEqual([event["id"] for event in events], list(range(1, len(events) + 1)))
        table = self.steplog(f"history {name}/one").stdout.splitlines()
        self.assertEqual(len(table), len(events) + 1)
        last = self.steplog(f"history {name}/one --reverse --limit 1").stdout.splitlines()[1]
        self.assertIn("ExecutionSucceeded", last)
        self.assertIn("ExecutionSucceeded", self.steplog(f"tail {name}/one").stdout)

    def test_a_profile_names_the_endpoint_and_the_keys(self):
        with tempfile.TemporaryDirectory() as home:
            folder = pathlib.Path(home) / ".aws"
            folder.mkdir()
            (folder / "config").write_text(f"[profile local]\nendpoint_url = {server().url}\nregion = us-east-1\n")
            (folder / "credentials").write_text("[local]\naws_access_key_id = k\naws_secret_access_key = s\n")
            self.steplog("list", HOME=home, AWS_PROFILE="local", AWS_ENDPOINT_URL="", AWS_CONFIG_FILE="",
                         AWS_SHARED_CREDENTIALS_FILE="")

    def test_help_has_examples(self):
        for command in ("start", "describe", "history", "list", "stop", "redrive", "tail"):
            printed = self.steplog(f"{command} --help").stdout
            self.assertIn(f"steplog {command}", printed)
            self.assertIn("xit codes", printed)


if __name__ == "__main__":
    unittest.main()
