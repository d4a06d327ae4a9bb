"""Tasks that call services: workflows of `steplog dev` against moto, which checks every signature. Skipped where moto is not installed."""
import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
import unittest
import urllib.error
import urllib.request

import boto3

from steplog_server import Server, free_port

HAS_MOTO = importlib.util.find_spec("moto") is not None and importlib.util.find_spec("flask") is not None
REGION = "us-east-1"
ROLE = "arn:aws:iam::123456789012:role/{}"
EVERYTHING = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]})
TRUST = json.dumps({"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}]})


class Moto:
    """A moto_server of the test's own that begins to check signatures when the user is there."""

    def __init__(self):
        self.url = f"http://127.0.0.1:{free_port()}"

    def start(self):
        # Three calls make the user; every later one must be signed by its key and be allowed.
        environment = dict(os.environ, INITIAL_NO_AUTH_ACTION_COUNT="3")
        program = "import sys; from moto.server import main; main(sys.argv[1:])"
        self.process = subprocess.Popen(
            [sys.executable, "-c", program, "-H", "127.0.0.1", "-p", self.url.rsplit(":", 1)[1]], env=environment,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                urllib.request.urlopen(self.url + "/moto-api/", timeout=1).close()
                break
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.1)
        iam = self.client("iam", {"aws_access_key_id": "none", "aws_secret_access_key": "none"})
        iam.create_user(UserName="steplog")
        key = iam.create_access_key(UserName="steplog")["AccessKey"]
        iam.put_user_policy(UserName="steplog", PolicyName="everything", PolicyDocument=EVERYTHING)
        self.keys = {"aws_access_key_id": key["AccessKeyId"], "aws_secret_access_key": key["SecretAccessKey"]}

    def client(self, service, keys=None):
        return boto3.client(service, endpoint_url=self.url, region_name=REGION, **(keys or self.keys))

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=20)


@unittest.skipUnless(HAS_MOTO, "moto is not installed: pip install 'moto[server]'")
class Services(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.moto = Moto()
        cls.moto.start()
        keys = cls.moto.keys
        own = {
            "AWS_ENDPOINT_URL": cls.moto.url, "AWS_ACCESS_KEY_ID": keys["aws_access_key_id"],
            "AWS_SECRET_ACCESS_KEY": keys["aws_secret_access_key"], "AWS_REGION": REGION,
            "AWS_DATA_PATH": os.path.join(os.path.dirname(importlib.util.find_spec("botocore").origin), "data"),
        }
        before = dict(os.environ)
        os.environ.update(own)
        cls.server = Server("--account", "123456789012").start()
        os.environ.clear()
        os.environ.update(before)
        cls.api = boto3.client("stepfunctions", endpoint_url=cls.server.url, region_name=REGION, **keys)
        cls.queue = cls.moto.client("sqs").create_queue(QueueName="orders")["QueueUrl"]
        cls.topic = cls.moto.client("sns").create_topic(Name="news")["TopicArn"]
        cls.moto.client("s3").create_bucket(Bucket="papers")
        cls.moto.client("dynamodb").create_table(
            TableName="things", BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}])

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()
        cls.moto.stop()

    count = 0

    def run_task(self, resource, parameters, **fields):
        """The execution of a machine of one Task state, when it has ended."""
        Services.count += 1
        state = {"Type": "Task", "Resource": resource, "Parameters": parameters, "End": True, **fields}
        machine = self.api.create_state_machine(
            name=f"machine-{Services.count}", roleArn=ROLE.format("machine"),
            definition=json.dumps({"StartAt": "Call", "States": {"Call": state}}))["stateMachineArn"]
        arn = self.api.start_execution(stateMachineArn=machine, input="{}")["executionArn"]
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            execution = self.api.describe_execution(executionArn=arn)
            if execution["status"] != "RUNNING":
                return execution
            time.sleep(0.05)
        self.fail("the execution did not end")

    def output(self, resource, parameters, **fields):
        execution = self.run_task("arn:aws:states:::" + resource, parameters, **fields)
        self.assertEqual(execution["status"], "SUCCEEDED", (execution.get("error"), execution.get("cause")))
        return json.loads(execution["output"])

    def failure(self, resource, parameters, **fields):
        execution = self.run_task("arn:aws:states:::" + resource, parameters, **fields)
        self.assertEqual(execution["status"], "FAILED", execution.get("output"))
        return execution["error"], execution["cause"]

    def test_a_message_is_sent_to_a_queue(self):
        output = self.output("sqs:sendMessage", {"QueueUrl": self.queue, "MessageBody": {"a": 1}})
        self.assertIn("MD5OfMessageBody", output)
        self.assertEqual(output["SdkHttpMetadata"]["HttpStatusCode"], 200)
        got = self.moto.client("sqs").receive_message(QueueUrl=self.queue)["Messages"][0]
        self.assertEqual((json.loads(got["Body"]), got["MessageId"]), ({"a": 1}, output["MessageId"]))

    def test_a_message_is_published_to_a_topic(self):
        output = self.output("sns:publish", {
            "TopicArn": self.topic, "Message": "hello & good <bye>",
            "MessageAttributes": {"kind": {"DataType": "String", "StringValue": "x"}}})
        self.assertIn("MessageId", output)

    def test_a_missing_topic_is_an_error_of_sns(self):
        error, cause = self.failure("sns:publish", {"TopicArn": self.topic + "-none", "Message": "hello"})
        self.assertEqual(error, "SNS.NotFoundException")
        self.assertIn("(Service: AmazonSNS; Status Code: 404; Error Code: NotFound; Request ID: ", cause)

    def test_an_item_is_put_read_changed_and_deleted(self):
        item = {"id": {"S": "1"}, "data": {"S": "ä\n"}}
        self.output("dynamodb:putItem", {"TableName": "things", "Item": item})
        read = self.output("dynamodb:getItem", {"TableName": "things", "Key": {"id": {"S": "1"}}})
        self.assertEqual(read["Item"], item)
        self.output("dynamodb:updateItem", {
            "TableName": "things", "Key": {"id": {"S": "1"}}, "UpdateExpression": "SET n = :n",
            "ExpressionAttributeValues": {":n": {"N": "5"}}})
        read = self.output("aws-sdk:dynamodb:getItem", {"TableName": "things", "Key": {"id": {"S": "1"}}})
        self.assertEqual(read["Item"]["n"], {"N": "5"})
        self.output("dynamodb:deleteItem", {"TableName": "things", "Key": {"id": {"S": "1"}}})

    def test_a_missing_table_is_an_error_in_both_wordings(self):
        parameters = {"TableName": "none", "Key": {"id": {"S": "1"}}}
        self.assertEqual(self.failure("dynamodb:getItem", parameters)[0], "DynamoDB.ResourceNotFoundException")
        error, cause = self.failure("aws-sdk:dynamodb:getItem", parameters)
        self.assertEqual(error, "DynamoDb.ResourceNotFoundException")
        self.assertIn("(Service: DynamoDb, Status Code: 400, Request ID: ", cause)

    def test_an_object_is_put_and_read_and_a_missing_one_is_an_error(self):
        put = self.output("aws-sdk:s3:putObject", {"Bucket": "papers", "Key": "a b/ü+.txt", "Body": "text"})
        self.assertIn("ETag", put)
        got = self.output("aws-sdk:s3:getObject", {"Bucket": "papers", "Key": "a b/ü+.txt"})
        self.assertEqual((got["Body"], got["ContentLength"]), ("text", 4))
        self.assertEqual(self.failure("aws-sdk:s3:getObject", {"Bucket": "papers", "Key": "none"})[0], "S3.NoSuchKeyException")
        listed = self.output("aws-sdk:s3:listObjectsV2", {"Bucket": "papers"})
        self.assertEqual([entry["Key"] for entry in listed["Contents"]], ["a b/ü+.txt"])

    def test_events_are_put(self):
        output = self.output("events:putEvents", {
            "Entries": [{"Source": "test", "DetailType": "kind", "Detail": {"a": 1}, "EventBusName": "default"}]})
        self.assertEqual(output["FailedEntryCount"], 0)
        self.assertEqual(list(output["Entries"][0]), ["EventId"])

    def test_services_of_every_protocol_answer(self):
        self.assertIn("Account", self.output("aws-sdk:sts:getCallerIdentity", {}))
        self.assertIn("Vpcs", self.output("aws-sdk:ec2:describeVpcs", {}))
        # moto 5.2 refuses signed GET requests of REST JSON services, boto3's too; so one with a body.
        self.assertIn("JobQueues", self.output("aws-sdk:batch:describeJobQueues", {}))
        secret = self.output("aws-sdk:secretsmanager:createSecret", {"Name": "s", "SecretString": "x"})
        self.assertIn("Arn", secret)
        self.assertIn("ClusterArns", self.output("aws-sdk:ecs:listClusters", {}))

    def test_an_unknown_member_and_an_unknown_action_are_errors(self):
        self.assertIn("Bukket", self.failure("aws-sdk:s3:listObjectsV2", {"Bukket": "papers"})[1])
        self.assertIn("noSuchThing", self.failure("aws-sdk:s3:noSuchThing", {})[1])

    def test_a_task_calls_as_the_role_of_its_credentials(self):
        iam = self.moto.client("iam")
        iam.create_role(RoleName="caller", AssumeRolePolicyDocument=TRUST)
        iam.put_role_policy(RoleName="caller", PolicyName="everything", PolicyDocument=EVERYTHING)
        output = self.output("aws-sdk:sts:getCallerIdentity", {}, Credentials={"RoleArn": ROLE.format("caller")})
        self.assertIn("assumed-role/caller/", output["Arn"])

    def test_a_missing_function_is_an_error_of_lambda(self):
        error, cause = self.failure("lambda:invoke", {"FunctionName": "none", "Payload": {}})
        self.assertEqual(error, "Lambda.ResourceNotFoundException")
        self.assertIn("(Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException; Request ID: ", cause)


