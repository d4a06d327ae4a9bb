// SAFETY: by the contract one thread at a time uses a reader, except for `wake`, which touches the flag and the handle's lock.
import EventLog
import Synchronization

/// Reads chosen partitions, without a group.
final class KafkaReader: LogReader, @unchecked Sendable {
    private let log: KafkaLog
    private let handle: KafkaHandle
    private let feed: MessageFeed
    private let isWoken = Atomic<Bool>(false)
    private var isClosed = false

    /// - Parameter follows: whether it is to stay at the end and wait for more.
    init(
        _ log: KafkaLog, _ positions: [TopicPartition: ReadPosition], follows: Bool
    ) throws(EventLogError) {
        self.log = log
        handle = try log.makeHandle(.reader(follows: follows))
        feed = MessageFeed(handle, prefix: log.configuration.namePrefix)
        feed.assign(try log.resolve(positions))
    }

    deinit { close() }

    func read(timeout: Duration) throws(EventLogError) -> [PartitionRecords] {
        let deadline = ContinuousClock.now + timeout
        try checkOpen()
        if isWoken.exchange(false, ordering: .acquiringAndReleasing) { return [] }
        let outcome = try feed.receive(until: deadline, bytesMax: ReadLimit.bytes) { () throws(EventLogError) in
            try checkOpen()
            return isWoken.exchange(false, ordering: .acquiringAndReleasing)
        }
        return if case .records(let records) = outcome { records } else { [] }
    }

    func position(of partition: TopicPartition) -> Int64? { feed.positions[partition] }

    func seek(_ partition: TopicPartition, to position: ReadPosition) throws(EventLogError) {
        try checkOpen()
        guard let offset = try log.resolve([partition: position])[partition] else { return }
        feed.seek(partition, to: offset)
    }

    func wake() {
        isWoken.store(true, ordering: .releasing)
        handle.wake()
    }

    func close() {
        guard !isClosed else { return }
        isClosed = true
        feed.dropWaiting()
        handle.close()
    }

    /// - Throws: `closed`.
    private func checkOpen() throws(EventLogError) {
        try log.checkOpen()
        if isClosed { throw EventLogError(.fatal, .closed, "the reader is closed") }
    }
}
