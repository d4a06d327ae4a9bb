import Engine
import JSON
import Synchronization

extension ECSTaskRunner {
    // MARK: - Events

    /// Takes state-change events from the queue, ten at a time, and deletes what it has taken.
    func receiveLoop(_ url: String) async {
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                do throws(ECSCallError) {
                    let answer = try await calls.call(
                        "sqs", "ReceiveMessage",
                        ["QueueUrl": .string(url), "MaxNumberOfMessages": 10, "WaitTimeSeconds": 20], role: nil)
                    let messages = answer.output["Messages"]?.array ?? []
                    for message in messages {
                        if let task = ECSTaskState(eventText: message["Body"]?.string ?? "") { observe(task) }
                    }
                    guard !messages.isEmpty else { continue }
                    group.addTask { await self.delete(messages, url) }
                } catch {
                    if Task.isCancelled { return }
                    note("State-change events can't be received (\(error)); tasks are watched by DescribeTasks meanwhile.")
                    await pause(Self.troublePauseMilliseconds)
                }
            }
        }
    }

    private static let troublePauseMilliseconds: Int64 = 1000

    /// One that can't be deleted comes again and is then old news.
    private func delete(_ messages: [JSONValue], _ url: String) async {
        let entries = messages.enumerated().map { index, message -> JSONValue in
            ["Id": .string(String(index)), "ReceiptHandle": message["ReceiptHandle"] ?? ""]
        }
        do throws(ECSCallError) {
            _ = try await calls.call(
                "sqs", "DeleteMessageBatch", ["QueueUrl": .string(url), "Entries": .array(entries)], role: nil)
        } catch {
            note("State-change events can't be deleted: \(error)")
        }
    }

    /// Takes in a task's state, from wherever it is known.
    func observe(_ task: ECSTaskState) {
        let early = configuration.completesEarly
        guard let ended = state.withLock({ $0.fleet.observe(task, early: early) }) else { return }
        complete(ended.taskID, ended.watch, task)
    }

    /// Reports a task's end.
    private func complete(_ taskID: String, _ watch: ECSFleet.Watch, _ task: ECSTaskState) {
        let essential =
            configuration.judgesEssentialContainersOnly
            ? state.withLock { $0.logs[task.taskDefinitionArn]?.essential } : nil
        let object = ECSTaskObject.stopped(task.json, startedBy: RunTaskCall.shownStartedBy)
        switch ECSVerdict(task, essential: essential) {
        case .succeeded: finish(taskID, watch, .succeeded(output: JSONWriter.text(object)))
        case .failed(let failure):
            guard configuration.explainsFailures else {
                return finish(taskID, watch, .failed(error: "States.TaskFailed", cause: JSONWriter.text(object)))
            }
            // The report is what awaits it; when this process dies first, the next one explains the failure anew.
            Task {
                let cause = await explained(failure, taskID, object, role: watch.role)
                finish(taskID, watch, .failed(error: "States.TaskFailed", cause: cause))
            }
        }
    }

    // MARK: - Sweeps

    /// Looks at all watched tasks now and then, for events can be lost.
    func sweepLoop() async {
        var bucket = TokenBucket(configuration.describeTasksRate)
        let interval =
            configuration.eventsQueueURL == nil
            ? configuration.sweepMillisecondsWithoutEvents : configuration.sweepMilliseconds
        while !Task.isCancelled {
            let moment = now()
            for sweep in state.withLock({ $0.fleet.sweeps(launchedBefore: moment - interval) }) {
                while case let wait = bucket.take(now: now()), wait > 0 { await pause(wait) }
                if Task.isCancelled { return }
                await look(at: sweep)
            }
            stopStuck()
            await pause(interval)
        }
    }

    private func look(at sweep: ECSFleet.Sweep) async {
        do throws(ECSCallError) {
            let answer = try await calls.call(
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
            if !Task.isCancelled { note("DescribeTasks failed: \(error)") }
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
            let cause = "the task did not start within \(limit / 1000) seconds (ecs.startTimeoutSeconds) and was stopped"
            for arn in watch.arns { enqueueStop(taskID, watch.cluster, watch.role, arn, cause) }
            finish(taskID, watch, .failed(error: "Steplog.StartTimeout", cause: cause))
        }
    }

    /// Sleeps; returns at once when cancelled.
    func pause(_ milliseconds: Int64) async { try? await Task.sleep(for: .milliseconds(milliseconds)) }
}
