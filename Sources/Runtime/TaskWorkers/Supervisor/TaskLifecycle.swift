/// When the containers of a task start and stop: dependencies, essential containers, timeouts.
///
/// A pure state machine. The supervisor tells it what happened and does what `next` says. Times are milliseconds of one clock
/// that never runs back. Source: ECS container dependencies, essential, startTimeout, stopTimeout.
struct TaskLifecycle {
    /// One container. Exits: waiting → starting | ended; starting → running | ended; running → stopping | ended; stopping → ended.
    enum Phase: Equatable {
        /// For what it depends on.
        case waiting
        /// Its image is fetched, it is made. `isUnwanted`: that it need not run any more was said.
        case starting(isUnwanted: Bool)
        case running(since: Int64)
        /// SIGTERM was sent; SIGKILL follows at `killAt`.
        case stopping(since: Int64, killAt: Int64, isKilled: Bool)
        case ended(exitCode: Int32?, reason: String?)
    }

    enum Health: Equatable {
        case unknown
        case healthy
        case unhealthy
    }

    enum Action: Equatable {
        case start(Int)
        case terminate(Int)
        case kill(Int)
        /// All have ended.
        case finish
    }

    struct Stop: Equatable {
        var code: TaskEnd.StopCode
        var reason: String
        var at: Int64
    }

    let plans: [ContainerPlan]
    private(set) var phases: [Phase]
    private(set) var health: [Health]
    /// Why the task is to end; nil while it is to run.
    private(set) var stop: Stop?
    /// When the first container ran.
    private(set) var startedAt: Int64?

    init(_ plans: [ContainerPlan]) {
        self.plans = plans
        phases = plans.map { _ in .waiting }
        health = plans.map { _ in .unknown }
    }

    // MARK: - What happened

    mutating func started(_ index: Int, at now: Int64) {
        phases[index] = .running(since: now)
        startedAt = startedAt ?? now
    }

    /// It can't start; a task without an essential container is over.
    mutating func failedToStart(_ index: Int, reason: String, at now: Int64) {
        phases[index] = .ended(exitCode: nil, reason: reason)
        if plans[index].isEssential { requestStop(.taskFailedToStart, reason, at: now) }
    }

    /// - Parameter reason: what is to be said beside the code.
    mutating func exited(_ index: Int, code: Int32, reason: String? = nil, at now: Int64) {
        phases[index] = .ended(exitCode: code, reason: reason)
        if plans[index].isEssential {
            requestStop(.essentialContainerExited, "Essential container in task exited", at: now)
        }
    }

    /// It is gone, and nobody knows how it ended.
    mutating func lost(_ index: Int, reason: String, at now: Int64) {
        phases[index] = .ended(exitCode: nil, reason: reason)
        requestStop(.infrastructureHealth, reason, at: now)
    }

    mutating func healthChanged(_ index: Int, _ newHealth: Health) { health[index] = newHealth }

    /// The first reason stays.
    mutating func requestStop(_ code: TaskEnd.StopCode, _ reason: String, at now: Int64) {
        if stop == nil { stop = Stop(code: code, reason: reason, at: now) }
    }

    // MARK: - What is to be done

    /// What to do now, in order. Call it again after anything happened, and at `deadline`.
    mutating func next(at now: Int64) -> [Action] {
        var actions: [Action] = []
        if stop == nil {
            for index in plans.indices where phases[index] == .waiting {
                switch readiness(of: index, at: now) {
                case .ready:
                    phases[index] = .starting(isUnwanted: false)
                    actions.append(.start(index))
                case .waiting: break
                case .never(let reason):
                    requestStop(.taskFailedToStart, reason, at: now)
                    return next(at: now)
                }
            }
            return actions
        }
        for index in plans.indices {
            switch phases[index] {
            case .waiting:
                phases[index] = .ended(exitCode: nil, reason: nil)
            case .starting(false):
                phases[index] = .starting(isUnwanted: true)
                actions.append(.terminate(index))
            case .running(let since) where !isNeeded(index):
                let killAt = now + plans[index].stopTimeoutSeconds * 1000
                phases[index] = .stopping(since: since, killAt: killAt, isKilled: false)
                actions.append(.terminate(index))
            case .stopping(let since, let killAt, false) where now >= killAt:
                phases[index] = .stopping(since: since, killAt: killAt, isKilled: true)
                actions.append(.kill(index))
            case .starting, .running, .stopping, .ended: break
            }
        }
        return isOver ? [.finish] : actions
    }

    /// When `next` has to be called though nothing happened; nil for never.
    var deadline: Int64? {
        var deadlines: [Int64] = []
        for index in plans.indices {
            switch phases[index] {
            case .stopping(_, let killAt, false): deadlines.append(killAt)
            case .waiting where stop == nil:
                for dependency in plans[index].dependsOn {
                    guard let other = position(dependency.containerName), let limit = startLimit(other) else {
                        continue
                    }
                    deadlines.append(limit)
                }
            case .waiting, .starting, .running, .stopping, .ended: break
            }
        }
        return deadlines.min()
    }

    var isOver: Bool {
        phases.allSatisfy { phase in
            if case .ended = phase { true } else { false }
        }
    }

    // MARK: - Dependencies

    private enum Readiness {
        case ready
        case waiting
        case never(String)
    }

    private func readiness(of index: Int, at now: Int64) -> Readiness {
        var isWaiting = false
        for dependency in plans[index].dependsOn {
            guard let other = position(dependency.containerName) else { continue }
            let names = "[\(dependency.containerName)] for target [\(plans[index].name)]"
            switch (dependency.condition, phases[other]) {
            case (.start, .running), (.start, .stopping), (.start, .ended(.some, _)): continue
            case (.complete, .ended): continue
            case (.success, .ended(0, _)): continue
            case (.healthy, .running) where health[other] == .healthy: continue
            case (.healthy, .running) where health[other] == .unhealthy, (.success, .ended), (.start, .ended),
                (.healthy, .ended):
                let end = dependency.condition == .healthy ? "did not become healthy" : "did not exit successfully"
                return .never(
                    "dependency graph: failed to resolve container ordering dependency \(names) as dependency \(end).")
            case (_, .waiting), (_, .starting), (_, .running), (_, .stopping): break
            }
            if let limit = startLimit(other), now >= limit {
                return .never("dependency graph: container ordering dependency \(names) has timed out.")
            }
            isWaiting = true
        }
        return isWaiting ? .waiting : .ready
    }

    /// When those that wait for this container give up; nil while it does not run or has no startTimeout.
    private func startLimit(_ index: Int) -> Int64? {
        guard case .running(let since) = phases[index], let seconds = plans[index].startTimeoutSeconds else {
            return nil
        }
        return since + seconds * 1000
    }

    /// Whether a container that still runs depends on this one: containers stop in the reverse of the order they start in.
    private func isNeeded(_ index: Int) -> Bool {
        plans.indices.contains { other in
            guard plans[other].dependsOn.contains(where: { $0.containerName == plans[index].name }) else {
                return false
            }
            switch phases[other] {
            case .starting, .running, .stopping: return true
            case .waiting, .ended: return false
            }
        }
    }

    private func position(_ name: String) -> Int? { plans.firstIndex { $0.name == name } }
}
