"""The scripted ECS driven by boto3, each answer held against botocore's own model of ECS."""
import json
import pathlib
import subprocess
import tempfile
import time
import unittest
import urllib.request

import boto3
import botocore.session
from botocore.exceptions import ClientError

from steplog_server import binary

SCRIPT = {
    "speed": 20,
    "taskDefinitions": [{
        "family": "app", "requiresCompatibilities": ["FARGATE"], "cpu": "256", "memory": "512",
        "containerDefinitions": [{"name": "main", "image": "busybox"}]}],
    "lifecycles": [
        {"name": "app"},
        {"name": "broken", "weight": 0, "exitCodes": {"main": 42}, "reasons": {"main": "OutOfMemoryError: Container killed"},
         "logLines": ["one", "two", "three"]},
        {"name": "unpulled", "weight": 0, "end": "failedToStart"},
    ],
}
MODEL = botocore.session.get_session().get_service_model("ecs")


def unknown_members(value, shape, place):
    """Members of an answer that the model does not have, and values of another type than the model's."""
    if shape.type_name == "structure":
        for name, member in value.items():
            if name not in shape.members:
                yield f"{place}.{name} is not in the model"
            else:
                yield from unknown_members(member, shape.members[name], f"{place}.{name}")
    elif shape.type_name == "list":
        for index, element in enumerate(value):
            yield from unknown_members(element, shape.member, f"{place}[{index}]")
    else:
        kinds = {"string": str, "boolean": bool, "integer": int, "long": int, "timestamp": (int, float), "map": dict}
        if not isinstance(value, kinds.get(shape.type_name, object)):
            yield f"{place} is {value!r}, not a {shape.type_name}"
        if getattr(shape, "enum", None) and value not in shape.enum:
            yield f"{place} is {value!r}, not one of {shape.enum}"


