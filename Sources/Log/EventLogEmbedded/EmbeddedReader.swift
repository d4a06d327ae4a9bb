import EventLog
import Synchronization

/// Reads chosen partitions of the embedded log.
final class EmbeddedReader: LogReader {
    private struct State: Sendable {
        var positions: [TopicPartition: Int64] = [:]
        /// In which order the next read looks at the partitions.
        var order: [TopicPartition] = []
        var isWoken = false
        var isClosed = false
    }

    private let log: EmbeddedLog
    private let waiter = Waiter()
    private let state = Mutex(State())

    init(_ log: EmbeddedLog, _ positions: [TopicPartition: ReadPosition]) throws(EventLogError) {
        self.log = log
        for (partition, position) in positions.sorted(by: { $0.key < $1.key }) {
            try seek(partition, to: position)
        }
    }

    func read(timeout: Duration) throws(EventLogError) -> [PartitionRecords] {
        let deadline = log.elapsed() + timeout
        while true {
            try log.checkOpen()
            if state.withLock({ $0.isClosed }) { throw EventLogError(.fatal, .closed, "the reader is closed") }
            let (records, hasAdvanced) = try fetch()
            let isWoken = state.withLock { state in
                defer { state.isWoken = false }
                return state.isWoken
            }
            if !records.isEmpty || hasAdvanced || isWoken { return records }
            let now = log.elapsed()
            guard now < deadline else { return [] }
            waiter.wait(timeout: deadline - now)
        }
    }

    func position(of partition: TopicPartition) -> Int64? {
        state.withLock { $0.positions[partition] }
    }

    func seek(_ partition: TopicPartition, to position: ReadPosition) throws(EventLogError) {
        let offset = try log.resolve(position, in: partition)
        log.subscriptions.add(waiter, partition)
        state.withLock { state in
            if state.positions.updateValue(offset, forKey: partition) == nil { state.order.append(partition) }
        }
    }

    func wake() {
        state.withLock { $0.isWoken = true }
        waiter.signal()
    }

    func close() {
        state.withLock { $0.isClosed = true }
        log.subscriptions.remove(waiter)
        waiter.signal()
    }

    /// The next records, and whether a position moved (which it also does over what compaction has emptied).
    private func fetch() throws(EventLogError) -> ([PartitionRecords], Bool) {
        var places = state.withLock { state -> [(partition: TopicPartition, offset: Int64)] in
            guard !state.order.isEmpty else { return [] }
            state.order.append(state.order.removeFirst())
            return state.order.compactMap { partition in state.positions[partition].map { (partition, $0) } }
        }
        log.faults?.arrange(&places)
        let records = try log.fetch(places, bytesMax: ReadLimit.bytes)
        state.withLock { state in
            for read in records { state.positions[read.partition] = read.nextOffset }
        }
        return (records.filter { !$0.batches.isEmpty }, !records.isEmpty)
    }
}
