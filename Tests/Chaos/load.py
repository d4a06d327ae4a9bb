"""The clients of a chaos run: they start executions at a steady rate, at one API after another, until each start is answered."""
import http.client
import json
import random
import threading
import time

from cluster import ACCOUNT
from ecs_chain import task

ROLE = f"arn:aws:iam::{ACCOUNT}:role/workflows"
PATIENCE_SECONDS = 6
ACCEPTED_ALREADY = "ExecutionAlreadyExists"


def chain(**states):
    names = list(states)
    for name, following in zip(names, names[1:] + [None]):
        states[name] |= {"Next": following} if following else {"End": True}
    return {"StartAt": names[0], "States": states}


PASS = {"Type": "Pass"}
NUMBER = {"Type": "Pass", "Parameters": {"n.$": "$.n"}}
AGAIN = {"Retry": [{"ErrorEquals": ["States.TaskFailed"], "IntervalSeconds": 1, "MaxAttempts": 1}],
         "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": None, "Next": "Number"}]}

# By name: the definition, the status at the end, the tasks that ECS launches (at least, at most), whether a client stops it, and the
# weight among those with tasks and among those without.
KINDS = {
    "job": (chain(Run=task(ResultPath=None), Pause={"Type": "Wait", "Seconds": 1}, Number=dict(NUMBER)), "SUCCEEDED", (1, 1), False),
    "again": (chain(Run=task(lifecycle="broken", ResultPath=None, **AGAIN), Number=dict(NUMBER)), "SUCCEEDED", (2, 2), False),
    "given-up": (chain(Run=task(lifecycle="endless")), "ABORTED", (0, 1), True),
    "flow": (chain(
        Each={"Type": "Map", "ItemsPath": "$.items", "ResultPath": None, "ItemProcessor": chain(Item=dict(PASS))},
        Pause={"Type": "Wait", "Seconds": 1},
        Both={"Type": "Parallel", "Branches": [chain(Left=dict(NUMBER)), chain(Right=dict(PASS), More=dict(PASS))],
              "OutputPath": "$[0]"}), "SUCCEEDED", (0, 0), False),
    "short": (chain(First=dict(PASS), Pause={"Type": "Wait", "Seconds": 1}, Number=dict(NUMBER)), "SUCCEEDED", (0, 0), False),
    "stopped": (chain(Wait={"Type": "Wait", "Seconds": 100_000}), "ABORTED", (0, 0), True),
}
WITH_TASKS = {"job": 8, "again": 1, "given-up": 1}
WITHOUT = {"flow": 4, "short": 15, "stopped": 1}


class Refused(Exception):
    """An API's answer that no client of a healthy system gets."""


class API:
    """One thread's connection to the API, which is on several hosts."""

    def __init__(self, cluster, host):
        self.cluster, self.hosts = cluster, list(cluster.ports)
        self.place = self.hosts.index(host)
        self.connection = None

    def call(self, action, until=None, **members):
        """The answer; asked again elsewhere when there is none. Returns None when `until` says so before there is one."""
        body = json.dumps(members)
        attempts = 0
        while until is None or not until.is_set():
            attempts += 1
            try:
                if self.connection is None:
                    host = self.hosts[self.place % len(self.hosts)]
                    self.cluster.network.enter(host)
                    self.connection = http.client.HTTPConnection(
                        "127.0.0.1", self.cluster.ports[host], timeout=PATIENCE_SECONDS)
                self.connection.request("POST", "/", body, {
                    "X-Amz-Target": f"AWSStepFunctions.{action}", "Content-Type": "application/x-amz-json-1.0"})
                answer = self.connection.getresponse()
                text = answer.read()
                if answer.status == 200:
                    return json.loads(text)
                if attempts > 1 and ACCEPTED_ALREADY.encode() in text:
                    return {}
                if answer.status < 500 and b"Throttling" not in text and answer.status != 429:
                    raise Refused(f"{action}: {answer.status} {text.decode(errors='replace')[:300]}")
            except (OSError, http.client.HTTPException):
                self.close()
            # Another API next: this one is held up, gone, or without an engine.
            self.close()
            self.place += 1
            time.sleep(0.05 + 0.1 * random.random())
        return None

    def close(self):
        if self.connection:
            self.connection.close()
        self.connection = None


class Load:
    """Starts so many executions a second from `start` to `finish`."""

    THREADS = 160

    def __init__(self, cluster, seed, rate, tasks_share):
        self.cluster, self.rate = cluster, rate
        dice = random.Random(seed)
        self.kind_of = lambda: self.draw(dice, tasks_share)
        self.dice = dice
        self.lock = threading.Lock()
        self.done = threading.Event()
        # By name of the execution: its kind.
        self.accepted = {}
        self.refusals = []
        self.offered = 0
        self.latencies = []
        self.threads = [threading.Thread(target=self.run, args=(number,), daemon=True) for number in range(self.THREADS)]

    @staticmethod
    def draw(dice, tasks_share):
        weights = WITH_TASKS if dice.random() < tasks_share else WITHOUT
        return dice.choices(list(weights), list(weights.values()))[0]

    def create(self):
        api = API(self.cluster, list(self.cluster.ports)[0])

        def make():
            self.machines = {name: api.call(
                "CreateStateMachine", name=name, definition=json.dumps(kind[0]), roleArn=ROLE)["stateMachineArn"]
                for name, kind in KINDS.items()}
        # In a thread of its own, since it enters a host's network.
        thread = threading.Thread(target=make)
        thread.start()
        thread.join()

    def start(self):
        self.began = time.monotonic()
        for thread in self.threads:
            thread.start()

    def finish(self):
        """No further execution; those that were offered are started."""
        self.done.set()
        self.seconds = time.monotonic() - self.began
        for thread in self.threads:
            thread.join(180)
        if any(thread.is_alive() for thread in self.threads):
            self.refusals.append("a start was not answered within 180 s of a healthy system")

    def run(self, number):
        hosts = list(self.cluster.ports)
        api = API(self.cluster, hosts[number % len(hosts)])
        while True:
            with self.lock:
                n = self.offered
                wait = self.began + n / self.rate - time.monotonic()
                if wait <= 0 and not self.done.is_set():
                    self.offered += 1
                    kind, pause = self.kind_of(), self.dice.uniform(0, 2)
            if self.done.is_set() and wait <= 0 or wait > 0 and self.done.wait(wait):
                return
            if wait <= 0:
                self.one(api, n, kind, pause)

    def one(self, api, n, kind, pause):
        name = f"x{n}"
        try:
            began = time.monotonic()
            arn = self.machines[kind].replace(":stateMachine:", ":execution:") + ":" + name
            api.call("StartExecution", stateMachineArn=self.machines[kind], name=name,
                     input=json.dumps({"n": n, "items": [1, 2, 3]}))
            with self.lock:
                self.accepted[arn] = kind
                self.latencies.append(time.monotonic() - began)
            if KINDS[kind][3]:
                time.sleep(pause)
                api.call("StopExecution", executionArn=arn)
        except Refused as refusal:
            with self.lock:
                self.refusals.append(f"{name}: {refusal}")
