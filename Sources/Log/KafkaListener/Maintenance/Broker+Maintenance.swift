import BatchStore
import EventLog

extension Broker {
    private static let readBytes = 4 << 20
    /// Producers that have not written for so long are forgotten. Source: Kafka's `producer.id.expiration.ms`.
    private static let producerLifeMilliseconds: Int64 = 86_400_000

    /// Lets go of what topics no longer keep. Topics that Steplog has made look after themselves.
    func maintain(at moment: Moment) {
        self.moment = moment
        commit()
        do {
            for topic in try storage.topics() {
                guard let settings = topicSettings[topic.name] else { continue }
                for number in 0..<topic.configuration.partitions {
                    let partition = TopicPartition(topic.name, number)
                    if settings.isDeleted { try applyRetention(of: partition, settings) }
                    if settings.isCompacted { try compact(partition, settings) }
                }
            }
        } catch {
            log("retention and compaction have to wait: \(error)")
        }
        schedule.isFirstRound = false
        if schedule.isSweepDue(wall: moment.wall) { forgetOldProducers() }
        commit()
    }

    private func applyRetention(of partition: TopicPartition, _ settings: TopicSettings) throws {
        let extent = try storage.extent(of: partition)
        let closedEnd = schedule.closedEnd(
            of: partition, extent, after: settings.number("segment.ms"), wall: moment.wall)
        guard !extent.isEmpty, closedEnd > extent.lowerBound else { return }
        let stable = lastStableOffset(of: partition, end: extent.upperBound)
        var begin = extent.lowerBound
        let retention = settings.number("retention.ms")
        if retention >= 0 {
            let kept = try storage.offset(of: partition, atOrAfter: moment.wall - retention) ?? extent.upperBound
            begin = max(begin, kept)
        }
        let bytesMax = settings.number("retention.bytes")
        if bytesMax >= 0 { begin = max(begin, try firstOffset(of: partition, extent, keeping: bytesMax)) }
        begin = min(begin, stable, closedEnd)
        if begin > extent.lowerBound { stageTrim(of: partition, to: begin) }
    }

    /// Where the newest `bytesMax` bytes of a partition begin.
    private func firstOffset(
        of partition: TopicPartition, _ extent: Range<Int64>, keeping bytesMax: Int64
    ) throws -> Int64 {
        var sizes: [(Int64, Int64)] = []
        try forEachBatch(of: partition, extent) { sizes.append(($0.endOffset, Int64($0.bytes.count))) }
        var total = sizes.reduce(0) { $0 + $1.1 }
        var begin = extent.lowerBound
        for (end, size) in sizes where total > bytesMax {
            total -= size
            begin = end
        }
        return begin
    }

    /// Compacts up to the last batch, which stays as it is so that the end can be told from it.
    private func compact(_ partition: TopicPartition, _ settings: TopicSettings) throws {
        let extent = try storage.extent(of: partition)
        let stable = lastStableOffset(of: partition, end: extent.upperBound)
        var ends: [(end: Int64, timestamp: Int64)] = []
        let cleanEnd = schedule.cleanEnd(of: partition) ?? extent.lowerBound
        let timestampMax = moment.wall - settings.number("min.compaction.lag.ms")
        // Before anything is read: whether enough is new to be worth it.
        let isWorthIt = stable - cleanEnd > 1 && isDirtyEnough(extent.lowerBound..<stable, cleanEnd, settings)
        guard isWorthIt || hasOldTombstones(partition, settings) else { return }
        try forEachBatch(of: partition, extent) { ends.append(($0.baseOffset, $0.header.maxTimestamp)) }
        guard let last = ends.last?.end else { return }
        let end = min(last, stable, ends.first { $0.timestamp > timestampMax }?.end ?? last)
        guard end > extent.lowerBound, end > cleanEnd || hasOldTombstones(partition, settings) else { return }
        var run = LogCompaction(
            aborted: partitions[partition]?.aborted ?? [],
            tombstonesKeptSince: moment.wall - settings.number("delete.retention.ms"))
        try forEachBatch(of: partition, extent) { if $0.endOffset <= stable { run.look(at: $0) } }
        var batches: [RecordBatch] = []
        var isChanged = false
        var hasTombstones = false
        try forEachBatch(of: partition, extent.lowerBound..<end) { batch in
            guard batch.baseOffset < end else { return }
            let rest = run.rewrite(batch)
            isChanged = isChanged || rest?.count != batch.count
            if let rest {
                hasTombstones = hasTombstones || rest.contains { $0.isTombstone && $0.key != nil }
                batches.append(rest)
            }
        }
        // Bounded, so that a time can be added to it.
        let patience = min(settings.number("delete.retention.ms"), 1 << 50)
        schedule.compacted(partition, to: end, tombstonesUntil: hasTombstones ? moment.wall + patience + 1 : nil)
        guard isChanged else { return }
        stage {
            $0.replacements.append(.init(partition: partition, offsets: extent.lowerBound..<end, batches: batches))
        }
        commit()
    }

    private func hasOldTombstones(_ partition: TopicPartition, _ settings: TopicSettings) -> Bool {
        schedule.tombstonesUntil(of: partition).map { $0 <= moment.wall } ?? false
    }

    /// Whether enough is new since the last time. Source: Kafka's `min.cleanable.dirty.ratio`, counted in offsets.
    private func isDirtyEnough(_ offsets: Range<Int64>, _ cleanEnd: Int64, _ settings: TopicSettings) -> Bool {
        let ratio = Double(settings["min.cleanable.dirty.ratio"]) ?? 0.5
        let dirty = Double(offsets.upperBound - max(cleanEnd, offsets.lowerBound))
        return dirty >= ratio * Double(offsets.upperBound - offsets.lowerBound)
    }

    private func forgetOldProducers() {
        for (partition, state) in partitions {
            for (producerID, producer) in state.producers
            where producer.openSince == nil && moment.wall - producer.lastWall > Broker.producerLifeMilliseconds {
                partitions[partition]?.producers[producerID] = nil
                saveProducer(producerID, in: partition)
            }
        }
    }

    private func forEachBatch(
        of partition: TopicPartition, _ offsets: Range<Int64>, _ body: (RecordBatch) -> Void
    ) throws {
        var offset = offsets.lowerBound
        while offset < offsets.upperBound {
            let batches = try storage.read(partition, from: offset, bytesMax: Broker.readBytes)
            guard let last = batches.last else { return }
            for batch in batches where batch.baseOffset < offsets.upperBound { body(batch) }
            offset = last.endOffset
        }
    }
}
