import Engine
import EventLog
import PartitionProcessor
public import Replay

/// Decides a log's recorded commands again and compares what comes of them with what stands there.
///
/// Limits and skipped waits are not recorded: an execution is what would be decided today when it is under one of the profiles.
public struct LogVerification {
    /// Executions that are as they would be decided today.
    public private(set) var sameCount = 0
    public private(set) var eventCount = 0
    /// One for each execution that is not.
    public private(set) var differences: [EventDifference] = []
    public private(set) var damage: [LogDamage] = []
    /// How many executions matched under which profile.
    public private(set) var profiles: [(name: String, count: Int)] = []

    public var isClean: Bool { differences.isEmpty && damage.isEmpty }

    /// - Parameter profiles: tried in this order on what did not match the ones before.
    /// - Throws: `EventLogError`.
    public init(_ scan: EventScan, _ selection: LogSelection = LogSelection(), profiles: [DecisionProfile]) throws {
        var selection = selection
        var open: [String: EventDifference] = [:]
        for (round, profile) in profiles.enumerated() {
            var pass = Pass(profile.settings, DefinitionStore(log: scan.log, names: scan.names))
            let unreadable = try scan.run(selection) { try pass.take($0) }
            pass.finish(damaged: Set(unreadable.compactMap(\.executionArn)))
            if round == 0 {
                damage = unreadable + pass.damage
                eventCount = pass.eventCount
            }
            sameCount += pass.sameCount
            if pass.sameCount > 0 { self.profiles.append((profile.name, pass.sameCount)) }
            open = open.filter { pass.differences[$0.key] != nil }
            // The profile that goes furthest is the one that the log was written with.
            for (arn, difference) in pass.differences where difference.sequence > open[arn]?.sequence ?? -1 {
                open[arn] = difference
            }
            if open.isEmpty { break }
            selection = LogSelection(executions: Set(open.keys))
        }
        differences = open.values.sorted { $0.executionArn < $1.executionArn }
    }

    /// All selected executions under one profile.
    private struct Pass {
        let settings: Decider.Settings
        let definitions: DefinitionStore
        var verifiers: [String: DecisionVerifier] = [:]
        var differences: [String: EventDifference] = [:]
        var damage: [LogDamage] = []
        var damaged: Set<String> = []
        var eventCount = 0
        var sameCount = 0

        init(_ settings: Decider.Settings, _ definitions: DefinitionStore) {
            self.settings = settings
            self.definitions = definitions
        }

        mutating func take(_ found: EventScan.Found) throws {
            eventCount += 1
            let arn = found.executionArn
            guard !damaged.contains(arn), differences[arn] == nil else { return }
            if verifiers[arn] == nil {
                guard case .executionStarted(let started) = found.event.detail else {
                    return setAside(found, "The log lacks the start of the execution.")
                }
                let hash = started.start.definitionHash
                guard let machine = try definitions.machine(hash: hash) else {
                    return setAside(found, "The definition \(hash) is not on the log, or does not compile.")
                }
                verifiers[arn] = DecisionVerifier(executionArn: arn, machine: machine, settings: settings)
            }
            if let difference = verifiers[arn]?.take(found.event) { note(difference) }
        }

        private mutating func setAside(_ found: EventScan.Found, _ reason: String) {
            damaged.insert(found.executionArn)
            damage.append(
                LogDamage(
                    executionArn: found.executionArn, partition: found.partition, offset: found.offset, reason: reason))
        }

        private mutating func note(_ difference: EventDifference) {
            differences[difference.executionArn] = difference
            verifiers[difference.executionArn] = nil
        }

        /// - Parameter damaged: executions of records that could not be read; what differs in them is that.
        mutating func finish(damaged unreadable: Set<String>) {
            for arn in Array(verifiers.keys) {
                if let difference = verifiers[arn]?.finish() { note(difference) }
            }
            for arn in unreadable {
                verifiers[arn] = nil
                differences[arn] = nil
            }
            sameCount = verifiers.count
        }
    }
}
