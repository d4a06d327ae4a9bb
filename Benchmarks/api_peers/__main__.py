"""Steplog beside moto and ministack, over the Step Functions API, in one run on one machine.

    python3 Benchmarks/api_peers [--steplog .build/release/steplog] [--venv FOLDER] [--seconds 8] [--rounds 2]

Without --venv, moto and ministack are installed into .build/bench-venv. Two loads, each with 50 connections from two processes:
`pairs`, StartExecution and DescribeExecution in turn, of a machine with one Pass state; `chain`, ten Pass states with 200 bytes of input from
StartExecution to SUCCEEDED. Rounds go through all systems in turn, and the best round of each counts. The machine's other work moves wall-clock figures; the
column that it moves least is per second of the server's own CPU time.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import time
import uuid

import systems

ROOT = pathlib.Path(__file__).resolve().parents[2]
CONNECTIONS, PROCESSES = 50, 2
CHAIN = {"StartAt": "P0", "States": {
    f"P{index}": {"Type": "Pass", **({"End": True} if index == 9 else {"Next": f"P{index + 1}"})} for index in range(10)}}
# Of the load that is about the two requests, and little about the running of states.
SINGLE = {"StartAt": "P0", "States": {"P0": {"Type": "Pass", "End": True}}}


def measure(system, mode, seconds):
    """One load on a running system."""
    definition = CHAIN if mode == "chain" else SINGLE
    machine = system.call("CreateStateMachine", {
        "name": f"{mode}-{uuid.uuid4().hex[:8]}", "definition": json.dumps(definition),
        "roleArn": "arn:aws:iam::000000000000:role/bench"})["stateMachineArn"]
    driver = pathlib.Path(__file__).with_name("driver.py")

    def drive(duration, run):
        loads = [subprocess.Popen(
            [sys.executable, driver, str(system.port), str(CONNECTIONS // PROCESSES), str(duration), mode, machine, f"{run}{index}"],
            stdout=subprocess.PIPE) for index in range(PROCESSES)]
        outputs = [load.communicate()[0] for load in loads]
        if any(load.returncode for load in loads):
            raise RuntimeError(f"{system.name}: {mode}: a driver failed; see above")
        return [json.loads(output) for output in outputs]

    drive(1, "warm")
    cpu = systems.cpu_seconds(system.process.pid)
    results = drive(seconds, "run")
    cpu = systems.cpu_seconds(system.process.pid) - cpu
    wall = max(result["wall"] for result in results)

    def all_of(key):
        return sorted(value for result in results for value in result[key])

    latencies, spans = all_of("latencies"), all_of("spans")
    answers, executions = (sum(result[key] for result in results) for key in ("answers", "executions"))
    return {
        "system": system.name, "mode": mode, "requests/s": answers / wall, "executions/s": executions / wall,
        "requests/CPU s": answers / cpu, "executions/CPU s": executions / cpu, "server CPU s": cpu, "wall s": wall,
        "request p50 ms": at(latencies, 0.5), "request p99 ms": at(latencies, 0.99), "execution p50 ms": at(spans, 0.5),
        "execution p99 ms": at(spans, 0.99), "driver CPU s": sum(result["cpu"] for result in results)}


def at(values, share):
    return 1_000 * values[min(len(values) - 1, int(share * len(values)))] if values else None


def venv(path):
    if path is None:
        path = ROOT / ".build/bench-venv"
        if not (path / "bin/ministack").exists():
            subprocess.run([sys.executable, "-m", "venv", path], check=True)
            subprocess.run([path / "bin/pip", "install", "--quiet", "moto[stepfunctions,server]", "ministack"], check=True)
    return pathlib.Path(path)


def best(rounds, mode, key, pick=max):
    chosen = {}
    for row in rounds:
        if row["mode"] == mode and row[key] is not None:
            chosen[row["system"]] = pick(chosen.get(row["system"], row[key]), row[key])
    return chosen


def show(rounds, storage):
    for mode, keys in (("pairs", ["requests/s", "requests/CPU s", "request p50 ms", "request p99 ms"]),
                       ("chain", ["executions/s", "executions/CPU s", "execution p50 ms", "execution p99 ms"])):
        print(f"\n| {mode} | storage | " + " | ".join(keys) + " |\n|---|---|" + "---:|" * len(keys))
        columns = {key: best(rounds, mode, key, min if key.endswith("ms") else max) for key in keys}
        for system in columns[keys[0]]:
            cells = " | ".join(f"{columns[key].get(system, 0):,.{1 if key.endswith('ms') else 0}f}" for key in keys)
            print(f"| {system} | {storage[system]} | {cells} |")
        for key in keys[:2]:
            peers = {name: value for name, value in columns[key].items() if name != "steplog"}
            if peers and "steplog" in columns[key]:
                name = max(peers, key=peers.get)
                print(f"\n{key}: {columns[key]['steplog'] / peers[name]:.1f} times {name}, the best peer.")
    transitions = best(rounds, "chain", "executions/s")
    print("\ndurable state transitions/s of the chain: " + ", ".join(f"{name} {value * 10:,.0f}" for name, value in transitions.items()))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steplog", type=pathlib.Path, default=ROOT / ".build/release/steplog")
    parser.add_argument("--venv", type=pathlib.Path, help="a Python environment that has moto and ministack")
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--only", choices=["steplog", "moto", "ministack"], action="append")
    parser.add_argument("--mode", choices=["pairs", "chain"], action="append")
    parser.add_argument("--folder", help="where logs and data are kept while it runs; it should be a disk", default=None)
    options = parser.parse_args()
    options.steplog = options.steplog.resolve()
    kinds = [kind for kind in (systems.Steplog, systems.Moto, systems.Ministack) if not options.only or kind.name in options.only]
    if any(kind is not systems.Steplog for kind in kinds):
        options.venv = venv(options.venv).resolve()
    rounds = []
    with tempfile.TemporaryDirectory(prefix="api-peers-", dir=options.folder) as folder:
        options.folder = folder
        for number in range(options.rounds):
            for kind in kinds:
                for mode in options.mode or ["pairs", "chain"]:
                    with kind(options) as system:
                        row = measure(system, mode, options.seconds)
                    rounds.append(row)
                    print(f"round {number + 1}: {json.dumps({key: round(value, 2) if isinstance(value, float) else value for key, value in row.items()})}",
                          file=sys.stderr, flush=True)
                    time.sleep(0.5)
    show(rounds, {kind.name: kind.storage for kind in kinds})


if __name__ == "__main__":
    main()
