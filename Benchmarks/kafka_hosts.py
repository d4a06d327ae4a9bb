"""Three hosts in network namespaces, an engine and workers on each, one broker and one API: how evenly two engines share, how soon another
one goes on after kill -9 and SIGTERM, and whether every execution completes when each host in turn is killed, stopped and cut off.

    sudo python3 Benchmarks/kafka_hosts.py STEPLOG [SECONDS] [STARTS-PER-SECOND]      needs boto3, confluent_kafka and ip(8)

Tasks are processes that write a line each, so their starts are counted outside the log; `steplog events --check-sequence` proves that no
event is missing.
"""
import collections
import concurrent.futures
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

import boto3
import botocore.config
from confluent_kafka import Consumer, TopicPartition
from confluent_kafka.admin import AdminClient

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Tests/Chaos"))
from network import Network, run  # noqa: E402

STEPLOG = os.path.realpath(sys.argv[1])
BROKER_STEPLOG = os.environ.get("STEPLOG_BROKER_BINARY", STEPLOG)
SECONDS = int(sys.argv[2]) if len(sys.argv) > 2 else 60
RATE = float(sys.argv[3]) if len(sys.argv) > 3 else 20
NETWORK = Network(3)
BROKER = f"{NETWORK.address}:19377"
API_PORT = 19380
FOLDER = tempfile.mkdtemp(prefix="steplog-hosts-")
PASS = json.dumps({"StartAt": "P", "States": {"P": {"Type": "Pass", "End": True}}})
TASK = json.dumps({"StartAt": "T", "States": {
    "T": {"Type": "Task", "Resource": "arn:aws:states:::ecs:runTask.sync", "ResultPath": None, "Next": "W", "Parameters": {
        "TaskDefinition": "job", "Overrides": {"ContainerOverrides": [
            {"Name": "main", "Environment": [{"Name": "ID", "Value.$": "$.id"}]}]}}},
    "W": {"Type": "Wait", "Seconds": 1, "End": True}}})
JOB = {"family": "job", "containerDefinitions": [
    {"name": "main", "image": "none", "essential": True, "command": ["sh", "-c", "echo $ID >> starts"]}]}


class Host:
    def __init__(self, number):
        self.number = number
        self.process = None

    def start(self, *roles):
        flags = [flag for role in roles or ("engine", "worker") for flag in ("--role", role)]
        self.process = subprocess.Popen(
            [*NETWORK.inside(self.number), STEPLOG, "server", "--kafka-bootstrap", BROKER, "--data",
             "data", "--lanes", "2", "--token-key", "token.key", *flags],
            cwd=FOLDER, stdout=subprocess.DEVNULL, stderr=open(f"{FOLDER}/host{self.number}.log", "a"))

    def end(self, number):
        self.process.send_signal(number)
        return self.process.wait()

    def cut(self, is_cut):
        NETWORK.cut(self.number, is_cut)


def owners():
    """The host that owns each partition of `commands`, once the group is stable."""
    admin = AdminClient({"bootstrap.servers": BROKER})
    name = "steplog.engine"
    while True:
        found = admin.describe_consumer_groups([name])[name].result()
        hosts = {place.partition: member.host for member in found.members for place in member.assignment.topic_partitions}
        if len(hosts) == 16 and "STABLE" in str(found.state).upper():
            return hosts
        time.sleep(0.1)


def group_shares():
    """The number of partitions of `commands` by host, once the group is stable."""
    return collections.Counter(owners().values())


def evenness(client, machine, count):
    """Starts so many executions. Returns how many each of the engines has decided."""
    consumer = Consumer({"bootstrap.servers": BROKER, "group.id": "evenness"})
    def ends():
        return [consumer.get_watermark_offsets(TopicPartition("steplog.commands", number))[1] for number in range(16)]
    before, hosts = ends(), owners()
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        arns = list(pool.map(lambda number: client.start(machine, f"even-{number}"), range(count)))
    assert not client.until_done(arns, 60) and owners() == hosts
    after = ends()
    consumer.close()
    shares = collections.Counter()
    for number, host in hosts.items():
        shares[host] += after[number] - before[number]
    return shares


