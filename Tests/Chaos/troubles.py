"""What goes wrong in a chaos run: a plan that follows from a seed, and the thread that carries it out."""
import random
import signal
import threading
import time

from cluster import HOSTS

# Kinds of trouble with what they befall, how often, and for how many seconds. A session of the log's groups lasts 6 s: some outages
# are shorter than that, some longer.
KINDS = [
    ("kill", "engine", 6, (0, 4)), ("kill", "worker", 6, (0, 4)), ("kill", "api", 4, (0, 3)), ("kill", "broker", 3, (0.1, 3)),
    ("stop", "engine", 4, (0.5, 10)), ("stop", "worker", 4, (0.5, 10)), ("stop", "api", 2, (0.5, 6)),
    ("stop", "broker", 2, (0.5, 5)), ("stop", "ecs", 2, (0.5, 5)), ("cut", "host", 6, (0.5, 10)),
    ("rebuild", "read model", 2, (0, 0)), ("end", "engine", 2, (0, 2)), ("end", "worker", 2, (0, 2)), ("end", "api", 1, (0, 2)),
]


def plan(seed, seconds, every, can_cut):
    """Troubles in the order of their times: (at, kind, what, which of these, seconds). Every kind of kill comes early."""
    dice = random.Random(seed)
    kinds = [kind for kind in KINDS if can_cut or kind[0] != "cut"]
    first = [kind for kind in kinds if kind[0] in ("kill", "cut")]
    dice.shuffle(first)
    found, at = [], 0.0
    while True:
        at += dice.uniform(0.3, 1.7) * every
        if at >= seconds:
            return found
        kind, what, _, (least, most) = first.pop() if first else dice.choices(kinds, [kind[2] for kind in kinds])[0]
        found.append((at, kind, what, dice.randrange(1 << 16), dice.uniform(least, most)))


class Troubles:
    """Carries a plan out from `start` on; `counts` and `log` say what was done."""

    def __init__(self, cluster, planned):
        self.cluster = cluster
        self.planned = planned
        self.counts = {}
        self.log = []
        self.under_way = set()
        self.lock = threading.Lock()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.others = []

    def start(self):
        self.began = time.monotonic()
        self.thread.start()

    def join(self):
        self.thread.join()
        for other in self.others:
            other.join()

    def run(self):
        for at, kind, what, which, seconds in self.planned:
            time.sleep(max(0, self.began + at - time.monotonic()))
            targets = self.targets(what)
            target = targets[which % len(targets)]
            with self.lock:
                if target in self.under_way:
                    continue
                self.under_way.update(self.befallen(kind, target))
                self.counts[kind] = self.counts.get(kind, 0) + 1
                self.log.append(f"+{time.monotonic() - self.began:.1f}s {kind} {target} {seconds:.1f}s")
            other = threading.Thread(target=self.befall, args=(kind, target, seconds), daemon=True)
            other.start()
            self.others.append(other)

    def targets(self, what):
        if what == "host":
            return list(HOSTS)
        if what in ("broker", "ecs"):
            return [what]
        if what == "read model":
            return [f"read model {host}" for host in self.cluster.ports]
        return [program.name for program in self.cluster.programs if program.role == what]

    def befallen(self, kind, target):
        """What goes down with a target: all programs of a host that is killed."""
        if kind == "kill" and target in HOSTS:
            return {target} | {program.name for program in self.cluster.on(target)}
        return {target}

    def befall(self, kind, target, seconds):
        try:
            if kind == "cut":
                self.cluster.network.cut(target, True)
                time.sleep(seconds)
                self.cluster.network.cut(target, False)
                return
            if kind == "rebuild":
                # It fails when the broker goes away meanwhile, and changes nothing then.
                self.cluster.rebuild(self.cluster.read_model(target.split()[-1]))
                return
            if target == "ecs":
                process = self.cluster.ecs.process
                process.send_signal(signal.SIGSTOP)
                time.sleep(seconds)
                process.send_signal(signal.SIGCONT)
                return
            if target in HOSTS:
                for program in self.cluster.on(target):
                    program.kill()
                time.sleep(seconds)
                for program in self.cluster.on(target):
                    program.start()
                return
            programs = [self.cluster.broker] + self.cluster.programs
            program = next(program for program in programs if program.name == target)
            if kind == "stop":
                program.signal(signal.SIGSTOP)
                time.sleep(seconds)
                program.signal(signal.SIGCONT)
                return
            if kind == "kill":
                program.kill()
            else:
                program.end()
            time.sleep(seconds)
            program.start()
        finally:
            with self.lock:
                self.under_way.difference_update(self.befallen(kind, target))
