#!/usr/bin/env python3
"""Compares Steplog's JSONata with PyPI's jsonatapy, a Rust core, in one run.

    python3 -m pip install jsonatapy==2.2.13
    swift build -c release --package-path Benchmarks
    python3 Benchmarks/jsonata_peers.py Benchmarks/.build/release/bench [--rounds 5] [--shared ../shared]

Both take turns, round by round, so that a machine whose speed changes changes it for both; of each the best round counts.
All figures are evaluations per second of CPU time of expressions that were compiled once, on data that was read once.
jsonatapy evaluates with `JsonataData` and `evaluate_with_data`; its `bindings` would be converted from Python at each call,
so `$states` is bound within the expression.
Exits with 1 where the geometric mean is below 1 or one ratio below 0.7.
"""

import argparse
import json
import math
import os
import subprocess
import sys
import time


def ours(bench, shared):
    """One round of `bench jsonata`: evaluations per second by name."""
    output = subprocess.run(
        [bench, "jsonata"], env=dict(os.environ, STEPLOG_SHARED=shared), capture_output=True, text=True, check=True
    ).stdout
    rows = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
    return {row["name"]: row["eval_per_s"] for row in rows}


def peers(jsonatapy, document, seconds):
    """One round of jsonatapy: evaluations per second by name."""
    data = jsonatapy.JsonataData(document["bindings"])
    rates = {}
    for case in document["cases"]:
        expression = jsonatapy.compile("($states := states; %s)" % case["expr"])
        if expression.evaluate_with_data(data) != case["expect"]:
            raise SystemExit("jsonatapy: %s gives another result than recorded" % case["name"])
        count, spent, start = 0, 0.0, time.process_time()
        while spent < seconds:
            for _ in range(16):
                expression.evaluate_with_data(data)
            count += 16
            spent = time.process_time() - start
        rates[case["name"]] = count / spent
    return rates


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bench", help="the release binary of the Benchmarks package")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=0.4, help="CPU time of jsonatapy for each expression and round")
    parser.add_argument("--shared", default=os.environ.get("STEPLOG_SHARED", "../shared"))
    arguments = parser.parse_args()
    try:
        import jsonatapy
    except ImportError:
        raise SystemExit("jsonatapy is not installed: python3 -m pip install jsonatapy==2.2.13")
    with open(os.path.join(arguments.shared, "conformance", "jsonata-bench.json")) as file:
        document = json.load(file)
    best, best_peer = {}, {}
    for _ in range(arguments.rounds):
        for target, rates in (
            (best, ours(arguments.bench, arguments.shared)),
            (best_peer, peers(jsonatapy, document, arguments.seconds)),
        ):
            for name, rate in rates.items():
                target[name] = max(target.get(name, 0), rate)
    ratios = {name: best[name] / best_peer[name] for name in best_peer}
    print("| expression | evaluations/s | jsonatapy %s | ratio |" % jsonatapy.__version__)
    print("|---|---|---|---|")
    for name, ratio in ratios.items():
        print("| %s | %s | %s | %.2f× |" % (name, f"{best[name]:,.0f}", f"{best_peer[name]:,.0f}", ratio))
    mean = math.exp(sum(math.log(ratio) for ratio in ratios.values()) / len(ratios))
    least = min(ratios, key=ratios.get)
    print("\ngeometric mean %.2f×, least %.2f× (%s)" % (mean, ratios[least], least))
    return 0 if mean >= 1 and ratios[least] >= 0.7 else 1


if __name__ == "__main__":
    sys.exit(main())