class Client:
    def __init__(self):
        self.api = boto3.client(
            "stepfunctions", endpoint_url=f"http://127.0.0.1:{API_PORT}", region_name="us-east-1",
            aws_access_key_id="x", aws_secret_access_key="x",
            config=botocore.config.Config(retries={"total_max_attempts": 20, "mode": "standard"}, max_pool_connections=32))

    def machine(self, name, definition):
        return self.api.create_state_machine(
            name=name, definition=definition, roleArn="arn:aws:iam::123456789012:role/r")["stateMachineArn"]

    def start(self, machine, name):
        return self.api.start_execution(
            stateMachineArn=machine, name=name, input=json.dumps({"id": name}))["executionArn"]

    def until_done(self, executions, seconds):
        end = time.time() + seconds
        left = list(executions)
        while left and time.time() < end:
            left = [arn for arn in left if self.api.describe_execution(executionArn=arn)["status"] == "RUNNING"]
        return left

    def burst(self, machine, label, count=48):
        """From now until so many executions, on all partitions, have begun and ended."""
        begin = time.time()
        arns = [None] * count
        def one(number):
            arns[number] = self.start(machine, f"{label}-{number}")
        threads = [threading.Thread(target=one, args=(number,)) for number in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not self.until_done(arns, 60)
        return time.time() - begin


def ready():
    for _ in range(600):
        try:
            if urllib.request.urlopen(f"http://127.0.0.1:{API_PORT}/health/ready", timeout=1).status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the API did not become ready")


def main():
    os.makedirs(f"{FOLDER}/task-definitions")
    with open(f"{FOLDER}/task-definitions/job.json", "w") as file:
        json.dump(JOB, file)
    broker = subprocess.Popen(
        [BROKER_STEPLOG, "test-broker", "--address", NETWORK.address, "--port", BROKER.split(":")[1]],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    broker.stdout.readline()
    run(STEPLOG, "topics", "apply", "--brokers", BROKER)
    hosts = [Host(number) for number in (1, 2, 3)]
    api = subprocess.Popen(
        [STEPLOG, "server", "--kafka-bootstrap", BROKER, "--role", "api", "--port", str(API_PORT), "--data", "data",
         "--token-key", "token.key"], cwd=FOLDER, stdout=subprocess.DEVNULL, stderr=open(f"{FOLDER}/api.log", "a"))
    try:
        hosts[0].start("engine")
        ready()
        client = Client()
        passing = client.machine("passing", PASS)
        client.burst(passing, "warm")
        hosts[1].start("engine")
        while len(group_shares()) < 2:
            pass
        print("partitions by host with two engines:", group_shares())
        shares = evenness(client, passing, 5_000)
        most = max(shares.values()) / (sum(shares.values()) / 2) - 1
        print(f"5,000 executions by host: {dict(shares)}, at most {most:.1%} more than its half")
        usual = min(client.burst(passing, f"usual{i}") for i in range(3))
        hosts[1].process.send_signal(signal.SIGTERM)
        stopped = client.burst(passing, "stop")
        hosts[1].process.wait()
        hosts[1].start("engine")
        while len(group_shares()) < 2:
            pass
        hosts[1].end(signal.SIGKILL)
        killed = client.burst(passing, "kill")
        print(f"48 executions on all partitions: usually {usual:.2f} s, right after SIGTERM {stopped:.2f} s, after kill -9 {killed:.2f} s")
        hosts[0].end(signal.SIGTERM)
        for host in hosts:
            host.start()
        machine = client.machine("tasks", TASK)
        chaos(client, machine, hosts)
    finally:
        for process in [api, broker] + [host.process for host in hosts if host.process]:
            process.kill()
            process.wait()
        NETWORK.delete()
        if "KEEP" not in os.environ:
            shutil.rmtree(FOLDER, ignore_errors=True)


def chaos(client, machine, hosts):
    executions, lock, done = [], threading.Lock(), threading.Event()
    numbers = iter(range(10**9))
    begin = time.time()

    def starter():
        while not done.is_set():
            with lock:
                number = next(numbers)
            wait = begin + number / RATE - time.time()
            if wait > 0 and done.wait(wait):
                return
            arn = client.start(machine, f"x{number}")
            with lock:
                executions.append(arn)

    threads = [threading.Thread(target=starter) for _ in range(16)]
    for thread in threads:
        thread.start()
    troubles = 0
    while time.time() - begin < SECONDS:
        host = hosts[troubles % 3]
        kind = troubles // 3 % 3 if troubles >= 3 else troubles % 3
        if kind == 0:
            host.end(signal.SIGKILL)
            time.sleep(2)
            host.start()
        elif kind == 1:
            host.end(signal.SIGTERM)
            host.start()
        else:
            host.cut(True)
            time.sleep(9)
            host.cut(False)
        troubles += 1
        time.sleep(4)
    done.set()
    for thread in threads:
        thread.join()
    taken = time.time() - begin
    left = client.until_done(executions, 180)
    statuses = {}
    for arn in executions:
        status = client.api.describe_execution(executionArn=arn)["status"]
        statuses[status] = statuses.get(status, 0) + 1
    with open(f"{FOLDER}/starts") as file:
        starts = file.read().split()
    counts = {name: 0 for name in starts}
    for name in starts:
        counts[name] += 1
    again = {name: count for name, count in counts.items() if count != 1}
    print(f"{len(executions)} executions in {taken:.0f} s ({len(executions) / taken:.1f}/s offered and accepted), {troubles} troubles: {statuses}, "
          f"{len(left)} unfinished; {len(counts)} tasks started, {len(again)} not once {dict(list(again.items())[:5])}")
    proof = subprocess.run([STEPLOG, "events", "--brokers", BROKER, "--check-sequence"], capture_output=True, text=True)
    print("events:", proof.stderr.strip().splitlines()[-1], "exit code", proof.returncode)
    letters = subprocess.run([STEPLOG, "deadletter", "list", "--brokers", BROKER], capture_output=True, text=True)
    print(f"dead letters: {len(letters.stdout.splitlines())}")


main()
