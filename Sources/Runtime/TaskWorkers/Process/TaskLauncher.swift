import Glibc
import JSON

/// Starts tasks under supervisors, each once at most, and finds those that were started before.
struct TaskLauncher: Sendable {
    /// A task's directory as it was found.
    enum Standing {
        /// A supervisor runs it; the descriptor tells when that changes.
        case running(OwnedDescriptor)
        case over(TaskResult)
        /// It had a supervisor, which left no result.
        case lost
        /// It never had a supervisor.
        case unstarted
    }

    /// A file of a task's directory that holds something else than Steplog wrote.
    struct UnreadableFile: Error, CustomStringConvertible {
        var path: String
        var reason: String
        var description: String { "\(path) can't be read: \(reason)" }
    }

    let tasksDirectory: String
    let supervisorCommand: [String]

    func directory(_ launchID: String) -> TaskDirectory { TaskDirectory(path: "\(tasksDirectory)/\(launchID)") }

    /// The plan of a task that was prepared before; nil when there is none of that id.
    func plan(_ launchID: String) throws -> TaskPlan? {
        let directory = directory(launchID)
        guard File.exists(directory.plan) else { return nil }
        let bytes = try File.read(directory.plan)
        do {
            return try TaskPlan(bytes)
        } catch {
            throw UnreadableFile(path: directory.plan, reason: "\(error)")
        }
    }

    /// Makes a task's directory, all at once: plan, FIFOs and `files`. Another one of that id stays as it is.
    func prepare(_ plan: TaskPlan, _ launchID: String, files: [String: [UInt8]] = [:]) throws(SystemCallError) {
        try File.makeDirectories(tasksDirectory)
        let target = directory(launchID)
        let draft = TaskDirectory(path: "\(tasksDirectory)/.\(launchID).\(getpid())")
        File.removeDirectory(draft.path)
        do throws(SystemCallError) {
            _ = try File.makeDirectory(draft.path)
            try File.writeAtomically(plan.bytes, to: draft.plan, durable: false)
            for (name, bytes) in files { try File.writeAtomically(bytes, to: draft.file(name), durable: false) }
            try File.makeFIFO(draft.alive)
            try File.makeFIFO(draft.control)
            guard try File.moveDirectory(draft.path, to: target.path) else {
                File.removeDirectory(draft.path)
                return
            }
        } catch {
            File.removeDirectory(draft.path)
            throw error
        }
    }

    /// Removes the directories that processes which ended meanwhile did not finish making.
    func removeDrafts() {
        for name in (try? File.names(in: tasksDirectory)) ?? [] where name.hasPrefix(".") {
            guard let process = name.split(separator: ".").last.flatMap({ pid_t($0) }), kill(process, 0) != 0 else {
                continue
            }
            File.removeDirectory("\(tasksDirectory)/\(name)")
        }
    }

    /// Starts the supervisor of a prepared task. One that has, or had, a supervisor does not get another.
    /// - Returns: the supervisor's process, a child of this one, and what tells about it.
    func launch(_ launchID: String) throws(SystemCallError) -> (process: pid_t, news: OwnedDescriptor) {
        let directory = directory(launchID)
        // The supervisor inherits an end for writing, so that from its first moment its death closes the FIFO.
        let news = try File.open(directory.alive, O_RDONLY | O_NONBLOCK)
        let held = try File.open(directory.alive, O_WRONLY | O_NONBLOCK)
        let log = try File.open(directory.supervisorLog, O_WRONLY | O_CREAT | O_APPEND)
        let launch = ProcessLaunch(
            arguments: supervisorCommand + [directory.path], environment: ProcessEnvironment.own(),
            workingDirectory: nil,
            standardInput: try File.open("/dev/null", O_RDONLY), standardOutput: log, standardError: log, extra: held,
            startsSession: true)
        return (try launch.start(), news)
    }

    /// What has become of a prepared task.
    func standing(_ launchID: String) throws -> Standing {
        let directory = directory(launchID)
        if let result = try result(directory) { return .over(result) }
        let news = try File.open(directory.alive, O_RDONLY | O_NONBLOCK)
        // Nothing to read yet: somebody has it open for writing, which is the supervisor. The end: nobody has.
        let bytes = try news.read(countMax: 1)
        if let result = try result(directory) { return .over(result) }
        if bytes?.isEmpty != true { return .running(news) }
        return File.exists(directory.handle) ? .lost : .unstarted
    }

    /// The result of a task; nil before its end.
    func result(_ directory: TaskDirectory) throws -> TaskResult? {
        guard File.exists(directory.result) else { return nil }
        let bytes = try File.read(directory.result)
        do {
            return try TaskResult(bytes)
        } catch {
            throw UnreadableFile(path: directory.result, reason: "\(error)")
        }
    }

    /// Ends a task whose supervisor went away: kills what it left and writes down that it failed.
    /// - Parameter wasSeen: the supervisor ended just now, under this process's eyes.
    func buryLost(_ launchID: String, _ plan: TaskPlan, wasSeen: Bool) throws(SystemCallError) -> TaskResult {
        let directory = directory(launchID)
        let handle = String(decoding: (try? File.read(directory.handle)) ?? [], as: UTF8.self)
        if wasSeen, let line = handle.split(separator: "\n").first, let supervisor = RunningProcess(line: line) {
            RunningProcess.killSession(of: supervisor.number)
        }
        let lines = String(decoding: (try? File.read(directory.processes)) ?? [], as: UTF8.self).split(separator: "\n")
        RunningProcess.killAll(groupsOf: lines.compactMap { RunningProcess(line: $0) }, marker: plan.marker)
        let now = SystemClock.epochMilliseconds
        let runsBefore = lines.isEmpty ? nil : plan.task["CreatedAt"]?.number?.int64 ?? now
        let reason =
            "The supervisor of the task ended without a result: it was killed, or the machine stopped (see \(directory.supervisorLog))"
        let containers = plan.containers.map { _ in
            TaskEnd.Container(reason: "The container was lost with its supervisor")
        }
        let end = TaskEnd(
            stopCode: .infrastructureHealth, stoppedReason: reason, containers: containers,
            preparedAt: runsBefore ?? now,
            startedAt: runsBefore, stoppingAt: now, stoppedAt: now)
        let result = TaskResult(plan, end)
        try File.writeAtomically(result.bytes, to: directory.result, durable: true)
        return result
    }

    /// Asks for a task's end. Nothing happens to one that is over.
    func stop(_ launchID: String, reason: String) throws(SystemCallError) {
        let directory = directory(launchID)
        guard File.exists(directory.plan), !File.exists(directory.result) else { return }
        try File.writeAtomically(Array(reason.utf8), to: directory.stop, durable: false)
        do throws(SystemCallError) {
            try File.open(directory.control, O_WRONLY | O_NONBLOCK).write([0])
        } catch {
            // Nobody reads: the supervisor looks for the file when it starts, or is gone.
            guard error.code == ENXIO else { throw error }
        }
    }
}
