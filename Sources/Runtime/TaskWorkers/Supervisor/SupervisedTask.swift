import Glibc

/// A running task: has its containers started, watches them, has them stopped, writes down how they ended. One thread does all of it.
///
/// When what happens is `TaskLifecycle`'s to say; how it is done is the driver's: processes of this machine, or containers of an engine.
final class SupervisedTask {
    private let plan: TaskPlan
    private let directory: TaskDirectory
    private let control: OwnedDescriptor
    private let alive: OwnedDescriptor
    private let signals: OwnedDescriptor
    private let driver: any ContainerDriver
    private let metadata: MetadataServer?
    private var lifecycle: TaskLifecycle
    private var hasStarted: [Bool]
    private var monitors: [HealthMonitor?]
    private let preparedAt: Int64
    /// Adds up to epoch milliseconds with a time of the clock that never runs back.
    private let epochOffset: Int64

    /// - Parameter isResumed: a former supervisor of the task went away.
    init(_ plan: TaskPlan, _ directory: TaskDirectory, isResumed: Bool) throws {
        self.plan = plan
        self.directory = directory
        signal(SIGPIPE, SIG_IGN)
        signals = try SignalPipe.open()
        control = try File.open(directory.control, O_RDWR | O_NONBLOCK)
        alive = try File.open(directory.alive, O_RDWR | O_NONBLOCK)
        driver =
            try plan.container.map { try SocketDriver(plan, $0, directory) } ?? ProcessDriver(plan, directory)
        preparedAt = SystemClock.epochMilliseconds
        epochOffset = preparedAt - SystemClock.monotonicMilliseconds
        lifecycle = TaskLifecycle(plan.containers)
        hasStarted = plan.containers.map { _ in false }
        monitors = plan.containers.map { _ in nil }
        metadata = Self.metadata(plan, createdAt: preparedAt)
        if isResumed { driver.recover() }
    }

    private static func metadata(_ plan: TaskPlan, createdAt: Int64) -> MetadataServer? {
        guard plan.kind == .ecs, plan.container?.reachesLoopback ?? true else { return nil }
        do throws(SystemCallError) {
            return try MetadataServer(MetadataSnapshot(plan, createdAt: createdAt))
        } catch {
            Supervisor.complain("no task metadata endpoint: \(error)")
            return nil
        }
    }

    /// Returns when the result is written and nothing of the task runs any more.
    func run() throws {
        takeNews()
        if let failure = plan.startFailure { lifecycle.requestStop(.taskFailedToStart, failure, at: now) }
        while true {
            lookForStop()
            guard step() else { break }
            let deadlines = [lifecycle.deadline].compactMap(\.self) + monitors.compactMap { $0?.deadline }
            let timeout = deadlines.min().map { $0 - now }
            let ready = Polling.wait(
                [driver.news.number, control.number, signals.number], timeoutMilliseconds: timeout)
            if ready[1] { while let bytes = try control.read(countMax: 64), !bytes.isEmpty {} }
            if ready[2] { lifecycle.requestStop(.userInitiated, "Task stopped by user", at: now) }
            if ready[0] { takeNews() }
        }
        let result = TaskResult(plan, end())
        // Before the result: whoever sees that may rely on it that nothing of the task runs any more.
        driver.endLeftovers()
        try File.writeAtomically(result.bytes, to: directory.result, durable: true)
        driver.discard()
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
                    driver.start(index, environment: environment(of: index))
                    hasStarted = true
                case .terminate(let index): driver.terminate(index)
                case .kill(let index): driver.kill(index)
                case .finish: return false
                }
            }
            if hasStarted { takeNews() }
            publish()
            // A start may satisfy what another container waits for, or fail and end the task.
            if !hasStarted { return true }
        }
    }

    private func environment(of index: Int) -> [NameValue] {
        var environment = plan.containers[index].environment
        if let metadata { environment.set(metadata.variables(container: index)) }
        return environment
    }

    private func probeHealth() {
        for index in monitors.indices {
            guard var monitor = monitors[index] else { continue }
            switch monitor.next(at: now) {
            case .none: continue
            case .killProbe: driver.killProbe(index)
            case .startProbe:
                driver.startProbe(index, arguments: monitor.check.arguments ?? [], environment: environment(of: index))
            }
            monitors[index] = monitor
            takeNews()
        }
    }

    // MARK: - Taking notice

    private func lookForStop() {
        guard lifecycle.stop == nil, let reason = try? File.read(directory.stop) else { return }
        lifecycle.requestStop(.userInitiated, String(decoding: reason, as: UTF8.self), at: now)
    }

    private func takeNews() {
        for event in driver.takeNews() {
            switch event {
            case .started(let index):
                hasStarted[index] = true
                lifecycle.started(index, at: now)
                if let check = plan.containers[index].healthCheck, check.arguments != nil {
                    monitors[index] = HealthMonitor(check, startedAt: now)
                }
            case .failedToStart(let index, let reason): lifecycle.failedToStart(index, reason: reason, at: now)
            case .exited(let index, let code, let reason):
                lifecycle.exited(index, code: code, reason: reason, at: now)
                endProbes(index)
            case .lost(let index, let reason):
                lifecycle.lost(index, reason: reason, at: now)
                endProbes(index)
            case .probeEnded(let index, let isSuccess):
                monitors[index]?.probeEnded(isSuccess: isSuccess, at: now)
                if let health = monitors[index]?.health { lifecycle.healthChanged(index, health) }
            }
        }
    }

    private func endProbes(_ index: Int) {
        monitors[index] = nil
        driver.killProbe(index)
    }

    private func publish() {
        metadata?.publish { snapshot in
            snapshot.update(
                lifecycle, processes: plan.containers.indices.map { driver.process($0) }, epochOffset: epochOffset)
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
            if hasStarted[index] { container.runtimeID = RuntimeID.text(plan, index) }
            containers.append(container)
        }
        return TaskEnd(
            stopCode: stop.code, stoppedReason: stop.reason, containers: containers, preparedAt: preparedAt,
            startedAt: lifecycle.startedAt.map { $0 + epochOffset }, stoppingAt: stop.at + epochOffset,
            stoppedAt: now + epochOffset)
    }
}
