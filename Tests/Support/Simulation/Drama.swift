import Engine
import EventLog
import Synchronization

/// The clock and the dice of one simulation, shared by all its processes, and who wrote what.
final class Drama: Sendable {
    private struct State {
        var bits: SeededBits
        var time: Int64
        var stopsBeforePerThousand = 0
        var stopsAfterPerThousand = 0
        var appendFaultsPerThousand = 0
        var commitCount = 0
        /// Names: a process leads to the log, and that to whoever keeps its clock.
        var lastWriter: [TopicPartition: String] = [:]
        var decided: [String: Decided] = [:]
    }

    /// What a process's memory held of an execution when it had last decided something of it.
    struct Decided {
        var sequence: Int64
        /// As a checkpoint has it.
        var state: [UInt8]
        /// Its decisions: the last event of each, and where `commands` ended when the process had last read them.
        var decisions: [(sequence: Int64, commandsEnds: [Int64])] = []

        /// Where `commands` ended when an event was decided.
        func commandsEnds(before event: Int64) -> [Int64]? {
            decisions.first { $0.sequence >= event }?.commandsEnds
        }
    }

    private let state: Mutex<State>

    /// - Parameter time: epoch milliseconds.
    init(seed: UInt64, time: Int64) { state = Mutex(State(bits: SeededBits(seed: seed), time: time)) }

    /// Epoch milliseconds.
    var time: Int64 { state.withLock { $0.time } }

    func advance(milliseconds: Int64) { state.withLock { $0.time += milliseconds } }

    func next() -> UInt64 { state.withLock { $0.bits.next() } }

    func below(_ bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }

    func chance(_ perThousand: Int) -> Bool { perThousand > 0 && below(1_000) < perThousand }

    func time(after timeout: Duration) -> Int64 {
        let milliseconds = min(timeout, .seconds(86_400)) / .milliseconds(1)
        return time + Int64(milliseconds)
    }

    func setStops(before: Int, after: Int, appendFaults: Int) {
        state.withLock { state in
            state.appendFaultsPerThousand = appendFaults
            state.stopsBeforePerThousand = before
            state.stopsAfterPerThousand = after
        }
    }

    func stopsBeforeCommit() -> Bool { chance(state.withLock { $0.stopsBeforePerThousand }) }
    func stopsAfterCommit() -> Bool { chance(state.withLock { $0.stopsAfterPerThousand }) }

    /// What goes wrong with a gateway's append that begins now.
    func appendFault() -> AppendFault? {
        guard chance(state.withLock { $0.appendFaultsPerThousand }) else { return nil }
        return [.refused, .broken, .unanswered][below(3)]
    }

    /// How many commits the log has seen.
    var commitCount: Int { state.withLock { $0.commitCount } }

    func noteCommit(_ transaction: Transaction, by process: SimulatedProcess) {
        state.withLock { state in
            state.commitCount += 1
            for batch in transaction.batches { state.lastWriter[batch.partition] = process.name }
        }
    }

    /// The name of the process that last tried to write to a partition.
    func lastWriter(of partition: TopicPartition) -> String? { state.withLock { $0.lastWriter[partition] } }

    /// Keeps what a process's memory holds of an execution.
    func noteDecided(_ execution: Execution, by process: SimulatedProcess) {
        let bytes = ExecutionCheckpoint.encode(execution)
        let ends = process.commandsEnds
        let key = process.name + execution.arn
        state.withLock { state in
            var decided = state.decided[key] ?? Decided(sequence: 0, state: [])
            // What was decided before and never committed is decided anew.
            decided.decisions.removeAll { $0.sequence >= execution.sequence }
            decided.decisions.append((execution.sequence, ends))
            (decided.sequence, decided.state) = (execution.sequence, bytes)
            state.decided[key] = decided
        }
    }

    /// - Parameter process: its name.
    func decided(_ arn: String, by process: String) -> Decided? {
        state.withLock { $0.decided[process + arn] }
    }
}
