import Dispatch
import Engine
import EventLog
import Synchronization

/// Which requests a gateway has put on the log, one after another.
final class AppendedRequests: Sendable {
    private let ids = Mutex<[String]>([])
    private let count = Mutex(0)
    private let arrived = DispatchSemaphore(value: 0)

    /// The number of the request that is sent next.
    func next() -> Int {
        count.withLock { count in
            defer { count += 1 }
            return count
        }
    }

    /// Notes what a batch of commands asks to be answered.
    func note(_ batches: [PartitionBatch]) {
        for batch in batches {
            for record in batch.batch {
                guard let command = try? CommandRecord(decoding: Array(record.value ?? [])) else { continue }
                ids.withLock { $0.append(command.replyTo?.id ?? "") }
                arrived.signal()
            }
        }
    }

    /// Returns when the request stands on the log. - Returns: its id.
    func wait(for ticket: Int) -> String {
        arrived.wait()
        return id(of: ticket)
    }

    func id(of ticket: Int) -> String {
        ids.withLock { ticket < $0.count ? $0[ticket] : "" }
    }
}

/// What those who sent commands were told.
final class AnswerBox: Sendable {
    private let outcomes = Mutex<[String: ReplyRecord.Outcome]>([:])

    func note(_ id: String, _ result: Result<ReplyRecord.Outcome, any Error>) {
        guard case .success(let outcome) = result else { return }
        outcomes.withLock { $0[id] = outcome }
    }

    func outcome(_ id: String) -> ReplyRecord.Outcome? { outcomes.withLock { $0[id] } }
}

/// The gateway's appender, which tells what it has appended.
final class SimulatedAppender: LogAppender {
    private let inner: any LogAppender
    private let appended: AppendedRequests

    init(_ inner: any LogAppender, _ appended: AppendedRequests) {
        self.inner = inner
        self.appended = appended
    }

    func append(_ batches: [PartitionBatch]) throws(EventLogError) -> CommitReceipt {
        let receipt = try inner.append(batches)
        appended.note(batches)
        return receipt
    }

    func close() { inner.close() }
}
