public import Engine
import EventLog
import PartitionProcessor
public import Replay
public import StatesLanguage

/// What a changed definition would have done with many recorded executions.
public struct WhatIfSurvey {
    /// How many executions got which verdict.
    public private(set) var counts: [WhatIfResult.Verdict: Int] = [:]
    /// How many of them would have succeeded with another output.
    public private(set) var otherOutputCount = 0
    public private(set) var damage: [LogDamage] = []

    private let machine: StateMachine
    private let settings: Decider.Settings
    private let tell: (WhatIfResult) throws -> Void
    private var runs: [String: RecordedRun] = [:]
    private var order: [String] = []
    private var setAside: Set<String> = []

    /// - Parameters:
    ///   - machine: the changed definition, compiled.
    ///   - settings: with the limits that the log was written with.
    ///   - tell: is given each result as it is found: successes as they end, the others when the log has been read.
    /// - Throws: `EventLogError`.
    public init(
        _ scan: EventScan, _ selection: LogSelection, machine: StateMachine, settings: Decider.Settings,
        tell: @escaping (WhatIfResult) throws -> Void = { _ in }
    ) throws {
        self.machine = machine
        self.settings = settings
        self.tell = tell
        let definitions = DefinitionStore(log: scan.log, names: scan.names)
        let unreadable = try scan.run(selection) { try take($0, definitions) }
        for case let arn? in unreadable.map({ $0.executionArn }) { runs[arn] = nil }
        damage = unreadable + damage
        for arn in order { try finish(arn) }
    }

    private mutating func take(_ found: EventScan.Found, _ definitions: DefinitionStore) throws {
        let arn = found.executionArn
        guard !setAside.contains(arn) else { return }
        if case .executionStarted(let started) = found.event.detail {
            let hash = started.start.definitionHash
            guard let old = try definitions.machine(hash: hash) else {
                return leave(found, "The definition \(hash) is not on the log, or does not compile.")
            }
            runs[arn] = RecordedRun(start: started.start, machine: old)
            order.append(arn)
        }
        guard runs[arn] != nil else { return leave(found, "The log lacks the start of the execution.") }
        do throws(FoldError) {
            try runs[arn]?.take(found.event)
        } catch {
            return leave(found, "Event \(error.sequence) can't follow: \(error.message).")
        }
        // Nothing comes behind a success; another end may be redriven.
        if case .executionSucceeded = found.event.detail { try finish(arn) }
    }

    private mutating func leave(_ found: EventScan.Found, _ reason: String) {
        setAside.insert(found.executionArn)
        runs[found.executionArn] = nil
        damage.append(
            LogDamage(
                executionArn: found.executionArn, partition: found.partition, offset: found.offset, reason: reason))
    }

    private mutating func finish(_ arn: String) throws {
        guard let recorded = runs.removeValue(forKey: arn) else { return }
        var run = WhatIfRun(recorded, machine: machine, settings: settings)
        let result = run.run()
        counts[result.verdict, default: 0] += 1
        if result.hasOtherOutput { otherOutputCount += 1 }
        try tell(result)
    }
}
