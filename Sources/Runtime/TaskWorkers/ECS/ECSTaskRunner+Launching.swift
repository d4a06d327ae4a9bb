import Engine
import JSON
import StatesLanguage
import Synchronization

extension ECSTaskRunner {
    /// Takes orders at the pace that RunTask allows.
    func launchLoop() {
        while !isEnding {
            switch nextLaunch() {
            case .launch(let order): launches.submit { [self] in launch(order) }
            case .wait(let milliseconds): launchAlarm.wait(milliseconds: milliseconds)
            }
        }
    }

    private func nextLaunch() -> LaunchQueue.Next {
        let moment = now()
        return state.withLock { state in
            // A finished call rings the alarm.
            guard state.launching < configuration.launchesMax else { return .wait(LaunchQueue.idleMilliseconds) }
            var pause = LaunchQueue.idleMilliseconds
            for account in state.queues.keys {
                switch state.queues[account]?.next(now: moment) {
                case .launch(let order)?:
                    state.launching += 1
                    return .launch(order)
                case .wait(let milliseconds)?: pause = min(pause, milliseconds)
                case nil: break
                }
            }
            return .wait(pause)
        }
    }

    /// One RunTask call, and what follows from its answer.
    private func launch(_ given: LaunchOrder) {
        var order = given
        defer {
            state.withLock { $0.launching -= 1 }
            launchAlarm.ring()
        }
        if isEnding { return }
        guard isWanted(order.taskID) else { return giveUp(order) }
        let firstAt = order.firstAt ?? now()
        guard now() - firstAt < configuration.tokenMilliseconds else {
            return adopt(
                order,
                orFail: "it may first have been asked for more than "
                    + "\(configuration.tokenMilliseconds / 60_000) minutes ago, and no such task runs now")
        }
        order.firstAt = firstAt
        order.attempts += 1
        do throws(ECSCallError) {
            let answer = try calls.call("ecs", "RunTask", order.body, role: order.role)
            if !isEnding { answered(order, answer) }
        } catch {
            if !isEnding { failed(order, error) }
        }
    }

    private func answered(_ given: LaunchOrder, _ answer: ECSCallAnswer) {
        var order = given
        let tasks = answer.output["tasks"]?.array ?? []
        let failures = answer.output["failures"]?.array ?? []
        if failures.isEmpty || order.pattern == .requestResponse {
            return launched(order, tasks, failures, answer)
        }
        let since = order.noCapacitySince ?? now()
        order.noCapacitySince = since
        order.trouble = "capacity: \(failures.first?["reason"]?.string ?? "ECS has none")"
        if tasks.isEmpty, now() - since < configuration.capacityRetryMilliseconds { return again(order) }
        let arns = tasks.compactMap { $0["taskArn"]?.string }
        if !arns.isEmpty {
            enqueueStop(
                StopOrder(
                    taskID: order.taskID, cluster: order.cluster, role: order.role, arns: arns,
                    reason: "Not all tasks of the request could be started"
                ) {})
        }
        guard let watch = state.withLock({ $0.fleet[order.taskID] }) else { return giveUp(order) }
        let shown = JSONValue.array(failures.map(Self.failure))
        finish(order.taskID, watch, .failed(error: "AmazonECS.Unknown", cause: JSONWriter.text(shown)))
    }

    /// The task's ARNs are known: keeps them, reports, and watches.
    private func launched(
        _ order: LaunchOrder, _ tasks: [JSONValue], _ failures: [JSONValue], _ answer: ECSCallAnswer
    ) {
        let arns = tasks.compactMap { $0["taskArn"]?.string }
        let shownStartedBy = order.pattern == .sync || order.pattern == .sync2 ? RunTaskCall.shownStartedBy : nil
        let output = TaskObject.answer(
            [
                "Failures": .array(failures.map(Self.failure)),
                "Tasks": .array(tasks.map { ECSTaskObject.submitted($0, startedBy: shownStartedBy) }),
            ], contentLength: answer.bodyByteCount, contentType: "application/x-amz-json-1.1",
            requestID: answer.requestID, epochMilliseconds: now())
        let text = JSONWriter.text(output)
        let (watch, doom) = state.withLock { state in
            (state.fleet[order.taskID], state.doomed.removeValue(forKey: order.taskID))
        }
        // One whose token came before RunTask's answer has no watch any more, and nobody gave it up.
        guard let watch, doom == nil else { return enqueueStop(order, arns, doom ?? Doom(reason: Self.unwanted) {}) }
        guard order.pattern != .requestResponse else {
            return finish(order.taskID, watch, .succeeded(output: text))
        }
        watch.report(.submitted(output: text))
        let moment = now()
        let early = state.withLock { $0.fleet.launched(order.taskID, arns: arns, now: moment) }
        if let definition = tasks.first?["taskDefinitionArn"]?.string, let arn = arns.first {
            resolveLogs(order.taskID, definition, ECSTaskState.id(ofArn: arn), order.role)
        }
        if let early { observe(early) }
    }

