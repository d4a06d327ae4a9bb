"""A server that has credentials: boto3, the aws CLI and steplog itself sign so that it lets them in, and a policy bounds them."""
import json
import pathlib
import tempfile
import unittest

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

import shell
from steplog_server import Server

USERS = {"users": {
    "ada": {
        "accessKeys": [{"accessKeyId": "AKIAADA", "secretAccessKey": "secret/of+ada"}],
        "policies": [{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "states:*", "Resource": "*"}]}]},
    "reader": {
        "accessKeys": [{"accessKeyId": "AKIAREADER", "secretAccessKey": "secret-of-reader"}],
        "policies": [{"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": ["states:List*", "states:Describe*"], "Resource": "*"}]}]}}}


class Signatures(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="steplog-users-")
        cls.addClassCleanup(cls.folder.cleanup)
        users = pathlib.Path(cls.folder.name) / "users.json"
        users.write_text(json.dumps(USERS))
        cls.server = Server("--credentials", str(users)).start()
        cls.addClassCleanup(cls.server.delete)
        cls.addClassCleanup(cls.server.stop)

    def client(self, key, secret):
        return boto3.client(
            "stepfunctions", endpoint_url=self.server.url, region_name="us-east-1", aws_access_key_id=key,
            aws_secret_access_key=secret, config=Config(inject_host_prefix=False))

    def run_as(self, command, key, secret):
        return shell.run(command, self.server.port, self.folder.name, AWS_ENDPOINT_URL=self.server.url,
                         AWS_ACCESS_KEY_ID=key, AWS_SECRET_ACCESS_KEY=secret)

    def code(self, call):
        with self.assertRaises(ClientError) as caught:
            call()
        return caught.exception.response["Error"]["Code"]

    def test_boto3_is_let_in_with_a_good_key_only(self):
        self.client("AKIAADA", "secret/of+ada").list_state_machines()
        self.assertEqual(self.code(self.client("AKIAADA", "wrong").list_state_machines), "InvalidSignatureException")
        self.assertEqual(self.code(self.client("AKIANOBODY", "x").list_state_machines), "UnrecognizedClientException")

    def test_a_policy_refuses_what_it_does_not_allow(self):
        reader = self.client("AKIAREADER", "secret-of-reader")
        reader.list_state_machines()
        self.assertEqual(self.code(lambda: reader.create_activity(name="a")), "AccessDeniedException")

    def test_the_aws_cli_and_steplog_sign_so_that_they_are_let_in(self):
        for command in ("aws stepfunctions list-state-machines", "steplog list"):
            done = self.run_as(command, "AKIAADA", "secret/of+ada")
            self.assertEqual(done.returncode, 0, done.stderr)
        done = self.run_as("steplog list", "AKIAADA", "wrong")
        self.assertEqual(done.returncode, 3)
        self.assertIn("InvalidSignatureException", done.stderr)

    def test_steplog_without_a_key_is_told_that_it_needs_one(self):
        done = shell.run("unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY; steplog list", self.server.port, self.folder.name,
                         AWS_ENDPOINT_URL=self.server.url)
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertIn("(MissingAuthenticationToken", done.stderr)


if __name__ == "__main__":
    unittest.main()
