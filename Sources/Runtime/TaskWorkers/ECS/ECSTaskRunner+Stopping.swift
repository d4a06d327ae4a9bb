import Engine
import JSON
import Synchronization

extension ECSTaskRunner {
    /// Stops a task that is not wanted any more. When this returns, the wish is kept, and outlives this process.
    public func cancel(taskID: String, executionArn: String) {
        // AWS's text. Source: reference/ecs.md §1.3, Cancel.
        let reason =
            "The Task state in AWS Step Functions execution [\(executionArn)] which was managing this resource was aborted"
        let (watch, record) = state.withLock { state in
            let watch = state.fleet.remove(taskID)
            if watch?.stage == .launching { state.doomed[taskID] = reason }
            return (watch, state.recovered.removeValue(forKey: taskID))
        }
        guard let watch else {
            guard let record else { return other.cancel(taskID: taskID, executionArn: executionArn) }
            keep(.stop(taskID: taskID, reason: reason))
            return stop(taskID, record, reason: reason)
        }
        switch watch.stage {
        case .launching: keep(.stop(taskID: taskID, reason: reason))
        case .submitted where !configuration.stopsCallbackTasks: keep(.ended(taskID: taskID))
        case .submitted, .watched:
            keep(.stop(taskID: taskID, reason: reason))
            for arn in watch.arns { enqueueStop(taskID, watch.cluster, watch.role, arn, reason) }
        }
        launchAlarm.ring()
    }

    /// Stops what a former process launched, or may have.
    func stop(_ taskID: String, _ record: LaunchRecord, reason: String) {
        state.withLock { _ = $0.recovered.removeValue(forKey: taskID) }
        for arn in record.arns { enqueueStop(taskID, record.cluster, nil, arn, reason) }
        if record.arns.isEmpty { enqueueStop(taskID, record.cluster, nil, nil, reason) }
    }

    func enqueueStop(_ taskID: String, _ cluster: String, _ role: String?, _ arn: String?, _ reason: String) {
        state.withLock { state in
            // Source: StopTask; a reason is cut at 1,024 characters by ECS.
            state.stops.append(
                StopOrder(taskID: taskID, cluster: cluster, role: role, arn: arn, reason: String(reason.prefix(1024))))
            state.ended.append(RunTaskCall.token(taskID: taskID))
            if state.ended.count > Self.endedMax { state.ended.removeFirst(Self.endedMax / 2) }
        }
        stopAlarm.ring()
    }

    private static let endedMax = 100_000

    /// Calls StopTask until ECS has heard it.
    func stopLoop() async {
        var bucket = TokenBucket(configuration.stopTaskRate)
        while !Task.isCancelled {
            let moment = now()
            let (order, next) = state.withLock { state -> (StopOrder?, Int64) in
                if let index = state.stops.firstIndex(where: { $0.notBefore <= moment }) {
                    return (state.stops.remove(at: index), 0)
                }
                return (nil, (state.stops.map(\.notBefore).min() ?? moment + LaunchQueue.idleMilliseconds) - moment)
            }
            guard let order else {
                await stopAlarm.wait(milliseconds: max(1, next))
                continue
            }
            while case let wait = bucket.take(now: now()), wait > 0 { await pause(wait) }
            if Task.isCancelled { return }
            await stop(order)
        }
    }

    private func stop(_ given: StopOrder) async {
        var order = given
        do throws(ECSCallError) {
            var arns = [order.arn].compactMap { $0 }
            if arns.isEmpty {
                let found = try await find(RunTaskCall.token(taskID: order.taskID), order.cluster, order.role)
                arns = (found?.output["tasks"]?.array ?? []).compactMap { $0["taskArn"]?.string }
            }
            for arn in arns {
                _ = try await calls.call(
                    "ecs", "StopTask",
                    ["cluster": .string(order.cluster), "task": .string(arn), "reason": .string(order.reason)],
                    role: order.role)
            }
            keep(.ended(taskID: order.taskID))
        } catch {
            // A task that ECS does not know needs no stop; anything else is tried again.
            let isGone = error.code == "InvalidParameterException" && error.message.contains("not found")
            guard !isGone else { return keep(.ended(taskID: order.taskID)) }
            order.attempts += 1
            guard order.attempts < Self.stopAttemptsMax else {
                return note("A task could not be stopped after \(order.attempts) tries and may run on: \(error)")
            }
            order.notBefore = now() + configuration.retryPauseMilliseconds << min(6, order.attempts)
            state.withLock { $0.stops.append(order) }
        }
    }

    private static let stopAttemptsMax = 50

    // MARK: - Orphans

    /// Finds tasks that run though nobody wants them any more.
    func orphanLoop() async {
        while !Task.isCancelled {
            await pause(configuration.orphanSweepMilliseconds)
            if Task.isCancelled { return }
            var clusters = Set(configuration.clusters.filter { $0.value == .ecs }.keys)
            if configuration.backend == .ecs { clusters.insert("default") }
            for cluster in clusters.sorted() {
                do throws(ECSCallError) {
                    try await stopOrphans(cluster)
                } catch {
                    if !Task.isCancelled { note("Orphans of cluster \(cluster) can't be looked for: \(error)") }
                }
            }
        }
    }

    private func stopOrphans(_ cluster: String) async throws(ECSCallError) {
        var next: JSONValue?
        repeat {
            var input: JSONObject = ["cluster": .string(cluster), "desiredStatus": "RUNNING"]
            input["nextToken"] = next
            let page = try await calls.call("ecs", "ListTasks", input, role: nil)
            next = page.output["nextToken"]
            guard let arns = page.output["taskArns"]?.array, !arns.isEmpty else { continue }
            let shown = try await calls.call(
                "ecs", "DescribeTasks", ["cluster": .string(cluster), "tasks": .array(arns)], role: nil)
            for task in (shown.output["tasks"]?.array ?? []).compactMap({ $0.object.flatMap { ECSTaskState($0) } }) {
                guard isOrphan(task) else { continue }
                note("The task \(task.arn) runs though its execution has ended; it is stopped.")
                _ = try await calls.call(
                    "ecs", "StopTask",
                    ["cluster": .string(cluster), "task": .string(task.arn), "reason": .string(Self.unwanted)], role: nil)
            }
        } while next != nil && !Task.isCancelled
    }

    /// Whether some Steplog started a task that this worker knows to be given up, or, if that is wanted, does not know at all.
    private func isOrphan(_ task: ECSTaskState) -> Bool {
        guard let startedBy = task.startedBy, startedBy.hasPrefix(RunTaskCall.startedByPrefix) else { return false }
        let token = String(startedBy.dropFirst(RunTaskCall.startedByPrefix.count))
        let stopsUnknown = configuration.stopsUnknownTasks
        return state.withLock { state in
            let isKnown = state.fleet.knows(token: token, arn: task.arn)
                || state.recovered.keys.contains { RunTaskCall.token(taskID: $0) == token }
            let isCallback = state.fleet.watches.values.contains { $0.arns.contains(task.arn) }
            return !isKnown && !isCallback && (stopsUnknown || state.ended.contains(token))
        }
    }
}
