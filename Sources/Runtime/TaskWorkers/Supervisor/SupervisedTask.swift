import Glibc

/// A running task: starts its containers, watches them, stops them, writes down how they ended. One thread does all of it.
final class SupervisedTask {
    private let plan: TaskPlan
    private let directory: TaskDirectory
    private let control: OwnedDescriptor
    private let alive: OwnedDescriptor
    private let signals: OwnedDescriptor
    private let noInput: OwnedDescriptor
    private let children: ChildProcesses
    private let metadata: MetadataServer?
    private var lifecycle: TaskLifecycle
    private var processes: [pid_t?]
    private var monitors: [HealthMonitor?]
    private var probes: [pid_t?]
    private let preparedAt: Int64
    /// Adds up to epoch milliseconds with a time of the clock that never runs back.
    private let epochOffset: Int64

    init(_ plan: TaskPlan, _ directory: TaskDirectory) throws {
        self.plan = plan
        self.directory = directory
        signal(SIGPIPE, SIG_IGN)
        signals = try SignalPipe.open()
        control = try File.open(directory.control, O_RDWR | O_NONBLOCK)
        alive = try File.open(directory.alive, O_RDWR | O_NONBLOCK)
        noInput = try File.open("/dev/null", O_RDONLY)
        children = try ChildProcesses()
        preparedAt = SystemClock.epochMilliseconds
        epochOffset = preparedAt - SystemClock.monotonicMilliseconds
        lifecycle = TaskLifecycle(plan.containers)
        processes = plan.containers.map { _ in nil }
        monitors = plan.containers.map { _ in nil }
        probes = plan.containers.map { _ in nil }
        guard plan.kind == .ecs else {
            metadata = nil
            return
        }
        let snapshot = MetadataSnapshot(plan, createdAt: preparedAt)
        do throws(SystemCallError) {
            metadata = try MetadataServer(snapshot)
        } catch {
            Supervisor.complain("no task metadata endpoint: \(error)")
            metadata = nil
        }
    }

    /// Returns when the result is written and no process of the task is left.
    func run() throws {
        if let failure = plan.startFailure { lifecycle.requestStop(.taskFailedToStart, failure, at: now) }
        while true {
            lookForStop()
            guard step() else { break }
            let deadlines = [lifecycle.deadline].compactMap(\.self) + monitors.compactMap { $0?.deadline }
            let timeout = deadlines.min().map { $0 - now }
            let ready = Polling.wait(
                [children.news.number, control.number, signals.number], timeoutMilliseconds: timeout)
            if ready[1] { while let bytes = try control.read(countMax: 64), !bytes.isEmpty {} }
            if ready[2] { lifecycle.requestStop(.userInitiated, "Task stopped by user", at: now) }
            if ready[0] { takeEnded() }
        }
        let result = TaskResult(plan, end())
        // Before the result: whoever sees that may rely on it that nothing of the task runs any more.
        children.killLeftovers(marker: plan.marker)
        try File.writeAtomically(result.bytes, to: directory.result, durable: true)
        try? alive.write([0])
    }

    private var now: Int64 { SystemClock.monotonicMilliseconds }

    // MARK: - Doing

    /// Does what is due.
    /// - Returns: false when the task is over.
    private func step() -> Bool {
        probeHealth()
        while true {
            let actions = lifecycle.next(at: now)
            var hasStarted = false
            for action in actions {
                switch action {
                case .start(let index):
                    start(index)
                    hasStarted = true
                case .terminate(let index): signalGroup(index, SIGTERM)
                case .kill(let index): signalGroup(index, SIGKILL)
                case .finish: return false
                }
            }
            publish()
            // A start may satisfy what another container waits for, or fail and end the task.
            if !hasStarted { return true }
        }
    }

    private func start(_ index: Int) {
        let container = plan.containers[index]
        do throws(SystemCallError) {
            let log = try File.open(directory.file(container.logFile), O_WRONLY | O_CREAT | O_APPEND)
            let output = try container.outputFile.map { name throws(SystemCallError) in
                try File.open(directory.file(name), O_WRONLY | O_CREAT | O_TRUNC)
            }
            let input = try container.inputFile.map { name throws(SystemCallError) in
                try File.open(directory.file(name), O_RDONLY)
            }
            let process = try children.start(
                ProcessLaunch(
                    arguments: container.arguments, environment: environment(of: index),
                    workingDirectory: container.workingDirectory,
                    standardInput: input ?? noInput, standardOutput: output ?? log, standardError: log))
            processes[index] = process
            note(process)
            lifecycle.started(index, at: now)
            if let check = container.healthCheck, check.arguments != nil {
                monitors[index] = HealthMonitor(check, startedAt: now)
            }
        } catch {
            lifecycle.failedToStart(index, reason: "CannotStartContainerError: \(Self.explain(error))", at: now)
        }
    }

