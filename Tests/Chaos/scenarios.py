"""What chaos runs are about: a mix of executions and random troubles, or 10,000 tasks in ECS with one host killed and one cut off."""
import pathlib
import sys

from ecs_chain import task
from troubles import plan

sys.path.append(str(pathlib.Path(__file__).resolve().parents[2] / "Benchmarks"))
import ecs_reach  # noqa: E402


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


class Mix:
    """All kinds of executions at a steady rate, and what troubles a seed brings."""

    kinds, most, drain_seconds_max = KINDS, None, 180

    def __init__(self, wanted):
        self.wanted, self.rate, self.seconds = wanted, wanted.rate, wanted.minutes * 60
        self.script = {
            "speed": 1,
            "runTask": {"throttles": 0.05, "capacityFailures": 0.02, "lostAnswers": 0.02},
            "describeTasks": {"missing": 0.05, "missingMilliseconds": 1500},
            "events": {"lost": 0.02, "duplicated": 0.02, "delayMilliseconds": [0, 1500]},
            "lifecycles": [
                {"name": "app", "provisioning": [50, 300], "pending": [50, 300], "running": [50, 1500],
                 "deprovisioning": [50, 200]},
                {"name": "broken", "weight": 0, "exitCodes": {"main": 42}, "provisioning": 100, "pending": 100,
                 "running": [50, 500], "deprovisioning": 100},
                {"name": "endless", "weight": 0, "running": 1_000_000_000}]}
        launches = 2 * wanted.rate * wanted.tasks + 20
        self.settings = {
            "sweepSeconds": 3, "orphanSweepSeconds": 5, "capacityRetrySeconds": 600, "missingGraceSeconds": 60,
            "runTask": {"perSecond": launches, "burst": launches}, "stopTask": {"perSecond": launches, "burst": launches}}

    def draw(self, dice):
        weights = WITH_TASKS if dice.random() < self.wanted.tasks else WITHOUT
        return dice.choices(list(weights), list(weights.values()))[0]

    def plan(self, can_cut):
        return plan(self.wanted.seed, self.seconds - 3, self.wanted.every, can_cut)

    def judge(self, verdict, counts):
        pass


class Reach:
    """So many executions of one task each, as fast as RunTask's limit lets them; the hosts with workers are lost one after the other."""

    kinds = {"reach": (chain(Run=ecs_reach.state("Group.$")), "SUCCEEDED", (1, 1), False)}
    drain_seconds_max = 900
    # Longer than a session of the log's groups: others take over what these hosts had.
    KILLED, CUT, OUTAGE_SECONDS = 1, 3, 12

    def __init__(self, wanted):
        self.speed, self.most = wanted.speed, wanted.reach
        self.script, self.settings = ecs_reach.script(self.speed), ecs_reach.settings(self.speed)
        launches = ecs_reach.RUN_TASK_PER_SECOND * self.speed
        # Starts are ahead of launches, so that these wait for RunTask's limit.
        self.rate, self.seconds = 2 * launches, self.most / launches

    def draw(self, dice):
        return "reach"

    def plan(self, can_cut):
        killed = (self.seconds * 0.25, "kill", "host", self.KILLED - 1, self.OUTAGE_SECONDS)
        cut = (killed[0] + max(self.seconds * 0.35, self.OUTAGE_SECONDS + 3), "cut", "host", self.CUT - 1, self.OUTAGE_SECONDS)
        return [killed, cut] if can_cut else [killed]

    def judge(self, verdict, counts):
        calls, polls = counts["calls"].get("DescribeTasks", 0), ecs_reach.polls(counts)
        verdict.figures |= {
            "speed": self.speed, "RunTask": counts["calls"]["RunTask"], "events lost": counts["events"]["lost"],
            "DescribeTasks": calls, "a poll a task per 5 s": round(polls), "times fewer": round(polls / max(1, calls))}
        verdict.count("DescribeTasks too often", [] if ecs_reach.asks_seldom(counts) else [f"{calls} calls, {polls:.0f} polls"])
