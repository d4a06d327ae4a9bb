import EventLog

/// What a storage keeps in memory besides batches: topics, extents, metadata. One process owns the storage, so this is
/// all there is to know; guards and offsets never ask the disk.
///
/// A change is first staged (checked, and given its offsets), then written by the storage, then merged.
struct StorageIndex: Sendable {
    private(set) var topics: [String: StoredTopic] = [:]
    private(set) var extents: [Int64: Range<Int64>] = [:]
    private(set) var metadata: [String: [UInt8]] = [:]
    private(set) var nextPartitionID: Int64 = 1

    /// One or more changes, ready to be written.
    struct Stage: Sendable {
        /// Created or changed.
        var topics: [String: StoredTopic] = [:]
        var deletedTopics: [StoredTopic] = []
        var moves: [PartitionMove] = []
        var appends: [PlacedBatch] = []
        var metadata: [String: [UInt8]?] = [:]
        var extents: [Int64: Range<Int64>] = [:]
        /// Partitions whose extent must be written down, since batches alone do not tell it.
        var trims: [Int64] = []
        var replacements: [PlacedReplacement] = []
        var nextPartitionID: Int64

        /// Nothing is to be written.
        var isEmpty: Bool {
            topics.isEmpty && deletedTopics.isEmpty && moves.isEmpty && appends.isEmpty && metadata.isEmpty
                && extents.isEmpty
        }
    }

    /// Partitions that get other numbers. The new ones are free, and the old ones are afterwards.
    struct PartitionMove: Sendable {
        var old: Int64
        var new: Int64
        var count: Int

        /// The number of `identifier` afterwards.
        func moved(_ identifier: Int64) -> Int64 {
            (old..<old + Int64(count)).contains(identifier) ? identifier - old + new : identifier
        }
    }

    /// A batch with its place.
    struct PlacedBatch: Sendable {
        var partitionID: Int64
        var partition: TopicPartition
        var batch: RecordBatch
    }

    /// A replacement with the storage's number for its partition.
    struct PlacedReplacement: Sendable {
        var partitionID: Int64
        var offsets: Range<Int64>
        var batches: [RecordBatch]
    }

    /// An index of what was found on disk.
    init(
        topics: [StoredTopic] = [], extents: [Int64: Range<Int64>] = [:], metadata: [String: [UInt8]] = [:]
    ) {
        for topic in topics {
            self.topics[topic.name] = topic
            nextPartitionID = max(nextPartitionID, topic.firstPartitionID + Int64(topic.configuration.partitions))
        }
        self.extents = extents
        self.metadata = metadata
    }

    func emptyStage() -> Stage { Stage(nextPartitionID: nextPartitionID) }

    /// Adds `change` to what `stage` holds already. When it throws or refuses, `stage` is as before.
    func stage(_ change: StorageChange, onto stage: inout Stage) throws(EventLogError) -> StorageOutcome {
        for expected in change.guards {
            let present = stage.metadata[expected.key] ?? metadata[expected.key]
            if present != expected.value { return .refused(MetadataEntry(expected.key, present)) }
        }
        var next = stage
        for name in change.deletedTopics {
            guard let topic = next.topics[name] ?? topics[name] else { continue }
            next.topics[name] = nil
            next.deletedTopics.append(topic)
        }
        for (name, configuration) in change.topics.sorted(by: { $0.key < $1.key }) {
            stageTopic(name, configuration, onto: &next)
        }
        for (name, count) in change.partitionCounts.sorted(by: { $0.key < $1.key }) {
            try stageGrowth(of: name, to: count, onto: &next)
        }
        var ranges: [Range<Int64>] = []
        for append in change.appends {
            let identifier = try partitionID(append.partition, in: next)
            let extent = extent(identifier, in: next)
            let placed = append.batch.placed(at: extent.upperBound)
            guard placed.endOffset < StorageLimit.offsets else {
                throw EventLogError(.fatal, .tooLarge, "\(append.partition) has no offsets left")
            }
            next.extents[identifier] = extent.lowerBound..<placed.endOffset
            next.appends.append(PlacedBatch(partitionID: identifier, partition: append.partition, batch: placed))
            ranges.append(placed.baseOffset..<placed.endOffset)
        }
        for (partition, offset) in change.trims {
            let identifier = try partitionID(partition, in: next)
            let extent = extent(identifier, in: next)
            let begin = min(max(offset, extent.lowerBound), extent.upperBound)
            next.extents[identifier] = begin..<extent.upperBound
            next.trims.append(identifier)
        }
        for replacement in change.replacements {
            let identifier = try partitionID(replacement.partition, in: next)
            next.replacements.append(
                PlacedReplacement(
                    partitionID: identifier, offsets: replacement.offsets, batches: replacement.batches))
            next.extents[identifier] = extent(identifier, in: next)
            next.trims.append(identifier)
        }
        for entry in change.metadata { next.metadata[entry.key] = .some(entry.value) }
        stage = next
        return .applied(ranges)
    }