    static let unwanted = "Its execution has ended"

    /// A member of `failures` as Step Functions shows it.
    private static func failure(_ value: JSONValue) -> JSONValue {
        var object = JSONObject()
        for member in (value.object?.members ?? []).sorted(by: { $0.key < $1.key }) {
            object.append(RunTaskCall.recased(member.key, lower: false), member.value)
        }
        return .object(object)
    }

    private func failed(_ given: LaunchOrder, _ error: ECSCallError) {
        var order = given
        let isInTime = now() - (order.firstAt ?? now()) < configuration.retryMilliseconds
        order.trouble = "ECS, which answered RunTask \(order.attempts) times with \(error.code)"
        switch LaunchTrouble(error) {
        case .throttled where isInTime: again(order)
        case .unanswered:
            order.mayHaveLaunched = true
            if isInTime { return again(order) }
            adopt(order, orFail: "ECS did not answer (\(error)), and no such task runs now")
        case .conflict: adopt(order, orFail: error.description)
        case .throttled, .refused:
            if order.mayHaveLaunched {
                return adopt(order, orFail: "ECS now refuses the request (\(error)), and no such task runs")
            }
            guard let watch = state.withLock({ $0.fleet[order.taskID] }) else { return giveUp(order) }
            let told = ServiceError.ecs(error)
            let requestID = error.requestID.isEmpty ? TaskHash(order.taskID).uuid : error.requestID
            finish(order.taskID, watch, .failed(error: told.name, cause: told.cause(requestID: requestID)))
        }
    }

    /// Why launches have not been made, by task: the rate, or what ECS said.
    public var waits: [String: String] {
        var waits = other.waits
        state.withLock { state in
            // ORDER: each task is in one queue.
            for queue in state.queues.values { queue.describeWaits(into: &waits) }
        }
        return waits
    }

    /// Tries again later: twice as long each time, with jitter, so that workers do not come in step.
    private func again(_ order: LaunchOrder) {
        let bound = configuration.retryPauseMilliseconds << min(5, max(0, order.attempts - 1))
        let until = now() + Int64.random(in: bound / 2...max(1, bound))
        state.withLock { $0.queues[account(order)]?.delay(order, until: until) }
    }

    /// A call that could not be made, or made again: the task that runs under its `startedBy` is taken over. Never a second launch.
    private func adopt(_ order: LaunchOrder, orFail words: String) {
        var found: ECSCallAnswer?
        var trouble = words
        do throws(ECSCallError) {
            if order.isAdoptable { found = try find(order.token, order.cluster, order.role) }
        } catch {
            if LaunchTrouble(error) != .refused { return again(order) }
            trouble += "; looking for it failed (\(error))"
        }
        if let found, let tasks = found.output["tasks"]?.array, !tasks.isEmpty {
            return launched(order, tasks, [], found)
        }
        guard let watch = state.withLock({ $0.fleet[order.taskID] }) else { return giveUp(order) }
        finish(
            order.taskID, watch,
            .failed(error: "Steplog.LaunchOutcomeUnknown", cause: "launch outcome unknown: \(trouble)"))
    }

    /// The running tasks of a client token as DescribeTasks shows them; nil where there are none.
    func find(_ token: String, _ cluster: String, _ role: String?) throws(ECSCallError) -> ECSCallAnswer? {
        let list = try calls.call(
            "ecs", "ListTasks",
            ["cluster": .string(cluster), "startedBy": .string(RunTaskCall.startedByPrefix + token)], role: role)
        guard let arns = list.output["taskArns"]?.array, !arns.isEmpty else { return nil }
        return try calls.call(
            "ecs", "DescribeTasks", ["cluster": .string(cluster), "tasks": .array(arns)], role: role)
    }

    /// A launch that nobody wants any more: nothing was launched, or what may have been is looked for and stopped.
    private func giveUp(_ order: LaunchOrder) {
        let doom = state.withLock { $0.doomed.removeValue(forKey: order.taskID) } ?? Doom(reason: Self.unwanted) {}
        if order.mayHaveLaunched { enqueueStop(order, nil, doom) } else { doom.stopped() }
    }

    private func enqueueStop(_ order: LaunchOrder, _ arns: [String]?, _ doom: Doom) {
        guard stops(order.pattern) else { return doom.stopped() }
        enqueueStop(
            StopOrder(
                taskID: order.taskID, cluster: order.cluster, role: order.role, arns: arns, reason: doom.reason,
                stopped: doom.stopped))
    }
}
