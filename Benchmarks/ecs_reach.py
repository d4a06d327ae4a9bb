"""What `ecs_chain.py reach` and the same on three hosts (`scripts/chaos STEPLOG --reach N`) have in common: the workflow, the ECS that
throttles, lacks capacity and loses events, the worker's settings, and how many calls of DescribeTasks are few.
"""
POLL_MILLISECONDS = 5000
FEWER = 20
RUN_TASK_PER_SECOND = 20
RUN_TASK_BURST = 40


def state(group, **fields):
    return {"Type": "Task", "Resource": "arn:aws:states:::ecs:runTask.sync", "Parameters": {
        "TaskDefinition": "app", "Cluster": "default", "LaunchType": "FARGATE", group: "$$.Execution.Name"},
        "ResultPath": None,
        "Retry": [{"ErrorEquals": ["AmazonECS.Unknown"], "IntervalSeconds": 1, "MaxAttempts": 20, "BackoffRate": 1.2}], **fields}


def script(speed):
    """Of a scripted ECS that lives `speed` times as fast as a real one; its limits scale with it."""
    return {
        "speed": speed,
        "runTask": {"perSecond": RUN_TASK_PER_SECOND, "burst": RUN_TASK_BURST, "throttles": 0.05, "capacityFailures": 0.02},
        "events": {"lost": 0.01, "duplicated": 0.02, "delayMilliseconds": [0, 3000]},
        "taskDefinitions": [{"family": "app", "containerDefinitions": [{"name": "main", "image": "busybox"}]}],
        "lifecycles": [{"provisioning": [1000, 9000], "pending": [1000, 5000], "running": [1000, 60000],
                        "deprovisioning": [1000, 10000]}],
    }


def settings(speed):
    """Of the part `ecs` of a worker's configuration, as fast."""
    return {"runTask": {"perSecond": RUN_TASK_PER_SECOND * speed, "burst": RUN_TASK_BURST},
            "describeTasks": {"perSecond": 10 * speed, "burst": 20},
            "sweepSeconds": max(1, 60 / speed), "capacityRetrySeconds": 600}


def polls(counts):
    """How many calls one poll a task every five seconds would have been."""
    return counts["livedMilliseconds"] / POLL_MILLISECONDS


def asks_seldom(counts):
    return polls(counts) >= FEWER * counts["calls"].get("DescribeTasks", 0)
