public import EventLog
import Synchronization

/// A storage that lives and dies with the process: for tests and simulation.
///
/// It can be crashed: what was not synced is lost then, and every handle on it is dead.
public final class MemoryBatchStorage: BatchStorage {
    private struct State: Sendable {
        var index = StorageIndex()
        var partitions: [Int64: BatchSequence] = [:]
        var isClosed = false
        var commitsSinceSync = 0
        /// What a crash leaves; nil when every commit is synced.
        var synced: Snapshot?
    }

    private struct Snapshot: Sendable {
        var index: StorageIndex
        var partitions: [Int64: BatchSequence]
    }

    private let state: Mutex<State>
    private let commitsPerSync: Int

    /// - Parameter commitsPerSync: after how many commits a sync follows by itself; a crash loses those since. At least 1.
    public init(commitsPerSync: Int = 1) {
        precondition(commitsPerSync > 0, "a sync follows at least one commit")
        self.commitsPerSync = commitsPerSync
        var state = State()
        if commitsPerSync > 1 { state.synced = Snapshot(index: state.index, partitions: state.partitions) }
        self.state = Mutex(state)
    }

    private init(_ state: State, commitsPerSync: Int) {
        self.state = Mutex(state)
        self.commitsPerSync = commitsPerSync
    }

    /// Ends this storage as a power cut would and returns what a restart finds.
    public func crash() -> MemoryBatchStorage {
        state.withLock { state in
            var survivor = State()
            survivor.index = state.synced?.index ?? state.index
            survivor.partitions = state.synced?.partitions ?? state.partitions
            if commitsPerSync > 1 {
                survivor.synced = Snapshot(index: survivor.index, partitions: survivor.partitions)
            }
            state.isClosed = true
            return MemoryBatchStorage(survivor, commitsPerSync: commitsPerSync)
        }
    }

    /// Makes all commits up to now survive a crash.
    public func sync() {
        state.withLock { state in
            state.commitsSinceSync = 0
            if commitsPerSync > 1 { state.synced = Snapshot(index: state.index, partitions: state.partitions) }
        }
    }

    public func topics() throws(EventLogError) -> [StoredTopic] {
        try opened { state in state.index.topics.values.sorted { $0.name < $1.name } }
    }

    public func topic(_ name: String) throws(EventLogError) -> StoredTopic? {
        try opened { state in state.index.topics[name] }
    }

    public func apply(_ change: StorageChange) throws(EventLogError) -> StorageOutcome {
        try opened { (state) throws(EventLogError) in
            var stage = state.index.emptyStage()
            let outcome = try state.index.stage(change, onto: &stage)
            guard case .applied = outcome else { return outcome }
            for topic in stage.deletedTopics {
                for number in 0..<topic.configuration.partitions {
                    state.partitions[topic.firstPartitionID + Int64(number)] = nil
                }
            }
            for move in stage.moves {
                for number in 0..<Int64(move.count) {
                    state.partitions[move.new + number] = state.partitions.removeValue(forKey: move.old + number)
                }
            }
            for append in stage.appends {
                state.partitions[append.partitionID, default: BatchSequence()].append(append.batch)
            }
            for replacement in stage.replacements {
                state.partitions[replacement.partitionID, default: BatchSequence()]
                    .replace(replacement.offsets, with: replacement.batches)
            }
            for identifier in stage.trims {
                state.partitions[identifier]?.trim(before: stage.extents[identifier]?.lowerBound ?? 0)
            }
            state.index.merge(stage)
            state.commitsSinceSync += 1
            if state.commitsSinceSync >= commitsPerSync {
                state.commitsSinceSync = 0
                if commitsPerSync > 1 { state.synced = Snapshot(index: state.index, partitions: state.partitions) }
            }
            return outcome
        }
    }

    public func extent(of partition: TopicPartition) throws(EventLogError) -> Range<Int64> {
        try opened { (state) throws(EventLogError) in try state.index.extent(of: partition) }
    }

    public func read(
        _ partition: TopicPartition, from offset: Int64, bytesMax: Int
    ) throws(EventLogError) -> [RecordBatch] {
        try opened { (state) throws(EventLogError) in
            try checkOffset(offset, of: partition, within: try state.index.extent(of: partition))
            let identifier = try state.index.partitionID(partition)
            return state.partitions[identifier]?.read(from: offset, bytesMax: bytesMax) ?? []
        }
    }

    public func offset(
        of partition: TopicPartition, atOrAfter timestamp: Int64
    ) throws(EventLogError) -> Int64? {
        try opened { (state) throws(EventLogError) in
            let begin = try state.index.extent(of: partition).lowerBound
            return state.partitions[try state.index.partitionID(partition)]?
                .offset(atOrAfter: timestamp, from: begin)
        }
    }

    public func metadata(_ key: String) throws(EventLogError) -> [UInt8]? {
        try opened { state in state.index.metadata[key] }
    }

    public func metadata(prefix: String) throws(EventLogError) -> [MetadataEntry] {
        try opened { state in state.index.metadata(prefix: prefix) }
    }

    public func close() {
        state.withLock { $0.isClosed = true }
    }

    private func opened<Result: Sendable>(
        _ body: (inout sending State) throws(EventLogError) -> sending Result
    ) throws(EventLogError) -> Result {
        try state.withLock { (state) throws(EventLogError) -> Result in
            guard !state.isClosed else { throw EventLogError(.fatal, .closed, "the log is closed") }
            return try body(&state)
        }
    }
}

/// - Throws: `offsetOutOfRange` unless `offset` is in `extent` or is its end.
func checkOffset(
    _ offset: Int64, of partition: TopicPartition, within extent: Range<Int64>
) throws(EventLogError) {
    guard offset >= extent.lowerBound, offset <= extent.upperBound else {
        throw EventLogError(
            .fatal, .offsetOutOfRange,
            "\(partition) holds offsets \(extent.lowerBound) to \(extent.upperBound), \(offset) was asked for")
    }
}
