import Engine
import JSON
import StatesLanguage
import Synchronization

extension ECSTaskRunner {
    public func cancel(taskID: String, executionArn: String) {
        guard let watch = state.withLock({ $0.fleet[taskID] }) else {
            return other.cancel(taskID: taskID, executionArn: executionArn)
        }
        dismiss(taskID, watch, Doom(reason: Self.reason(executionArn)) {})
    }

    public func stop(_ task: InflightTask, stopped: @escaping @Sendable () -> Void) {
        let request = task.request
        let taskID = request.taskID
        guard let pattern = pattern(request) else { return other.stop(task, stopped: stopped) }
        let doom = Doom(reason: Self.reason(request.executionArn), stopped: stopped)
        let (watch, hasEnded) = state.withLock { ($0.fleet[taskID], $0.reported.remove(taskID) != nil) }
        if let watch { return dismiss(taskID, watch, doom) }
        if hasEnded || !stops(pattern) { return stopped() }
        // A former process launched it, or may have.
        enqueueStop(
            StopOrder(
                taskID: taskID, cluster: Self.cluster(request), role: role(request),
                arns: task.submission.map { SubmittedTasks($0).arns }, reason: doom.reason, stopped: stopped))
    }

    /// Whether a task that runs is stopped when its state gives it up. Source: reference/ecs.md §1.3, Cancel.
    func stops(_ pattern: TaskResource.Pattern) -> Bool {
        switch pattern {
        case .sync, .sync2: true
        case .waitForTaskToken: configuration.stopsCallbackTasks
        case .requestResponse: false
        }
    }

    /// AWS's text. Source: reference/ecs.md §1.3, Cancel.
    private static func reason(_ executionArn: String) -> String {
        "The Task state in AWS Step Functions execution [\(executionArn)] which was managing this resource was aborted"
    }

    private func dismiss(_ taskID: String, _ watch: ECSFleet.Watch, _ doom: Doom) {
        let stage = state.withLock { state -> ECSFleet.Watch.Stage? in
            // RunTask may have been answered meanwhile.
            guard let removed = state.fleet.remove(taskID) else { return nil }
            state.streams[taskID] = nil
            if removed.stage == .launching { state.doomed[taskID] = doom }
            return removed.stage
        }
        switch stage {
        case .launching?: launchAlarm.ring()
        case .submitted?, .watched?:
            guard stops(watch.pattern) else { return doom.stopped() }
            enqueueStop(
                StopOrder(
                    taskID: taskID, cluster: watch.cluster, role: watch.role, arns: watch.arns, reason: doom.reason,
                    stopped: doom.stopped))
        // It ended at this moment.
        case nil: doom.stopped()
        }
    }

    func enqueueStop(_ order: StopOrder) {
        state.withLock { state in
            state.stops.append(order)
            state.ended.insert(RunTaskCall.token(taskID: order.taskID))
        }
        stopAlarm.ring()
    }

    /// Calls StopTask until ECS has heard it.
    func stopLoop() {
        var bucket = TokenBucket(configuration.stopTaskRate)
        while !isEnding {
            let moment = now()
            let (order, next) = state.withLock { state -> (StopOrder?, Int64) in
                if let index = state.stops.firstIndex(where: { $0.notBefore <= moment }) {
                    return (state.stops.remove(at: index), 0)
                }
                return (nil, (state.stops.map(\.notBefore).min() ?? moment + LaunchQueue.idleMilliseconds) - moment)
            }
            guard let order else {
                stopAlarm.wait(milliseconds: max(1, next))
                continue
            }
            while case let wait = bucket.take(now: now()), wait > 0, !isEnding { pause(wait) }
            if isEnding { return }
            stop(order)
        }
    }

    private func stop(_ given: StopOrder) {
        var order = given
        do throws(ECSCallError) {
            let arns = if let known = order.arns { known } else { try found(order) }
            for arn in arns {
                _ = try calls.call(
                    "ecs", "StopTask",
                    ["cluster": .string(order.cluster), "task": .string(arn), "reason": .string(order.reason)],
                    role: order.role)
            }
            order.stopped()
        } catch {
            // A task that ECS does not know needs no stop; anything else is tried again.
            let isGone =
                error.code == "ClusterNotFoundException"
                || (error.code == "InvalidParameterException" && error.message.contains("not found"))
            guard !isGone else { return order.stopped() }
            if isEnding { return }
            order.attempts += 1
            if order.attempts == Self.stopAttemptsToldAt {
                note("A task could not be stopped in \(order.attempts) tries and may run on: \(error)")
            }
            order.notBefore = now() + configuration.retryPauseMilliseconds << min(6, order.attempts)
            state.withLock { $0.stops.append(order) }
        }
    }

    private func found(_ order: StopOrder) throws(ECSCallError) -> [String] {
        let answer = try find(RunTaskCall.token(taskID: order.taskID), order.cluster, order.role)
        return (answer?.output["tasks"]?.array ?? []).compactMap { $0["taskArn"]?.string }
    }

    private static let stopAttemptsToldAt = 10

    // MARK: - Orphans

    /// Finds tasks that run though nobody wants them any more.
    func orphanLoop() {
        while !isEnding {
            pause(configuration.orphanSweepMilliseconds)
            if isEnding { return }
            var clusters = Set(configuration.clusters.filter { $0.value == .ecs }.keys)
            if configuration.backend == .ecs { clusters.insert("default") }
            for cluster in clusters.sorted() {
                do throws(ECSCallError) {
                    try stopOrphans(cluster)
                } catch {
                    if !isEnding { note("Orphans of cluster \(cluster) can't be looked for: \(error)") }
                }
            }
        }
    }

    private func stopOrphans(_ cluster: String) throws(ECSCallError) {
        var next: JSONValue?
        repeat {
            var input: JSONObject = ["cluster": .string(cluster), "desiredStatus": "RUNNING"]
            input["nextToken"] = next
            let page = try calls.call("ecs", "ListTasks", input, role: nil)
            next = page.output["nextToken"]
            guard let arns = page.output["taskArns"]?.array, !arns.isEmpty else { continue }
            let shown = try calls.call(
                "ecs", "DescribeTasks", ["cluster": .string(cluster), "tasks": .array(arns)], role: nil)
            for task in (shown.output["tasks"]?.array ?? []).compactMap({ $0.object.flatMap { ECSTaskState($0) } }) {
                guard isOrphan(task) else { continue }
                note("The task \(task.arn) runs though its execution has ended; it is stopped.")
                _ = try calls.call(
                    "ecs", "StopTask",
                    ["cluster": .string(cluster), "task": .string(task.arn), "reason": .string(Self.unwanted)],
                    role: nil)
            }
        } while next != nil && !isEnding
    }

    /// Whether some Steplog started a task that this worker knows to be given up, or, if that is wanted, does not know at all.
    private func isOrphan(_ task: ECSTaskState) -> Bool {
        guard let startedBy = task.startedBy, startedBy.hasPrefix(RunTaskCall.startedByPrefix) else { return false }
        let token = String(startedBy.dropFirst(RunTaskCall.startedByPrefix.count))
        let stopsUnknown = configuration.stopsUnknownTasks
        return state.withLock { state in
            !state.fleet.knows(token: token, arn: task.arn) && (stopsUnknown || state.ended.contains(token))
        }
    }
}
