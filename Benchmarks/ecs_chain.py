#!/usr/bin/env python3
"""The whole chain under load: `steplog dev` runs tasks in a scripted ECS that throttles, lacks capacity and loses events.

    python3 Benchmarks/ecs_chain.py reach --tasks 10000 [--kills 5]     # launched once, all heard, few DescribeTasks
    python3 Benchmarks/ecs_chain.py handoff --inflight 1000             # from a state-change event to the next RunTask

STEPLOG_BINARY names the program (.build/release/steplog unless given). The ECS lives `--speed` times as fast as a real one, and its limits,
the worker's and the sweeps scale with it; what is reported of hand-offs is real time. Needs nothing but Python.
"""
import argparse
import concurrent.futures
import http.client
import json
import os
import pathlib
import random
import socket
import subprocess
import tempfile
import threading
import time
import urllib.request

from ecs_reach import RUN_TASK_PER_SECOND, asks_seldom, polls, script, settings, state

ROOT = pathlib.Path(__file__).resolve().parents[1]
ROLE = "arn:aws:iam::000000000000:role/workflows"
KEYS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}


def binary():
    return os.environ.get("STEPLOG_BINARY", str(ROOT / ".build/release/steplog"))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Chain:
    """A scripted ECS and a `steplog dev` that runs its tasks there."""

    def __init__(self, script, ecs):
        self.folder = tempfile.TemporaryDirectory(prefix="steplog-bench-")
        path = pathlib.Path(self.folder.name)
        (path / "script.json").write_text(json.dumps(script))
        self.ecs = subprocess.Popen(
            [binary(), "test-ecs", "--port", "0", "--script", str(path / "script.json"), "--seed", "7"],
            stdout=subprocess.PIPE, text=True)
        self.url = self.ecs.stdout.readline().split()[-1]
        (path / "steplog.yaml").write_text(json.dumps({
            "accountId": "000000000000", "aws": {"endpointUrl": self.url, "region": "us-east-1"},
            "ecs": {"backend": "ecs", "eventsQueueUrl": f"{self.url}/123456789012/ecs-events", **ecs}}))
        self.port = free_port()
        self.messages = open(path / "messages", "ab")
        self.processor_seconds = 0.0
        self.local = threading.local()

    def start(self):
        self.dev = subprocess.Popen(
            [binary(), "dev", "--port", str(self.port), "--log", "log.sqlite", "--config", "steplog.yaml"],
            cwd=self.folder.name, env=os.environ | KEYS, stdout=self.messages, stderr=self.messages)
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health/ready", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                assert self.dev.poll() is None, self.said()
                time.sleep(0.02)

    def said(self):
        """What dev said, without the requests that it served."""
        text = pathlib.Path(self.folder.name, "messages").read_text(errors="replace")
        return "\n".join(line for line in text.splitlines() if " 200 " not in line)[-3000:]

    def kill(self):
        self.processor_seconds += self.dev_status()[1]
        self.dev.kill()
        self.dev.wait()

    def call(self, action, **members):
        """One request; a server that is being killed is asked again."""
        body = json.dumps(members)
        while True:
            try:
                connection = getattr(self.local, "connection", None)
                if connection is None:
                    connection = self.local.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
                connection.request("POST", "/", body, {
                    "X-Amz-Target": f"AWSStepFunctions.{action}", "Content-Type": "application/x-amz-json-1.0"})
                answer = connection.getresponse()
                text = answer.read()
                if answer.status == 200:
                    return json.loads(text)
                assert answer.status in (429, 500, 503) or b"Throttling" in text, text
            except (OSError, http.client.HTTPException):
                self.local.connection = None
            time.sleep(0.05)

    def counts(self, detail=False):
        with urllib.request.urlopen(f"{self.url}/_script/counts{'?detail=true' if detail else ''}", timeout=60) as answer:
            return json.load(answer)

    def dev_status(self):
        """Resident megabytes and processor seconds of dev."""
        fields = pathlib.Path(f"/proc/{self.dev.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return int(fields[21]) * 4096 / 1e6, (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def running(self, machine):
        """How many executions run, counted to a thousand."""
        return len(self.call("ListExecutions", stateMachineArn=machine, statusFilter="RUNNING", maxResults=1000)["executions"])

    def ended(self, machine, status):
        count, token = 0, {}
        while True:
            page = self.call("ListExecutions", stateMachineArn=machine, statusFilter=status, maxResults=1000, **token)
            count += len(page["executions"])
            if "nextToken" not in page:
                return count
            token = {"nextToken": page["nextToken"]}

    def stop(self):
        self.dev.terminate()
        self.dev.wait()
        self.ecs.terminate()
        self.ecs.wait()
        self.messages.close()
        self.folder.cleanup()


def definition(steps):
    states = {f"S{n}": state("Group.$", **({"Next": f"S{n + 1}"} if n + 1 < steps else {"End": True})) for n in range(steps)}
    return json.dumps({"StartAt": "S0", "States": states})


def reach(options):
    speed = options.speed
    chain = Chain(script(speed), settings(speed))
    chain.start()
    machine = chain.call("CreateStateMachine", name="reach", definition=definition(1), roleArn=ROLE)["stateMachineArn"]
    began = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        starts = [pool.submit(chain.call, "StartExecution", stateMachineArn=machine, name=f"e-{n}")
                  for n in range(options.tasks)]
        kills = [began + (n + 1) * options.tasks / (RUN_TASK_PER_SECOND * speed) / (options.kills + 1) for n in range(options.kills)]
        peak = 0.0
        while not all(start.done() for start in starts) or chain.running(machine):
            peak = max(peak, chain.dev_status()[0])
            if kills and time.monotonic() > kills[0]:
                kills.pop(0)
                chain.kill()
                chain.start()
            time.sleep(0.5)
        for start in starts:
            start.result()
    seconds = time.monotonic() - began
    counts = chain.counts()
    calls = counts["calls"]
    succeeded = chain.ended(machine, "SUCCEEDED")
    memory, processor = chain.dev_status()
    print(f"{options.tasks} tasks, {options.kills} kills: {seconds:.0f} s at {speed}x, {succeeded} succeeded, "
          f"launched {counts['launched']}, client tokens {counts['clientTokens']}, launched twice "
          f"{counts['clientTokensLaunchedTwice']}; RunTask {calls['RunTask']}, throttles {counts['throttles']}, capacity failures "
          f"{counts['capacityFailures']}, events lost {counts['events']['lost']}; DescribeTasks {calls.get('DescribeTasks', 0)}, "
          f"one poll a task per 5 s would be {polls(counts):.0f} ({polls(counts) / max(1, calls.get('DescribeTasks', 0)):.0f}x); "
          f"dev {chain.processor_seconds + processor:.0f} s of processor, {peak:.0f} MB at most")
    print(json.dumps(counts))
    said = chain.said()
    if said.count("\n") > 2 or options.verbose:
        print(said)
    chain.stop()
    assert succeeded == options.tasks == counts["launched"] and counts["clientTokensLaunchedTwice"] == 0
    assert asks_seldom(counts)


def handoff(options):
    speed, inflight = options.speed, options.inflight
    # Lives so long that `inflight` tasks need 75 % of RunTask's rate: else its limit is what is measured.
    mean = inflight / 15 * 1000
    chain = Chain({
        "speed": speed, "runTask": {"perSecond": 20, "burst": 40},
        "taskDefinitions": [{"family": "app", "containerDefinitions": [{"name": "main", "image": "busybox"}]}],
        "lifecycles": [{"provisioning": 100, "pending": 100, "running": [int(mean * 0.5), int(mean * 1.5)], "deprovisioning": 100}],
    }, {"runTask": {"perSecond": 20 * speed, "burst": 40}, "describeTasks": {"perSecond": 10 * speed, "burst": 20},
        "sweepSeconds": max(1, 60 / speed)})
    chain.start()
    machine = chain.call("CreateStateMachine", name="chain", definition=definition(options.steps), roleArn=ROLE)["stateMachineArn"]
    began = time.monotonic()
    for n in range(inflight):
        pause = began + n / (15 * speed) - time.monotonic()
        if pause > 0:
            time.sleep(pause)
        chain.call("StartExecution", stateMachineArn=machine, name=f"e-{n}-{random.getrandbits(32):x}")
    ramped = time.monotonic() - began
    # While the first tasks end, starts and hand-offs together are more than RunTask lets through.
    time.sleep(mean / 2000 / speed)
    before = chain.counts(detail=True)
    processor = chain.dev_status()[1]
    time.sleep(options.seconds)
    counts = chain.counts(detail=True)
    memory, later = chain.dev_status()
    samples = sorted(hand["milliseconds"] / speed for hand in counts["handOffs"][len(before["handOffs"]):])
    at = lambda share: samples[min(len(samples) - 1, int(len(samples) * share))]
    flying = counts["launched"] - counts["stopped"]
    print(f"{inflight} executions at {speed}x, ramp {ramped:.0f} s; then {len(samples)} hand-offs in {options.seconds} s with "
          f"{flying} tasks in flight: p50 {at(0.5):.1f} ms, p90 {at(0.9):.1f}, p99 {at(0.99):.1f}, most {samples[-1]:.1f}; "
          f"dev {100 * (later - processor) / options.seconds:.0f} % of a core, {memory:.0f} MB")
    if options.verbose:
        print(chain.said())
    chain.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    kinds = parser.add_subparsers(dest="kind", required=True)
    one = kinds.add_parser("reach")
    one.add_argument("--tasks", type=int, default=10_000)
    one.add_argument("--kills", type=int, default=0)
    one.add_argument("--speed", type=float, default=10)
    two = kinds.add_parser("handoff")
    two.add_argument("--inflight", type=int, default=1000)
    two.add_argument("--steps", type=int, default=12)
    two.add_argument("--speed", type=float, default=1)
    two.add_argument("--seconds", type=float, default=60)
    for kind in (one, two):
        kind.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    {"reach": reach, "handoff": handoff}[options.kind](options)


if __name__ == "__main__":
    main()
