import Engine
import JSON
import Synchronization

extension ECSTaskRunner {
    /// Takes in a task's state, from wherever it is known. - Returns: false when it is none of this worker's.
    @discardableResult
    func observe(_ task: ECSTaskState) -> Bool {
        let early = configuration.completesEarly
        let (isOurs, ended) = state.withLock { state in
            let isOurs = state.fleet.isConcerned(by: task)
            let ended = state.fleet.observe(task, early: early)
            if let ended { state.finished.insert(RunTaskCall.token(taskID: ended.taskID)) }
            return (isOurs, ended)
        }
        if let ended { complete(ended.taskID, ended.watch, task) }
        return isOurs
    }

    /// Reports a task's end.
    private func complete(_ taskID: String, _ watch: ECSFleet.Watch, _ task: ECSTaskState) {
        var essential: Set<String>?
        if configuration.judgesEssentialContainersOnly {
            guard let known = state.withLock({ $0.logs[task.taskDefinitionArn] }) else {
                return errands.submit { [self] in
                    _ = locations(task.taskDefinitionArn, watch.role)
                    complete(taskID, watch, task)
                }
            }
            essential = known.essential.isEmpty ? nil : known.essential
        }
        let object = ECSTaskObject.stopped(task.json, startedBy: RunTaskCall.shownStartedBy)
        switch ECSVerdict(task, essential: essential) {
        case .succeeded: finish(taskID, watch, .succeeded(output: JSONWriter.text(object)))
        case .failed(let failure):
            guard configuration.explainsFailures else {
                return finish(taskID, watch, .failed(error: "States.TaskFailed", cause: JSONWriter.text(object)))
            }
            // When this process dies before it is explained, the next one sees the task's end anew.
            errands.submit { [self] in
                let cause = explained(failure, taskID, object, role: watch.role)
                finish(taskID, watch, .failed(error: "States.TaskFailed", cause: cause))
            }
        }
    }

    // MARK: - Sweeps

    /// Looks at all watched tasks now and then, for events can be lost.
    func sweepLoop() {
        var bucket = TokenBucket(configuration.describeTasksRate)
        while !isEnding {
            let moment = now()
            for sweep in state.withLock({ $0.fleet.sweeps(launchedBefore: moment - sweepInterval) }) {
                while case let wait = bucket.take(now: now()), wait > 0, !isEnding { pause(wait) }
                if isEnding { return }
                look(at: sweep)
            }
            stopStuck()
            sweepAlarm.wait(milliseconds: sweepInterval)
            // Where many tasks are taken over, they are looked at together.
            if !isEnding, state.withLock({ $0.hasTakenOver }) { pause(Self.gatherMilliseconds) }
            state.withLock { $0.hasTakenOver = false }
        }
    }

    private static let gatherMilliseconds: Int64 = 200

    var sweepInterval: Int64 {
        configuration.eventsQueueURL == nil
            ? configuration.sweepMillisecondsWithoutEvents : configuration.sweepMilliseconds
    }

    private func look(at sweep: ECSFleet.Sweep) {
        do throws(ECSCallError) {
            let answer = try calls.call(
                "ecs", "DescribeTasks",
                ["cluster": .string(sweep.cluster), "tasks": .array(sweep.arns.map { .string($0) })], role: sweep.role)
            for value in answer.output["tasks"]?.array ?? [] {
                if let object = value.object, let task = ECSTaskState(object) { observe(task) }
            }
            for failure in answer.output["failures"]?.array ?? [] where failure["reason"]?.string == "MISSING" {
                lose(failure["arn"]?.string ?? "")
            }
        } catch {
            // The next sweep looks again.
            if !isEnding { note("DescribeTasks failed: \(error)") }
        }
    }

    private func lose(_ arn: String) {
        let (moment, grace) = (now(), configuration.missingGraceMilliseconds)
        guard let lost = state.withLock({ $0.fleet.missing(arn, now: moment, grace: grace) }) else { return }
        let cause = "task outcome unknown: ECS has not known \(arn) for \(grace / 1000) seconds"
        finish(lost.taskID, lost.watch, .failed(error: "Steplog.TaskOutcomeUnknown", cause: cause))
    }

    private func stopStuck() {
        let limit = configuration.startTimeoutMilliseconds
        guard limit > 0 else { return }
        let before = now() - limit
        for (taskID, watch) in state.withLock({ $0.fleet.takeStuck(launchedBefore: before) }) {
            let cause =
                "the task did not start within \(limit / 1000) seconds (ecs.startTimeoutSeconds) and was stopped"
            enqueueStop(
                StopOrder(
                    taskID: taskID, cluster: watch.cluster, role: watch.role, arns: watch.arns, reason: cause
                ) {})
            finish(taskID, watch, .failed(error: "Steplog.StartTimeout", cause: cause))
        }
    }
}