class ScriptedECS(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        script = pathlib.Path(cls.folder.name, "script.json")
        script.write_text(json.dumps(SCRIPT))
        cls.process = subprocess.Popen(
            [binary(), "test-ecs", "--port", "0", "--script", str(script), "--seed", "7"], stdout=subprocess.PIPE,
            text=True)
        cls.url = cls.process.stdout.readline().split()[-1]
        cls.answers = []
        options = dict(
            endpoint_url=cls.url, region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test")
        cls.ecs = boto3.client("ecs", **options)
        cls.sqs = boto3.client("sqs", **options)
        cls.logs = boto3.client("logs", **options)
        cls.ecs.meta.events.register(
            "response-received.ecs", lambda response_dict, **_: cls.answers.append(response_dict["body"]))

    @classmethod
    def tearDownClass(cls):
        cls.process.terminate()
        cls.process.wait(10)
        cls.process.stdout.close()
        cls.folder.cleanup()

    def checked(self, operation, **arguments):
        """Calls, and holds the raw answer against the model."""
        method = "".join(("_" + c.lower()) if c.isupper() else c for c in operation).lstrip("_")
        answer = getattr(self.ecs, method)(**arguments)
        raw = json.loads(self.answers[-1])
        self.assertEqual(list(unknown_members(raw, MODEL.operation_model(operation).output_shape, operation)), [])
        return answer

    def run_task(self, lifecycle=None, **arguments):
        if lifecycle:
            arguments["overrides"] = {"containerOverrides": [
                {"name": "main", "environment": [{"name": "SCRIPTED_ECS", "value": lifecycle}]}]}
        return self.checked("RunTask", taskDefinition="app", **arguments)["tasks"][0]

    def stopped(self, arn):
        for _ in range(1000):
            task = self.checked("DescribeTasks", tasks=[arn])["tasks"][0]
            if task["lastStatus"] == "STOPPED":
                return task
            time.sleep(0.02)
        self.fail(f"{arn} did not stop")

    def test_a_task_lives_as_the_script_says(self):
        task = self.run_task(startedBy="me", launchType="FARGATE")
        self.assertEqual((task["lastStatus"], task["startedBy"]), ("PROVISIONING", "me"))
        end = self.stopped(task["taskArn"])
        self.assertEqual(end["stopCode"], "EssentialContainerExited")
        self.assertEqual(end["containers"][0]["exitCode"], 0)
        self.assertLess(end["startedAt"], end["stoppedAt"])

    def test_failures_are_those_of_ecs(self):
        end = self.stopped(self.run_task("broken")["taskArn"])
        self.assertEqual(end["containers"][0]["exitCode"], 42)
        stream = "app/main/" + end["taskArn"].split("/")[-1]
        events = self.logs.get_log_events(logGroupName="g", logStreamName=stream, limit=2)["events"]
        self.assertEqual([event["message"] for event in events], ["two", "three"])
        end = self.stopped(self.run_task("unpulled")["taskArn"])
        self.assertEqual(end["stopCode"], "TaskFailedToStart")
        self.assertNotIn("exitCode", end["containers"][0])
        missing = self.checked("DescribeTasks", tasks=["0" * 32])
        self.assertEqual(missing["failures"][0]["reason"], "MISSING")

    def test_a_client_token_is_good_for_one_launch(self):
        first = self.run_task(clientToken="token-1")
        self.assertEqual(self.run_task(clientToken="token-1")["taskArn"], first["taskArn"])
        with self.assertRaises(self.ecs.exceptions.ConflictException) as caught:
            self.run_task(clientToken="token-1", count=1)
        self.assertEqual(caught.exception.response["resourceIds"], [first["taskArn"]])

    def test_what_ecs_refuses_is_refused(self):
        for code, arguments in [
            ("ClientException", {"taskDefinition": "none", "cluster": "none"}),
            ("ClusterNotFoundException", {"taskDefinition": "app", "cluster": "none"}),
            ("InvalidParameterException", {"taskDefinition": "app", "count": 11}),
        ]:
            with self.assertRaises(ClientError) as caught:
                self.ecs.run_task(**arguments)
            self.assertEqual(caught.exception.response["Error"]["Code"], code)
            self.assertIn(code, [shape.name for shape in MODEL.operation_model("RunTask").error_shapes])

    def test_tasks_are_listed_and_stopped(self):
        arn = self.run_task(startedBy="list-me")["taskArn"]
        self.assertEqual(self.checked("ListTasks", startedBy="list-me")["taskArns"], [arn])
        with self.assertRaises(ClientError):
            self.ecs.list_tasks(startedBy="list-me", desiredStatus="RUNNING")
        self.checked("StopTask", task=arn, reason="enough")
        end = self.stopped(arn)
        self.assertEqual((end["stopCode"], end["stoppedReason"]), ("UserInitiated", "enough"))
        self.assertEqual(self.checked("ListTasks", startedBy="list-me")["taskArns"], [])

    def test_definitions_and_clusters_are_kept(self):
        made = self.checked(
            "RegisterTaskDefinition", family="mine", containerDefinitions=[{"name": "c", "image": "i", "memory": 64}])
        arn = made["taskDefinition"]["taskDefinitionArn"]
        self.assertTrue(arn.endswith(":task-definition/mine:1"))
        shown = self.checked("DescribeTaskDefinition", taskDefinition="mine")["taskDefinition"]
        self.assertEqual(shown["taskDefinitionArn"], arn)
        self.checked("CreateCluster", clusterName="other")
        self.assertEqual(self.checked("DescribeClusters", clusters=["other"])["clusters"][0]["status"], "ACTIVE")

    def test_events_come_through_the_queue(self):
        queue = self.sqs.get_queue_url(QueueName="ecs-events")["QueueUrl"]
        arn = self.run_task(startedBy="events")["taskArn"]
        versions = []
        for _ in range(50):
            answer = self.sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10, WaitTimeSeconds=1)
            for message in answer.get("Messages", []):
                event = json.loads(message["Body"])
                self.sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
                if event["resources"] == [arn]:
                    versions.append((event["detail"]["version"], event["detail"]["lastStatus"]))
            if len(versions) == 5:
                break
        self.assertEqual(
            sorted(versions),
            [(1, "PROVISIONING"), (2, "PENDING"), (3, "RUNNING"), (4, "DEPROVISIONING"), (5, "STOPPED")])

    def test_counts_are_told(self):
        self.run_task(startedBy="counted")
        with urllib.request.urlopen(self.url + "/_script/counts?detail=true") as answer:
            counts = json.load(answer)
        self.assertEqual(counts["byStartedBy"]["counted"], 1)
        self.assertEqual(counts["clientTokensLaunchedTwice"], 0)


if __name__ == "__main__":
    unittest.main()
