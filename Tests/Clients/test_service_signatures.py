"""The signatures of Steplog's calls on random requests, computed anew by botocore."""
import http.server
import json
import os
import random
import threading
import time
import unittest

import boto3
from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from steplog_server import Server

REGION = "eu-west-1"
KEYS = Credentials("AKIDRANDOM", "secret/with+signs=", "a/session+token==")
REQUESTS_OF_A_KIND = 50
SECONDS_MAX = 60
CHARACTERS = "aZ09 -_~!$&'()*+,;=:@%#?[]{}|\"<>äü€😀"


class Recorder(http.server.BaseHTTPRequestHandler):
    """Keeps what it is asked and answers with nothing."""

    protocol_version = "HTTP/1.1"
    requests = []

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        Recorder.requests.append((self.command, self.path, dict(self.headers.items()), body))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_PUT = do_POST = answer

    def log_message(self, *arguments):
        pass


def signature(url, method, path, headers, body):
    """What botocore signs such a request with, and what the request says."""
    fields = dict(part.split("=", 1) for part in headers["Authorization"].split(" ", 1)[1].split(", "))
    _, date, region, service, _ = fields["Credential"].split("/")
    signed = fields["SignedHeaders"].split(";")
    request = AWSRequest(
        method=method, url=url + path, data=body,
        headers={name: value for name, value in headers.items() if name.lower() in signed})
    request.context["timestamp"] = headers["X-Amz-Date"]
    auth = (S3SigV4Auth if service == "s3" else SigV4Auth)(KEYS, service, region)
    text = auth.string_to_sign(request, auth.canonical_request(request))
    return auth.signature(text, request), fields["Signature"]


class ServiceSignatures(unittest.TestCase):
    def setUp(self):
        Recorder.requests = []
        self.recorder = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Recorder)
        self.url = f"http://127.0.0.1:{self.recorder.server_port}"
        threading.Thread(target=self.recorder.serve_forever, daemon=True).start()
        self.addCleanup(self.recorder.server_close)
        self.addCleanup(self.recorder.shutdown)
        before = dict(os.environ)
        os.environ.update({
            "AWS_ENDPOINT_URL": self.url, "AWS_ACCESS_KEY_ID": KEYS.access_key,
            "AWS_SECRET_ACCESS_KEY": KEYS.secret_key, "AWS_SESSION_TOKEN": KEYS.token, "AWS_REGION": REGION,
            "AWS_DATA_PATH": os.path.join(os.path.dirname(boto3.session.botocore.__file__), "data"),
        })
        self.server = Server()
        try:
            self.server.start()
        finally:
            os.environ.clear()
            os.environ.update(before)
        self.addCleanup(self.server.stop)

    def test_botocore_computes_the_same_signatures_of_random_requests(self):
        seed = random.randrange(1 << 32)
        source = random.Random(seed)

        def text(count=20, characters=CHARACTERS):
            return "".join(source.choices(characters, k=source.randint(1, count)))

        kinds = {
            "aws-sdk:s3:putObject": lambda: {
                "Bucket": "papers", "Key": "/".join(text(8) for _ in range(3)), "Body": text(200),
                "Metadata": {"kind": "a" + text(20, "bc  =/,") + "z"}},
            "aws-sdk:s3:listObjectsV2": lambda: {"Bucket": "papers", "Prefix": text(), "Delimiter": text(3)},
            "lambda:invoke": lambda: {
                "FunctionName": text(), "Qualifier": text(), "Payload": {"value": text(100)}},
            "sns:publish": lambda: {"TopicArn": f"arn:aws:sns:{REGION}:123456789012:news", "Message": text(200)},
        }
        data, branches = {}, []
        for index, (resource, parameters) in enumerate(kinds.items()):
            data[f"of{index}"] = [parameters() for _ in range(REQUESTS_OF_A_KIND)]
            names = {f"{name}.$": f"$.{name}" for name in data[f"of{index}"][0]}
            task = {"Type": "Task", "Resource": f"arn:aws:states:::{resource}", "Parameters": names, "End": True,
                    "Catch": [{"ErrorEquals": ["States.ALL"], "Next": f"Pass{index}"}]}
            branches.append({"StartAt": f"Map{index}", "States": {f"Map{index}": {
                "Type": "Map", "ItemsPath": f"$.of{index}", "End": True, "ItemProcessor": {
                    "StartAt": f"Call{index}",
                    "States": {f"Call{index}": task, f"Pass{index}": {"Type": "Pass", "End": True}}}}}})
        definition = {"StartAt": "All", "States": {"All": {"Type": "Parallel", "End": True, "Branches": branches}}}
        api = boto3.client(
            "stepfunctions", endpoint_url=self.server.url, region_name=REGION, aws_access_key_id="a",
            aws_secret_access_key="b")
        machine = api.create_state_machine(
            name="random", roleArn="arn:aws:iam::123456789012:role/machine", definition=json.dumps(definition))
        arn = api.start_execution(stateMachineArn=machine["stateMachineArn"], input=json.dumps(data))["executionArn"]
        deadline = time.monotonic() + SECONDS_MAX
        while api.describe_execution(executionArn=arn)["status"] == "RUNNING" and time.monotonic() < deadline:
            time.sleep(0.1)
        self.assertGreaterEqual(len(Recorder.requests), REQUESTS_OF_A_KIND * len(kinds), f"seed {seed}")
        for request in Recorder.requests:
            expected, found = signature(self.url, *request)
            self.assertEqual(found, expected, f"seed {seed}: {request[:3]}")


if __name__ == "__main__":
    unittest.main()
