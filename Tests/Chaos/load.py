"""The clients of a chaos run: they start executions at a steady rate, at one API after another, until each start is answered."""
import http.client
import json
import random
import threading
import time

from cluster import ACCOUNT

ROLE = f"arn:aws:iam::{ACCOUNT}:role/workflows"
PATIENCE_SECONDS = 6
ACCEPTED_ALREADY = "ExecutionAlreadyExists"


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
    """Starts so many executions a second from `start` to `finish`, or until there are as many as the scenario wants."""

    THREADS = 160

    def __init__(self, cluster, scenario, seed):
        self.cluster, self.rate, self.kinds, self.most = cluster, scenario.rate, scenario.kinds, scenario.most
        dice = random.Random(seed)
        self.kind_of = lambda: scenario.draw(dice)
        self.dice = dice
        self.lock = threading.Lock()
        self.done = threading.Event()
        # By name of the execution: its kind.
        self.accepted = {}
        self.refusals = []
        self.offered = 0
        self.latencies = []
        self.threads = [threading.Thread(target=self.run, args=(number,), daemon=True) for number in range(self.THREADS)]

    def create(self):
        api = API(self.cluster, list(self.cluster.ports)[0])

        def make():
            self.machines = {name: api.call(
                "CreateStateMachine", name=name, definition=json.dumps(kind[0]), roleArn=ROLE)["stateMachineArn"]
                for name, kind in self.kinds.items()}
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
                if n == self.most:
                    return
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
            if self.kinds[kind][3]:
                time.sleep(pause)
                api.call("StopExecution", executionArn=arn)
        except Refused as refusal:
            with self.lock:
                self.refusals.append(f"{name}: {refusal}")
