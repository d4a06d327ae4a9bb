import Dispatch
import Engine
import EventLog
import Synchronization

/// Where a gateway's writing thread stands still until the director lets it write: so the same commands share a commit in each run.
final class AppendGate: Sendable {
    /// A group of commands that the gateway has tried to put on the log.
    struct Group: Sendable {
        /// The requests' ids in the order in which they were sent.
        var ids: [String]
        /// The gateway was told that it failed.
        var hasFailed: Bool
    }

    private let arrived = DispatchSemaphore(value: 0)
    private let opened = DispatchSemaphore(value: 0)
    private let left = DispatchSemaphore(value: 0)
    private let group = Mutex(Group(ids: [], hasFailed: false))
    private let drama: Drama

    init(_ drama: Drama) { self.drama = drama }

    // MARK: - For the director

    /// Returns when the gateway wants to write. - Returns: false when it does not, whatever it was asked.
    func awaitArrival() -> Bool { arrived.wait(timeout: .now() + 10) == .success }

    /// Lets it write. - Returns: what came of it.
    func open() -> Group {
        opened.signal()
        left.wait()
        return group.withLock { $0 }
    }

    // MARK: - For the gateway's thread

    /// - Parameter isBroken: an appender that has failed for good fails again, whatever is written.
    func pass(
        _ batches: [PartitionBatch], isBroken: Bool, _ append: () throws(EventLogError) -> CommitReceipt
    ) throws(EventLogError) -> CommitReceipt {
        arrived.signal()
        opened.wait()
        let fault: AppendFault? = isBroken ? .broken : drama.appendFault()
        group.withLock { $0 = Group(ids: Self.ids(of: batches), hasFailed: fault != nil) }
        defer { left.signal() }
        switch fault {
        case nil: return try append()
        case .refused: throw EventLogError(.retriable, .timedOut, "simulated: the append could not begin")
        case .broken: throw EventLogError(.fatal, .disconnected, "simulated: the appender is of no more use")
        case .unanswered:
            _ = try append()
            throw EventLogError(.fatal, .disconnected, "simulated: no answer to an append")
        }
    }

    /// A gateway counts its requests at the end of their ids.
    private static func ids(of batches: [PartitionBatch]) -> [String] {
        var ids: [(number: Int, id: String)] = []
        for batch in batches {
            for record in batch.batch {
                let bytes = Array(record.value ?? [])
                let isOfRegistry = record.key.map { RegistryRecord.isKey($0) } ?? false
                let address =
                    isOfRegistry
                    ? try? RegistryRecord.decodeCommand(bytes).replyTo : try? CommandRecord(decoding: bytes).replyTo
                guard let address else { continue }
                ids.append((address.id.split(separator: "-").last.flatMap { Int($0) } ?? 0, address.id))
            }
        }
        return ids.sorted { $0.number < $1.number }.map(\.id)
    }
}

/// How an append goes wrong.
enum AppendFault: Sendable {
    /// Nothing happens, and it may be tried again.
    case refused
    /// Nothing happens, and the appender is of no more use.
    case broken
    /// It happens, nobody is told, and the appender is of no more use.
    case unanswered
}

/// The gateway's appender, which waits at the gate.
final class SimulatedAppender: LogAppender {
    private let inner: any LogAppender
    private let gate: AppendGate
    private let isBroken = Atomic<Bool>(false)

    init(_ inner: any LogAppender, _ gate: AppendGate) {
        self.inner = inner
        self.gate = gate
    }

    func append(_ batches: [PartitionBatch]) throws(EventLogError) -> CommitReceipt {
        do throws(EventLogError) {
            return try gate.pass(batches, isBroken: isBroken.load(ordering: .relaxed)) { () throws(EventLogError) in
                try inner.append(batches)
            }
        } catch {
            if error.kind == .fatal { isBroken.store(true, ordering: .relaxed) }
            throw error
        }
    }

    func close() { inner.close() }
}

/// What those who sent commands through the gateway were told.
final class AnswerBox: Sendable {
    private let outcomes = Mutex<[Int: Result<ReplyRecord.Outcome, any Error>]>([:])
    private let problems = Mutex<[String]>([])

    /// - Parameter ticket: the number of the request.
    func note(_ ticket: Int, _ result: Result<ReplyRecord.Outcome, any Error>) {
        outcomes.withLock { $0[ticket] = result }
    }

    func outcome(_ ticket: Int) -> Result<ReplyRecord.Outcome, any Error>? { outcomes.withLock { $0[ticket] } }

    func report(_ problem: String) { problems.withLock { $0.append(problem) } }

    func takeProblems() -> [String] {
        problems.withLock { problems in
            defer { problems = [] }
            return problems
        }
    }
}
