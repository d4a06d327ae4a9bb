import ArgumentParser
import Engine
import Foundation
import JSON
import LocalService
import StatesLanguage
import TaskWorkers
import Terminal

/// Follows one execution to its end and says how it goes.
struct RunSession {
    /// The execution.
    struct Target {
        var start: StartExecution
        var machine: StateMachine
        var isClosed: Bool
        /// Present: the execution is to be started; nil: it is on the log.
        var definition: String?
    }

    let service: LocalEngine
    let runner: LocalTaskRunner
    let events: RunEvents
    let places: RunPlaces
    let history: RunCommand.HistoryFormat?
    let isQuiet: Bool

    /// Containers have at most 120 seconds to stop (Source: ECS, stopTimeout), and a little more to be cleared away.
    private static let stopSecondsMax = 130
    /// How long a service may take to hear that a task is to be stopped.
    private static let serviceSecondsMax = 60
    /// Tasks that hand their token back end by themselves, soon after.
    private static let endSecondsMax = 3

    /// - Returns: the exit code.
    func run(_ target: Target) throws -> Int32 {
        var progress = ExecutionProgress(start: target.start, machine: target.machine)
        var document = HistoryDocument()
        let follower = try ExecutionFollower(service, executionArn: target.start.executionArn)
        events.listen { follower.wake() }
        if target.isClosed {
            try follow(follower, target, &progress, &document)
            return finish(progress, document)
        }
        let listener = try ControlListener(path: places.controlSocket) {
            TaskTokenDesk(service, places.tokenKey).answer($0)
        }
        defer { listener.close() }
        service.start()
        // After an error the process ends at once: what is committed is on the log, and tasks have supervisors of their own.
        try start(target)
        try follow(follower, target, &progress, &document)
        try settle(progress)
        service.stop()
        return finish(progress, document)
    }

    private func start(_ target: Target) throws {
        guard let definition = target.definition else { return }
        let command = CommandRecord(
            executionArn: target.start.executionArn, command: .startExecution(target.start), definition: definition)
        let outcome = try service.ask(command, id: UUID().uuidString, timeout: .seconds(3_600)) {
            events.failure == nil && !events.isInterrupted
        }
        if let failure = events.failure { throw failure }
        switch outcome {
        case .accepted?: return
        case .rejected(let code, let message)?: throw BadInput("\(code): \(message)")
        case nil: throw BadInput("Stopped before the execution began.")
        }
    }

    private func follow(
        _ follower: ExecutionFollower, _ target: Target, _ progress: inout ExecutionProgress,
        _ document: inout HistoryDocument
    ) throws {
        var view = ProgressView()
        var isStopping = false
        while !progress.isClosed {
            if let failure = events.failure {
                view.finish()
                throw failure
            }
            if events.isInterrupted, !isStopping, !target.isClosed {
                isStopping = true
                if !isQuiet {
                    view.show(["  stopping the execution and its tasks; once more leaves at once"], active: [])
                }
                try service.submit(
                    CommandRecord(
                        executionArn: target.start.executionArn,
                        command: .stopExecution(error: nil, cause: "Stopped by a signal to steplog run")))
            }
            var lines: [String] = []
            for (event, record) in try follower.next(timeout: view.isLive ? .milliseconds(200) : .seconds(5)) {
                if let line = try progress.take(event) { lines.append(line) }
                if history != nil { document.append(record) }
            }
            if !isQuiet { view.show(lines, active: progress.activeLines(now: SystemTime.epochMilliseconds)) }
        }
        view.finish()
    }

    // MARK: - The end

    /// Lets the workers take what was cancelled, and waits until the tasks are gone: of a stopped execution all of them.
    private func settle(_ progress: ExecutionProgress) throws {
        _ = try service.settle(timeout: .seconds(5))
        let stopped = ContinuousClock.now + .seconds(Self.serviceSecondsMax)
        while service.unwantedCount > 0, ContinuousClock.now < stopped { Pause.milliseconds(2) }
        var waited = progress.tasks
        var seconds = Self.stopSecondsMax
        switch progress.status {
        case .aborted:
            for task in waited { runner.cancel(taskID: task.id, executionArn: progress.executionArn) }
        case .failed, .timedOut:
            waited = waited.filter { !$0.isDetached }
            for task in waited { runner.cancel(taskID: task.id, executionArn: progress.executionArn) }
        case .succeeded, .running:
            waited = waited.filter { !$0.isDetached }
            if !waited.contains(where: \.isCancelled) { seconds = Self.endSecondsMax }
        }
        let deadline = ContinuousClock.now + .seconds(seconds)
        while runner.runningCount > 0, ContinuousClock.now < deadline {
            waited = waited.filter { runner.isRunning(taskID: $0.id) }
            if waited.isEmpty { return }
            Pause.milliseconds(2)
        }
    }

    private func finish(_ progress: ExecutionProgress, _ document: HistoryDocument) -> Int32 {
        let hasSucceeded = progress.status == .succeeded
        if hasSucceeded, let output = progress.output { ProgressView.write(output + "\n", to: 1) }
        var lines: [String] = []
        if !hasSucceeded { lines += failureLines(progress) }
        let left = progress.tasks.filter { runner.isRunning(taskID: $0.id) }
        lines += left.map {
            "The task of \"\($0.state)\" still runs, under a supervisor of its own; its log: \(logPaths($0.id).joined(separator: ", "))"
        }
        switch history {
        case .table?: lines += document.tableLines
        case .json?: lines.append(document.json.description)
        case nil: break
        }
        if !lines.isEmpty { ProgressView.write(lines.joined(separator: "\n") + "\n", to: 2) }
        places.clean(keepsTasks: !left.isEmpty || (!hasSucceeded && !progress.tasks.isEmpty))
        return hasSucceeded ? 0 : 1
    }

    private func failureLines(_ progress: ExecutionProgress) -> [String] {
        let verdict =
            switch progress.status {
            case .aborted: "was stopped"
            case .timedOut: "timed out"
            case .failed, .running, .succeeded: "failed"
            }
        var lines = ["The execution \(verdict)."]
        if progress.status == .aborted { return lines }
        if let failure = progress.failure { lines.append("  state: \(failure.state)") }
        lines += FailureText.lines(error: progress.error ?? progress.failure?.error, cause: progress.cause).map {
            "  \($0)"
        }
        guard let taskID = progress.failure?.taskID else { return lines }
        for log in runner.logs(taskID: taskID) {
            lines.append("  log of container \(log.containerName): \(log.path)")
            lines += FileTail.lines(log.path, count: 10).map { "    | \($0)" }
        }
        return lines
    }

    private func logPaths(_ taskID: String) -> [String] { runner.logs(taskID: taskID).map(\.path) }
}
