"""What the tests of the chain engine, worker and ECS share: the scripted ECS as a process, and configurations that send tasks there."""
import json
import os
import pathlib
import subprocess
import tempfile
import urllib.request

from steplog_server import binary

# A worker needs keys to sign with; the scripted ECS does not look at them.
KEYS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}


class ECS:
    """A scripted ECS from `start` to `stop`."""

    def __init__(self, queues=("ecs-events",), running=1000, speed=20, address="127.0.0.1", seed=7, script=None):
        """`script` holds further members of the script, or others in the place of these."""
        self.folder = tempfile.TemporaryDirectory(prefix="steplog-ecs-")
        path = pathlib.Path(self.folder.name, "script.json")
        path.write_text(json.dumps({
            "speed": speed,
            "queues": list(queues),
            "taskDefinitions": [{
                "family": "app", "requiresCompatibilities": ["FARGATE"], "cpu": "256", "memory": "512",
                "containerDefinitions": [{"name": "main", "image": "busybox"}]}],
            "lifecycles": [
                {"name": "app", "provisioning": 500, "pending": 500, "running": running, "deprovisioning": 500},
                {"name": "broken", "weight": 0, "exitCodes": {"main": 42}},
                {"name": "endless", "weight": 0, "running": 1_000_000_000}]} | (script or {})))
        self.process = subprocess.Popen(
            [binary(), "test-ecs", "--address", address, "--port", "0", "--script", str(path), "--seed", str(seed)],
            stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().split()[-1]

    def queue(self, name="ecs-events"):
        return f"{self.url}/123456789012/{name}"

    def counts(self, detail=False):
        address = f"{self.url}/_script/counts{'?detail=true' if detail else ''}"
        with urllib.request.urlopen(address, timeout=10) as answer:
            return json.load(answer)

    def configuration(self, folder, queue="ecs-events", name="ecs.yaml", ecs=None, **parts):
        """Writes a file that sends all ECS tasks to this ECS. Returns its path. `ecs` holds further settings of that part."""
        path = os.path.join(folder, name)
        pathlib.Path(path).write_text(json.dumps({
            "accountId": "000000000000",
            "ecs": {"backend": "ecs", "eventsQueueUrl": self.queue(queue), "sweepSeconds": 2,
                    "runTask": {"perSecond": 400, "burst": 40}, "stopTask": {"perSecond": 400, "burst": 40}, **(ecs or {})},
            "aws": {"endpointUrl": self.url, "region": "us-east-1"}, **parts}))
        return path

    def stop(self):
        self.process.terminate()
        self.process.wait(10)
        self.process.stdout.close()
        self.folder.cleanup()


def task(pattern=".sync", lifecycle=None, **fields):
    """A state that runs the task definition `app`."""
    parameters = {"TaskDefinition": "app", "LaunchType": "FARGATE", "Cluster": "default"}
    if lifecycle:
        parameters["Overrides"] = {"ContainerOverrides": [
            {"Name": "main", "Environment": [{"Name": "SCRIPTED_ECS", "Value": lifecycle}]}]}
    return {"Type": "Task", "Resource": f"arn:aws:states:::ecs:runTask{pattern}", "Parameters": parameters, **fields}
