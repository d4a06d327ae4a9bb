#!/usr/bin/env python3
"""Chaos on the real thing: engines, workers and APIs on three hosts, a broker and a scripted ECS, under load, with everything killed, stopped,
cut off and started again at random; at the end all is counted.

    python3 Tests/Chaos --minutes 10 --rate 200 --seed 7           `make chaos`; as root hosts are network namespaces
    python3 Tests/Chaos --reach 10000 --speed 5                    `make bench-ecs-kafka`

STEPLOG_BINARY names the program. Exit code 1 says that something was lost, launched twice, stuck, missing or unequal.
"""
import argparse
import json
import os
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Clients"))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from cluster import Cluster  # noqa: E402
from guard import Guard  # noqa: E402
from judge import judge  # noqa: E402
from load import Load  # noqa: E402
from scenarios import Mix, Reach  # noqa: E402
from subscriber import Subscriber  # noqa: E402
from troubles import Troubles  # noqa: E402

PROGRESS_SECONDS = 5


def options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=10, help="of load and troubles; draining comes behind them")
    parser.add_argument("--rate", type=float, default=200, help="executions started a second")
    parser.add_argument("--seed", type=int, default=None, help="of troubles and load; a random one unless given")
    parser.add_argument("--every", type=float, default=10, help="seconds from one trouble to the next, on average")
    parser.add_argument("--tasks", type=float, default=0.2, help="the part of the executions that have tasks in ECS")
    parser.add_argument("--reach", type=int, help="instead: so many executions of one task each, a host killed and another cut off")
    parser.add_argument("--speed", type=float, default=5, help="with --reach: how many times as fast as a real one the ECS lives")
    parser.add_argument("--output", choices=("table", "json"), default="table")
    parser.add_argument("--keep", action="store_true", help="leave the folder with logs and read models")
    found = parser.parse_args()
    if found.seed is None:
        found.seed = int.from_bytes(os.urandom(3))
    return found


def say(line):
    print(line, file=sys.stderr, flush=True)


def run(wanted):
    scenario = Reach(wanted) if wanted.reach else Mix(wanted)
    cluster = Cluster(wanted.seed, scenario.script, scenario.settings)
    subscriber = guard = None
    try:
        cluster.start()
        if cluster.why_no_cuts:
            say(f"chaos: {cluster.why_no_cuts}: hosts are processes of this one, and none is cut off")
        subscriber = Subscriber(cluster.broker_address)
        load = Load(cluster, scenario, wanted.seed)
        load.create()
        troubles = Troubles(cluster, scenario.plan(cluster.network.can_cut))
        guard = Guard(cluster, troubles)
        began = time.monotonic()
        load.start()
        troubles.start()
        told = 0
        while time.monotonic() - began < scenario.seconds or load.offered < (scenario.most or 0):
            time.sleep(min(PROGRESS_SECONDS, max(0.1, began + scenario.seconds - time.monotonic())))
            told = progress(began, load, subscriber, troubles, told)
        troubles.join()
        cluster.heal()
        healed = time.monotonic()
        load.finish()
        while time.monotonic() - healed < scenario.drain_seconds_max and not is_drained(cluster, load, subscriber):
            time.sleep(PROGRESS_SECONDS / 5)
            told = progress(began, load, subscriber, troubles, told, is_quiet=True)
        drained = time.monotonic() - healed
        guard.stop()
        # Nothing is left to come: what came twice or late would be seen by now.
        time.sleep(1)
        subscriber.stop()
        say("chaos: counting")
        verdict = judge(scenario, cluster, load, subscriber, troubles, guard)
        verdict.figures = {
            "seed": wanted.seed, "seconds": round(load.seconds, 1), "offered a second": scenario.rate,
            "accepted a second": round(len(load.accepted) / load.seconds, 1),
            "start p50 ms": at(load.latencies, 0.5), "start p99 ms": at(load.latencies, 0.99),
            "drained after s": round(drained, 1), **verdict.figures,
            "troubles": sum(troubles.counts.values()), **troubles.counts}
        report(wanted, verdict, troubles)
        if not verdict.is_clean:
            say(cluster.said())
        return 0 if verdict.is_clean else 1
    finally:
        if guard:
            guard.stop()
        if wanted.keep:
            say(f"chaos: kept {cluster.folder}")
        cluster.stop(keeps_folder=wanted.keep)


def at(latencies, share):
    found = sorted(latencies)
    return round(1000 * found[min(len(found) - 1, int(len(found) * share))], 1) if found else None


def is_drained(cluster, load, subscriber):
    counts = cluster.ecs.counts()
    return subscriber.ended >= len(load.accepted) and counts["launched"] == counts["stopped"]


def progress(began, load, subscriber, troubles, told, is_quiet=False):
    with troubles.lock:
        fresh, told = troubles.log[told:], len(troubles.log)
        under_way = ", ".join(str(target) for target in troubles.under_way)
    if not is_quiet or int(time.monotonic() - began) % PROGRESS_SECONDS == 0:
        say(f"+{time.monotonic() - began:.0f}s offered {load.offered}, accepted {len(load.accepted)}, ended {subscriber.ended}, "
            f"open {subscriber.started - subscriber.ended}, events {subscriber.events}, gaps {len(subscriber.gaps)}; "
            f"{told} troubles{'; now ' + under_way if under_way else ''}{'; ' + '; '.join(fresh) if fresh else ''}")
    return told


def report(wanted, verdict, troubles):
    if wanted.output == "json":
        print(json.dumps({"isClean": verdict.is_clean, "figures": verdict.figures, "violations": verdict.violations,
                          "troubles": troubles.log}, indent=2))
        return
    width = max(map(len, [*verdict.figures, *verdict.violations]))
    for name, figure in verdict.figures.items():
        print(f"{name:<{width}}  {figure}")
    print()
    for name, violation in verdict.violations.items():
        print(f"{name:<{width}}  {violation['count']}")
        for sample in violation["samples"]:
            print(f"    {sample}")
    print("\n" + ("all is well" if verdict.is_clean else f"NOT WELL; again with --seed {wanted.seed}"))


if __name__ == "__main__":
    sys.exit(run(options()))