    /// Makes what was staged, and is written now, the present.
    mutating func merge(_ stage: Stage) {
        for topic in stage.deletedTopics {
            topics[topic.name] = nil
            for number in 0..<topic.configuration.partitions { extents[topic.firstPartitionID + Int64(number)] = nil }
        }
        for (name, topic) in stage.topics { topics[name] = topic }
        for move in stage.moves {
            for number in 0..<Int64(move.count) { extents[move.old + number] = nil }
        }
        extents.merge(stage.extents) { $1 }
        for (key, value) in stage.metadata { metadata[key] = value }
        nextPartitionID = stage.nextPartitionID
    }

    /// The storage's number for `partition`.
    func partitionID(_ partition: TopicPartition) throws(EventLogError) -> Int64 {
        try StorageIndex.partitionID(partition, topics[partition.topic])
    }

    /// - Throws: `unknownTopic`.
    func extent(of partition: TopicPartition) throws(EventLogError) -> Range<Int64> {
        extents[try partitionID(partition)] ?? 0..<0
    }

    /// All entries whose key begins with `prefix`, by key.
    func metadata(prefix: String) -> [MetadataEntry] {
        metadata.filter { $0.key.utf8.starts(with: prefix.utf8) }
            .map { MetadataEntry($0.key, $0.value) }
            .sorted { $0.key < $1.key }
    }

    private func stageTopic(_ name: String, _ configuration: TopicConfiguration, onto stage: inout Stage) {
        let isDeleted = stage.deletedTopics.contains { $0.name == name }
        if var existing = stage.topics[name] ?? (isDeleted ? nil : topics[name]) {
            existing.configuration.cleanup = configuration.cleanup
            existing.configuration.retention = configuration.retention
            stage.topics[name] = existing
            return
        }
        stage.topics[name] = StoredTopic(
            name: name, configuration: configuration, firstPartitionID: stage.nextPartitionID)
        stage.nextPartitionID += Int64(configuration.partitions)
    }

    /// Gives a topic more partitions: numbers of one topic stand side by side, so all of them become new ones.
    private func stageGrowth(of name: String, to count: Int, onto stage: inout Stage) throws(EventLogError) {
        let first = try partitionID(TopicPartition(name, 0), in: stage)
        guard var topic = stage.topics[name] ?? topics[name], count > topic.configuration.partitions else {
            throw EventLogError(.fatal, .invalidArgument, "topic \"\(name)\" has no fewer than \(count) partitions")
        }
        let move = PartitionMove(old: first, new: stage.nextPartitionID, count: topic.configuration.partitions)
        for identifier in move.old..<move.old + Int64(move.count) {
            stage.extents[move.moved(identifier)] = extent(identifier, in: stage)
            stage.extents[identifier] = nil
        }
        for index in stage.appends.indices {
            stage.appends[index].partitionID = move.moved(stage.appends[index].partitionID)
        }
        for index in stage.replacements.indices {
            stage.replacements[index].partitionID = move.moved(stage.replacements[index].partitionID)
        }
        stage.trims = stage.trims.map(move.moved)
        stage.moves.append(move)
        topic.firstPartitionID = move.new
        topic.configuration.partitions = count
        stage.topics[name] = topic
        stage.nextPartitionID += Int64(count)
    }

    private func partitionID(_ partition: TopicPartition, in stage: Stage) throws(EventLogError) -> Int64 {
        let isDeleted = !stage.deletedTopics.isEmpty && stage.deletedTopics.contains { $0.name == partition.topic }
        return try StorageIndex.partitionID(
            partition, stage.topics[partition.topic] ?? (isDeleted ? nil : topics[partition.topic]))
    }

    private static func partitionID(
        _ partition: TopicPartition, _ topic: StoredTopic?
    ) throws(EventLogError) -> Int64 {
        guard let topic else {
            throw EventLogError(.fatal, .unknownTopic, "there is no topic \"\(partition.topic)\"")
        }
        guard let identifier = topic.partitionID(partition.partition) else {
            throw EventLogError(
                .fatal, .unknownTopic,
                "topic \"\(partition.topic)\" has \(topic.configuration.partitions) partitions, no \(partition.partition)"
            )
        }
        return identifier
    }

    private func extent(_ identifier: Int64, in stage: Stage) -> Range<Int64> {
        stage.extents[identifier] ?? extents[identifier] ?? 0..<0
    }
}

/// Bounds that come from how batches are keyed.
enum StorageLimit {
    /// A key is partition number times 2^44 plus base offset: 17 trillion offsets a partition, 524,288 partitions.
    static let offsets: Int64 = 1 << 44
}
