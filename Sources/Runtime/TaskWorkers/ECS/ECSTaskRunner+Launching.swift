import Engine
import JSON
import StatesLanguage
import Synchronization

extension ECSTaskRunner {
    /// Takes orders at the pace that RunTask allows.
    func launchLoop() async {
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                switch nextLaunch() {
                case .launch(let order): group.addTask { await self.launch(order) }
                case .wait(let milliseconds): await launchAlarm.wait(milliseconds: milliseconds)
                }
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

    /// Goes on with a task that a former process launched.
    func resume(_ taskID: String, _ record: LaunchRecord, _ watch: ECSFleet.Watch) {
        if watch.pattern != .requestResponse { watch.report(.submitted(output: record.submitted)) }
        let early = state.withLock { state in
            state.streams[taskID] = record.logs.isEmpty ? nil : record.logs
            return state.fleet.launched(taskID, arns: record.arns, now: 0)
        }
        if watch.pattern == .requestResponse { return finish(taskID, watch, .succeeded(output: record.submitted)) }
        if let early { observe(early) }
    }

    /// One RunTask call, and what follows from its answer.
    private func launch(_ given: LaunchOrder) async {
        var order = given
        defer {
            state.withLock { $0.launching -= 1 }
            launchAlarm.ring()
        }
        guard isWanted(order.taskID) else { return giveUp(order) }
        if let firstAt = order.firstAt, now() - firstAt >= configuration.tokenMilliseconds {
            return await adopt(order, orFail: "it was first asked for more than "
                + "\(configuration.tokenMilliseconds / 60_000) minutes ago, and no such task runs now")
        }
        do {
            if order.firstAt == nil {
                let at = now()
                try ledger.write(
                    .intent(taskID: order.taskID, cluster: order.cluster, body: order.body, at: at))
                order.firstAt = at
            }
            let input = try JSONParser.parse(order.body).object ?? JSONObject()
            order.attempts += 1
            let answer = try await calls.call("ecs", "RunTask", input, role: order.role)
            await answered(order, answer)
        } catch let error as ECSCallError {
            await failed(order, error)
        } catch {
            // Without a kept intent nothing may be launched.
            note("A launch waits, for its intent can't be kept: \(error)")
            again(order)
        }
    }

    private func answered(_ given: LaunchOrder, _ answer: ECSCallAnswer) async {
        var order = given
        let tasks = answer.output["tasks"]?.array ?? []
        let failures = answer.output["failures"]?.array ?? []
        if failures.isEmpty || order.pattern == .requestResponse {
            return await launched(order, tasks, failures, answer)
        }
        let since = order.noCapacitySince ?? now()
        order.noCapacitySince = since
        if tasks.isEmpty, now() - since < configuration.capacityRetryMilliseconds { return again(order) }
        for task in tasks {
            let reason = "Not all tasks of the request could be started"
            enqueueStop(order.taskID, order.cluster, order.role, task["taskArn"]?.string, reason)
        }
        guard let watch = state.withLock({ $0.fleet[order.taskID] }) else { return giveUp(order) }
        let shown = JSONValue.array(failures.map(Self.failure))
        finish(order.taskID, watch, .failed(error: "AmazonECS.Unknown", cause: JSONWriter.text(shown)))
    }

    /// The task's ARNs are known: keeps them, reports, and watches.
    private func launched(
        _ order: LaunchOrder, _ tasks: [JSONValue], _ failures: [JSONValue], _ answer: ECSCallAnswer
    ) async {
        let arns = tasks.compactMap { $0["taskArn"]?.string }
        let shownStartedBy = order.pattern == .sync || order.pattern == .sync2 ? RunTaskCall.shownStartedBy : nil
        let output = TaskObject.answer(
            [
                "Failures": .array(failures.map(Self.failure)),
                "Tasks": .array(tasks.map { ECSTaskObject.submitted($0, startedBy: shownStartedBy) }),
            ], contentLength: answer.bodyByteCount, contentType: "application/x-amz-json-1.1",
            requestID: answer.requestID, epochMilliseconds: now())
        let text = JSONWriter.text(output)
        keep(.handle(taskID: order.taskID, arns: arns, submitted: text))
        let (watch, reason) = state.withLock { state in
            (state.fleet[order.taskID], state.doomed.removeValue(forKey: order.taskID))
        }
        guard let watch, reason == nil else {
            for arn in arns { enqueueStop(order.taskID, order.cluster, order.role, arn, reason ?? Self.unwanted) }
            return
        }
        guard order.pattern != .requestResponse else {
            return finish(order.taskID, watch, .succeeded(output: text))
        }
        watch.report(.submitted(output: text))
        let moment = now()
        let early = state.withLock { $0.fleet.launched(order.taskID, arns: arns, now: moment) }
        if let definition = tasks.first?["taskDefinitionArn"]?.string, let arn = arns.first {
            await resolveLogs(order.taskID, definition, ECSTaskState.id(ofArn: arn), order.role)
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

    private func failed(_ given: LaunchOrder, _ error: ECSCallError) async {
        var order = given
        let isInTime = now() - (order.firstAt ?? now()) < configuration.retryMilliseconds
        switch LaunchTrouble(error) {
        case .throttled where isInTime: again(order)
        case .unanswered:
            order.mayHaveLaunched = true
            if isInTime { return again(order) }
            await adopt(order, orFail: "ECS did not answer (\(error)), and no such task runs now")
        case .conflict: await adopt(order, orFail: error.description)
        case .throttled, .refused:
            if order.mayHaveLaunched {
                return await adopt(order, orFail: "ECS now refuses the request (\(error)), and no such task runs")
            }
            guard let watch = state.withLock({ $0.fleet[order.taskID] }) else { return giveUp(order) }
            let told = ServiceError.ecs(error)
            let requestID = error.requestID.isEmpty ? TaskHash(order.taskID).uuid : error.requestID
            finish(order.taskID, watch, .failed(error: told.name, cause: told.cause(requestID: requestID)))
        }
    }

    /// Tries again later: twice as long each time, with jitter, so that workers do not come in step.
    private func again(_ order: LaunchOrder) {
        let bound = configuration.retryPauseMilliseconds << min(5, max(0, order.attempts - 1))
        let until = now() + Int64.random(in: bound / 2...max(1, bound))
        state.withLock { $0.queues[account(order)]?.delay(order, until: until) }
    }

    /// A call that could not be made, or made again: the task that runs under its `startedBy` is taken over. Never a second launch.
    private func adopt(_ order: LaunchOrder, orFail words: String) async {
        var found: ECSCallAnswer?
        var trouble = words
        do throws(ECSCallError) {
            if order.isAdoptable { found = try await find(order.token, order.cluster, order.role) }
        } catch {
            if LaunchTrouble(error) != .refused { return again(order) }
            trouble += "; looking for it failed (\(error))"
        }
        if let found, let tasks = found.output["tasks"]?.array, !tasks.isEmpty {
            return await launched(order, tasks, [], found)
        }
        guard let watch = state.withLock({ $0.fleet[order.taskID] }) else { return giveUp(order) }
        finish(
            order.taskID, watch,
            .failed(error: "Steplog.LaunchOutcomeUnknown", cause: "launch outcome unknown: \(trouble)"))
    }

    /// The running tasks of a client token as DescribeTasks shows them; nil where there are none.
    func find(_ token: String, _ cluster: String, _ role: String?) async throws(ECSCallError) -> ECSCallAnswer? {
        let list = try await calls.call(
            "ecs", "ListTasks",
            ["cluster": .string(cluster), "startedBy": .string(RunTaskCall.startedByPrefix + token)], role: role)
        guard let arns = list.output["taskArns"]?.array, !arns.isEmpty else { return nil }
        return try await calls.call(
            "ecs", "DescribeTasks", ["cluster": .string(cluster), "tasks": .array(arns)], role: role)
    }

    /// A launch that nobody wants any more: nothing was launched, or what may have been is looked for and stopped.
    private func giveUp(_ order: LaunchOrder) {
        let reason = state.withLock { $0.doomed.removeValue(forKey: order.taskID) } ?? Self.unwanted
        if order.mayHaveLaunched {
            enqueueStop(order.taskID, order.cluster, order.role, nil, reason)
        } else {
            keep(.ended(taskID: order.taskID))
        }
    }
}
