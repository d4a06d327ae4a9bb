"""docs/clients.md is run: its `sh` blocks by bash, its `python` blocks by Python, in order, against the tests' server."""
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import shell
from support import server

PAGE = shell.ROOT / "docs/clients.md"
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(section):
    """Language and text of the fenced blocks under a `## ` heading."""
    text = PAGE.read_text()
    start = text.index(f"\n## {section}\n")
    end = text.find("\n## ", start + 1)
    return FENCE.findall(text[start:end if end > 0 else None])


@unittest.skipIf(shell.prefix() is None, "no mount name space here for the name sync-steplog.localhost")
class Documents(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="steplog-docs-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def run_section(self, section):
        """The blocks of files are written, the commands are run as one script. Returns what they printed."""
        script = []
        for language, text in blocks(section):
            # The page's port is the one that a user's server has.
            text = text.replace(":8083", f":{server().port}")
            if language == "sh":
                script.append(text)
            elif language == "json":
                (self.folder / "order.asl.json").write_text(text)
            elif language == "python":
                name = f"part-{len(script)}.py"
                (self.folder / name).write_text(text)
                script.append(f"python {name}\n")
        done = shell.run("\n".join(script), server().port, self.folder)
        self.assertEqual(done.returncode, 0, f"{done.stdout}\n{done.stderr}")
        return done.stdout

    def test_the_commands_of_the_aws_cli_work(self):
        printed = self.run_section("The aws CLI")
        self.assertIn('"status": "SUCCEEDED"', printed)
        self.assertIn("ExecutionSucceeded", printed)

    def test_the_program_with_boto3_works(self):
        self.assertIn("SUCCEEDED", self.run_section("boto3"))

    def test_the_definition_of_a_cdk_template_is_taken_out(self):
        template = self.folder / "cdk.out"
        template.mkdir()
        (template / "Orders.template.json").write_text(CDK_TEMPLATE)
        self.assertIn("stateMachine:Orders", self.run_section("The CDK"))

    def test_the_commands_of_steplog_itself_work(self):
        printed = self.run_section("steplog itself")
        self.assertIn("SUCCEEDED", printed)
        self.assertIn("PassStateEntered", printed)


# What `cdk synth` writes of a state machine with a Pass state and an ECS task.
CDK_TEMPLATE = """
{"Resources": {"OrdersB0F1": {"Type": "AWS::StepFunctions::StateMachine", "Properties": {
  "RoleArn": {"Fn::GetAtt": ["OrdersRole", "Arn"]},
  "DefinitionString": {"Fn::Join": ["", [
    "{\\"StartAt\\":\\"Pack\\",\\"States\\":{\\"Pack\\":{\\"Type\\":\\"Pass\\",\\"Next\\":\\"Ship\\"},\\"Ship\\":{\\"End\\":true,\\"Type\\":\\"Task\\",\\"Resource\\":\\"arn:",
    {"Ref": "AWS::Partition"},
    ":states:::ecs:runTask.sync\\",\\"Parameters\\":{\\"Cluster\\":\\"", {"Fn::GetAtt": ["Cluster", "Arn"]},
    "\\",\\"TaskDefinition\\":\\"ship\\"}}}}"]]}}}}}
"""

if __name__ == "__main__":
    unittest.main()
