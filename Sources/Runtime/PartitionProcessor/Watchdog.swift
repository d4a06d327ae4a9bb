import Engine
import Replay

/// When an open execution is worth a word to the operator.
public struct WatchdogSettings: Sendable, Equatable {
    /// How often each open execution is looked at.
    public var intervalMilliseconds: Int64 = 60_000
    /// How long an execution may be open; nil: for ever.
    public var openMillisecondsMax: Int64?
    /// The same by the name of the state machine, which goes before it.
    public var openMillisecondsMaxByMachine: [String: Int64] = [:]

    public init() {}

    var hasLimits: Bool { openMillisecondsMax != nil || !openMillisecondsMaxByMachine.isEmpty }

    /// How long executions of a state machine may be open. - Parameter arn: of the state machine.
    func openMillisecondsMax(ofMachine arn: String) -> Int64? {
        let name = arn.split(separator: ":").last.map(String.init) ?? arn
        return openMillisecondsMaxByMachine[name] ?? openMillisecondsMax
    }
}

/// Looks at a partition's open executions, some at a time: each that waits for nothing that could come, or is open for longer than it may,
/// is told of once.
struct Watchdog {
    /// Those that are still to be looked at in this round.
    private var queue: [String] = []
    private var nextRoundAt: Int64 = 0
    private var toldStuck: Set<String> = []
    private var toldOverdue: Set<String> = []

    /// How many are looked at before the lane goes on.
    private static let countMax = 1_000

    /// - Parameters:
    ///   - open: the partition's executions by ARN.
    ///   - now: epoch milliseconds.
    mutating func look(
        at open: [String: ExecutionEntry], _ settings: WatchdogSettings, now: Int64
    ) -> [ProcessorNotice] {
        if queue.isEmpty {
            guard now >= nextRoundAt else { return [] }
            nextRoundAt = now + settings.intervalMilliseconds
            toldStuck = toldStuck.filter { open[$0] != nil }
            toldOverdue = toldOverdue.filter { open[$0] != nil }
            // ORDER: it shows only in that of the notices.
            queue = Array(open.keys)
        }
        var notices: [ProcessorNotice] = []
        for _ in 0..<min(Self.countMax, queue.count) {
            guard let arn = queue.popLast(), let entry = open[arn] else { continue }
            // One that sleeps has a timer.
            if entry.isAsleep, !settings.hasLimits { continue }
            look(at: entry.snapshot, settings, now: now, &notices)
        }
        return notices
    }

    private mutating func look(
        at execution: Execution, _ settings: WatchdogSettings, now: Int64, _ notices: inout [ProcessorNotice]
    ) {
        let causes = execution.pendingCauses
        if let nothing = causes.first(where: { $0.kind == .nothing }), toldStuck.insert(execution.arn).inserted {
            notices.append(.stuck(executionArn: execution.arn, reason: nothing.sentence))
        }
        let openMilliseconds = now - execution.startedAt
        guard let most = settings.openMillisecondsMax(ofMachine: execution.start.stateMachineArn),
            openMilliseconds > most, toldOverdue.insert(execution.arn).inserted
        else { return }
        let sentences = causes.prefix(Self.causesMax).map(\.sentence).joined(separator: "; ")
        notices.append(
            .overdue(
                executionArn: execution.arn, openSeconds: openMilliseconds / 1_000, secondsMax: most / 1_000,
                waitsFor: sentences))
    }

    private static let causesMax = 3
}
