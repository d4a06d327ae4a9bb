/// When a container's health is probed, and what the probes say.
///
/// A pure state machine; times are milliseconds of the supervisor's clock. Until the start period is over, or one interval where
/// that is longer, a failed probe counts for nothing and the next one comes soon, so that a container that is quick to become
/// healthy is known to be healthy soon. Source: ECS HealthCheck.
struct HealthMonitor {
    /// Exits: resting → probing; probing → resting.
    enum Phase: Equatable {
        case resting(until: Int64)
        case probing(until: Int64)
    }

    enum Action: Equatable {
        case startProbe
        /// The probe takes too long, which counts as failed.
        case killProbe
        case none
    }

    /// Pause between probes while failures don't count.
    static let earlyIntervalMilliseconds: Int64 = 200

    let check: HealthCheck
    private let startedAt: Int64
    private(set) var phase: Phase
    private(set) var health = TaskLifecycle.Health.unknown
    private var failures: Int64 = 0

    init(_ check: HealthCheck, startedAt: Int64) {
        self.check = check
        self.startedAt = startedAt
        phase = .resting(until: startedAt)
    }

    var deadline: Int64 {
        switch phase {
        case .resting(let until), .probing(let until): until
        }
    }

    mutating func next(at now: Int64) -> Action {
        switch phase {
        case .resting(let until) where now >= until:
            phase = .probing(until: now + check.timeoutSeconds * 1000)
            return .startProbe
        case .probing(let until) where now >= until:
            phase = .probing(until: .max)
            return .killProbe
        case .resting, .probing: return .none
        }
    }

    mutating func probeEnded(isSuccess: Bool, at now: Int64) {
        let isEarly = now < startedAt + max(check.startPeriodSeconds, check.intervalSeconds) * 1000
        if isSuccess {
            failures = 0
            health = .healthy
        } else if !isEarly || health == .healthy {
            failures += 1
            if failures >= check.retries { health = .unhealthy }
        }
        let pause = isEarly && health == .unknown ? Self.earlyIntervalMilliseconds : check.intervalSeconds * 1000
        phase = .resting(until: now + pause)
    }
}