    private static func explain(_ error: SystemCallError) -> String {
        switch (error.operation, error.code) {
        case ("exec", ENOENT) where error.subject.contains("/"): "exec: \"\(error.subject)\": no such file or directory"
        case ("exec", ENOENT): "exec: \"\(error.subject)\": executable file not found in $PATH"
        case ("exec", EACCES): "exec: \"\(error.subject)\": permission denied"
        case ("chdir", _): "chdir to the working directory \"\(error.subject)\" failed: \(error.reason)"
        default: "\(error)"
        }
    }

    private func environment(of index: Int) -> [String] {
        var environment = plan.containers[index].environment
        if let metadata { environment.set(metadata.variables(container: index)) }
        return environment.map { "\($0.name)=\($0.value)" }
    }

    /// Records a process, so that a new worker can kill it should this supervisor be killed.
    private func note(_ process: pid_t) {
        guard let running = RunningProcess(number: process) else { return }
        do throws(SystemCallError) {
            try File.open(directory.processes, O_WRONLY | O_CREAT | O_APPEND).write(Array("\(running.line)\n".utf8))
        } catch {
            Supervisor.complain("\(error)")
        }
    }

    private func signalGroup(_ index: Int, _ signal: Int32) {
        if let process = processes[index] { kill(-process, signal) }
    }

    private func probeHealth() {
        for index in monitors.indices {
            guard var monitor = monitors[index] else { continue }
            switch monitor.next(at: now) {
            case .none: continue
            case .killProbe:
                if let probe = probes[index] { kill(-probe, SIGKILL) }
            case .startProbe:
                let container = plan.containers[index]
                probes[index] = try? children.start(
                    ProcessLaunch(
                        arguments: monitor.check.arguments ?? [], environment: environment(of: index),
                        workingDirectory: container.workingDirectory, standardInput: noInput,
                        standardOutput: File.open("/dev/null", O_WRONLY),
                        standardError: File.open("/dev/null", O_WRONLY)))
                if probes[index] == nil { monitor.probeEnded(isSuccess: false, at: now) }
            }
            monitors[index] = monitor
            lifecycle.healthChanged(index, monitor.health)
        }
    }

    // MARK: - Taking notice

    private func lookForStop() {
        guard lifecycle.stop == nil, let reason = try? File.read(directory.stop) else { return }
        lifecycle.requestStop(.userInitiated, String(decoding: reason, as: UTF8.self), at: now)
    }

    private func takeEnded() {
        for (process, exitCode) in children.ended() {
            if let index = processes.firstIndex(of: process) {
                lifecycle.exited(index, code: exitCode, at: now)
                monitors[index] = nil
                if let probe = probes[index] { kill(-probe, SIGKILL) }
            } else if let index = probes.firstIndex(of: process) {
                probes[index] = nil
                monitors[index]?.probeEnded(isSuccess: exitCode == 0, at: now)
                if let health = monitors[index]?.health { lifecycle.healthChanged(index, health) }
            }
        }
    }

    private func publish() {
        metadata?.publish { snapshot in
            snapshot.update(lifecycle, processes: processes, epochOffset: epochOffset)
        }
    }

    private func end() -> TaskEnd {
        let stop =
            lifecycle.stop ?? TaskLifecycle.Stop(code: .taskFailedToStart, reason: "No container to start", at: now)
        var containers: [TaskEnd.Container] = []
        for (index, phase) in lifecycle.phases.enumerated() {
            var container = TaskEnd.Container()
            if case .ended(let exitCode, let reason) = phase {
                container.exitCode = exitCode
                container.reason = reason
            }
            if processes[index] != nil { container.runtimeID = RuntimeID.text(plan, index) }
            containers.append(container)
        }
        return TaskEnd(
            stopCode: stop.code, stoppedReason: stop.reason, containers: containers, preparedAt: preparedAt,
            startedAt: lifecycle.startedAt.map { $0 + epochOffset }, stoppingAt: stop.at + epochOffset,
            stoppedAt: now + epochOffset)
    }
}
