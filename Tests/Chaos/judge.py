"""What is counted at the end of a chaos run."""
import os
import subprocess

import fold
from steplog_server import binary

SAMPLES = 5
READ_MODEL_SUFFIX = ".rebuilt"


class Verdict:
    """Counts by name, and for each violation its number and some samples."""

    def __init__(self):
        self.figures = {}
        self.violations = {}

    def count(self, name, found):
        """Something that must not be: a list of sentences, empty when all is well."""
        self.violations[name] = {"count": len(found), "samples": [str(sample) for sample in found[:SAMPLES]]}

    @property
    def is_clean(self):
        return all(violation["count"] == 0 for violation in self.violations.values())


def judge(scenario, cluster, load, subscriber, troubles, guard):
    """Everything runs, and nothing is started any more; the servers have ended when this returns."""
    verdict = Verdict()
    counts = cluster.ecs.counts(detail=True)
    cluster.end_servers()
    executions, types, sequences, problems = fold.of_log(cluster.broker_address)
    accepted = load.accepted
    verdict.figures |= {
        "accepted": len(accepted), "events": sum(types.values()), "launched": counts["launched"],
        "throttles": counts["throttles"], "answers lost": counts["lostAnswers"],
        "capacity failures": counts["capacityFailures"], "replayed launches": counts["replays"]}
    verdict.count("lost", [arn for arn in accepted if arn not in executions])
    verdict.count("started unasked", [arn for arn in executions if arn not in accepted])
    verdict.count("stuck", [f"{arn} ({accepted.get(arn)})" for arn, found in executions.items() if found.status == "RUNNING"])
    verdict.count("ended otherwise", [
        f"{arn} ({kind}): {executions[arn].status}" for arn, kind in accepted.items()
        if arn in executions and executions[arn].status not in ("RUNNING", load.kinds[kind][1])])
    verdict.count("refused", load.refusals)
    verdict.count("launched twice", [
        f"{what} {name}: {count}" for what in ("byClientToken", "byStartedBy") for name, count in counts[what].items() if count > 1])
    least = sum(load.kinds[kind][2][0] for kind in accepted.values())
    most = sum(load.kinds[kind][2][1] for kind in accepted.values())
    verdict.count("launches other than asked", [] if least <= counts["launched"] <= most else [
        f"{counts['launched']} launches, between {least} and {most} were asked for"])
    verdict.count("tasks that run on", [] if counts["launched"] == counts["stopped"] else [
        f"{counts['launched'] - counts['stopped']} of {counts['launched']}"])
    scenario.judge(verdict, counts)
    verdict.count("gaps", subscriber.gaps + problems)
    verdict.count("delivered again", subscriber.repeated)
    verdict.count("missed by the live subscriber", [
        key.decode() for key, sequence in sequences.items() if subscriber.last.get(key) != sequence])
    verdict.count("read models differ", read_models(cluster, executions))
    verdict.count("log damaged or decided otherwise", verified(cluster))
    verdict.count("dead letters", dead_letters(cluster))
    verdict.count("ended by themselves", guard.ended)
    return verdict


def read_models(cluster, executions):
    """Each API's file, and one that is made anew, beside the fold of the log."""
    found = []
    paths = [cluster.read_model(host) for host in cluster.ports]
    anew = os.path.join(cluster.folder, "anew.sqlite")
    made = cluster.rebuild(anew)
    if made.returncode != 0:
        found.append(f"replay --into read-model: {made.stderr.strip()}")
    else:
        paths.append(next(path for path in (anew, anew + READ_MODEL_SUFFIX) if os.path.exists(path)))
    for path in paths:
        model = fold.of_read_model(path)
        for arn in executions.keys() | model.keys():
            left, right = executions.get(arn), model.get(arn)
            if left is None or right is None or left.form() != right.form():
                forms = [side.form() if side else "not there" for side in (left, right)]
                found.append(f"{os.path.basename(path)}: {arn}: log {forms[0]}, read model {forms[1]}")
    return found


def verified(cluster):
    """What `steplog replay --verify` has against the log."""
    done = subprocess.run(
        [binary(), "replay", "--verify", "--kafka-bootstrap", cluster.broker_address], capture_output=True, text=True)
    return [] if done.returncode == 0 else [f"exit code {done.returncode}: {(done.stdout + done.stderr).strip()[-800:]}"]


def dead_letters(cluster):
    done = subprocess.run(
        [binary(), "deadletter", "list", "--brokers", cluster.broker_address], capture_output=True, text=True)
    if done.returncode != 0:
        return [done.stderr.strip()]
    return [line for line in done.stdout.splitlines() if line.strip() and "nothing" not in line]