class NestedExecutions(unittest.TestCase):
    """Against Steplog itself: no service is configured."""

    run_task, output, failure, count = Services.run_task, Services.output, Services.failure, 0

    @classmethod
    def setUpClass(cls):
        cls.server = Server().start()
        cls.api = boto3.client(
            "stepfunctions", endpoint_url=cls.server.url, region_name=REGION, aws_access_key_id="a",
            aws_secret_access_key="b")

        def machine(name, state):
            return cls.api.create_state_machine(
                name=name, roleArn=ROLE.format("machine"),
                definition=json.dumps({"StartAt": "A", "States": {"A": state}}))["stateMachineArn"]

        cls.child = machine("child", {"Type": "Pass", "End": True})
        cls.failing = machine("failing", {"Type": "Fail", "Error": "Broken", "Cause": "it is"})

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()

    def test_an_execution_is_started_and_waited_for(self):
        parameters = {"StateMachineArn": self.child, "Input": {"a": 1}}
        self.assertIn(":execution:child:", self.output("states:startExecution", parameters)["ExecutionArn"])
        whole = self.output("states:startExecution.sync", parameters)
        self.assertEqual((whole["Status"], json.loads(whole["Output"])), ("SUCCEEDED", {"a": 1}))
        parsed = self.output("states:startExecution.sync:2", parameters)
        self.assertEqual((parsed["Output"], parsed["InputDetails"]), ({"a": 1}, {"Included": True}))

    def test_a_failed_execution_fails_the_task(self):
        error, cause = self.failure("states:startExecution.sync", {"StateMachineArn": self.failing})
        self.assertEqual((error, json.loads(cause)["Error"]), ("States.TaskFailed", "Broken"))

    def test_a_missing_machine_is_an_error_of_step_functions(self):
        missing = {"StateMachineArn": self.child + "-none"}
        self.assertEqual(self.failure("states:startExecution", missing)[0], "StepFunctions.StateMachineDoesNotExistException")


if __name__ == "__main__":
    unittest.main()
