import JSON

/// A task of the scripted ECS: what was asked for, and the steps of its life.
struct ScriptedTask: Sendable {
    /// A change of state at a moment of the script.
    struct Step: Sendable, Equatable {
        var at: Int64
        /// `lastStatus`.
        var status: String
        /// The task is to stop, and why is known.
        var isStopping = false
        /// Set where it differs from the task's own at its end: the warning before a Spot interruption.
        var stopCode: String?
    }

    /// 32 hexadecimal digits.
    let id: String
    let arn: String
    let clusterArn: String
    let definition: ScriptedDefinition
    let lifecycle: Lifecycle
    /// RunTask's members, as they came.
    let request: JSONObject
    let createdAt: Int64
    /// DescribeTasks calls it MISSING before this moment.
    var missingUntil: Int64 = 0
    private(set) var steps: [Step]
    /// The step it has come to.
    private(set) var current = 0
    /// Counts up when the rest of its life is written anew, so that what was due by the old one is not.
    private(set) var generation = 0
    private(set) var stopCode: String
    private(set) var stoppedReason: String
    /// Somebody stopped it: its containers got SIGTERM.
    private var wasStopped = false

    init(
        id: String, arn: String, clusterArn: String, definition: ScriptedDefinition, lifecycle: Lifecycle,
        request: JSONObject, createdAt: Int64, random: inout ScriptRandom
    ) {
        self.id = id
        self.arn = arn
        self.clusterArn = clusterArn
        self.definition = definition
        self.lifecycle = lifecycle
        self.request = request
        self.createdAt = createdAt
        steps = Self.life(lifecycle, from: createdAt, &random)
        stopCode = Self.stopCode(lifecycle.end)
        stoppedReason = lifecycle.stoppedReason ?? Self.reason(lifecycle.end)
    }

    private static func life(_ lifecycle: Lifecycle, from start: Int64, _ random: inout ScriptRandom) -> [Step] {
        var steps = [Step(at: start, status: "PROVISIONING")]
        if lifecycle.end == .stuck { return steps }
        let pending = start + random.value(in: lifecycle.provisioning)
        let running = pending + random.value(in: lifecycle.pending)
        let stopping = running + random.value(in: lifecycle.running)
        let stopped = stopping + random.value(in: lifecycle.deprovisioning)
        switch lifecycle.end {
        case .exit:
            steps += [
                Step(at: pending, status: "PENDING"), Step(at: running, status: "RUNNING"),
                Step(at: stopping, status: "DEPROVISIONING", isStopping: true),
                Step(at: stopped, status: "STOPPED", isStopping: true),
            ]
        case .failedToStart, .failedWithoutContainers:
            steps += [
                Step(at: pending, status: "PENDING"),
                Step(at: running, status: "DEPROVISIONING", isStopping: true),
                Step(at: running + (stopped - stopping), status: "STOPPED", isStopping: true),
            ]
        case .spotInterruption:
            let warning = running + (stopping - running) / 2
            steps += [
                Step(at: pending, status: "PENDING"), Step(at: running, status: "RUNNING"),
                Step(at: warning, status: "RUNNING", isStopping: true, stopCode: "TerminationNotice"),
                Step(at: stopping, status: "DEPROVISIONING", isStopping: true),
                Step(at: stopped, status: "STOPPED", isStopping: true),
            ]
        case .stuck: break
        }
        return steps
    }

    var status: String { steps[current].status }
    var isStopping: Bool { steps[current].isStopping }
    var isStopped: Bool { status == "STOPPED" }
    var stoppedAt: Int64? { isStopped ? steps[current].at : nil }
    /// Counts changes; the first state is 1.
    var version: Int { current + 1 }

    /// Goes on to the next step.
    mutating func advance() { if current + 1 < steps.count { current += 1 } }

    var nextStepAt: Int64? { current + 1 < steps.count ? steps[current + 1].at : nil }

    /// StopTask: what is left of its life is SIGTERM and the way out.
    mutating func stop(at now: Int64, reason: String?, _ random: inout ScriptRandom) {
        guard !isStopping else { return }
        wasStopped = true
        generation += 1
        stopCode = "UserInitiated"
        stoppedReason = reason ?? "Task stopped by user"
        let gone = now + random.value(in: lifecycle.deprovisioning)
        steps.removeSubrange((current + 1)...)
        steps += [
            Step(at: now, status: "DEPROVISIONING", isStopping: true),
            Step(at: gone, status: "STOPPED", isStopping: true),
        ]
    }

    // MARK: - What is known of it at a step

    /// When it first had this status; nil where it has not come to it.
    func moment(of status: String, at step: Int) -> Int64? {
        steps[...step].first { $0.status == status }?.at
    }

    /// The exit code of a container at a step; nil while it runs, and where nobody knows.
    func exitCode(of container: String, at step: Int) -> Int64? {
        guard hasStoppedContainers(at: step), moment(of: "RUNNING", at: step) != nil,
            !lifecycle.unknownExitCodes.contains(container)
        else { return nil }
        if wasStopped || lifecycle.end == .spotInterruption { return 143 }
        return lifecycle.exitCodes[container] ?? 0
    }

    func hasStoppedContainers(at step: Int) -> Bool {
        steps[step].status == "DEPROVISIONING" || steps[step].status == "STOPPED"
    }

    func stopCode(at step: Int) -> String? { steps[step].isStopping ? steps[step].stopCode ?? stopCode : nil }

    private static func stopCode(_ end: Lifecycle.End) -> String {
        switch end {
        case .exit: "EssentialContainerExited"
        case .failedToStart, .failedWithoutContainers, .stuck: "TaskFailedToStart"
        case .spotInterruption: "SpotInterruption"
        }
    }

    private static func reason(_ end: Lifecycle.End) -> String {
        switch end {
        case .exit: "Essential container in task exited"
        case .failedToStart: "CannotPullContainerError: pull image manifest has been retried 7 time(s): not found"
        case .failedWithoutContainers: "Timeout waiting for capacity"
        case .spotInterruption: "Your Spot Task was interrupted."
        case .stuck: ""
        }
    }
}
