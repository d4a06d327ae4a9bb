import BatchStore
import EventLog
import NIOCore

extension Broker {
    private static let firstVersion: Int16 = 3
    /// The first version in which batches may be compressed with zstd. Source: KIP-110.
    private static let zstdVersion: Int16 = 7

    /// What became of one partition's batch.
    private struct Produced {
        var partition: Int32
        var failure: BrokerError?
        /// Which of the commit's appends it is; nil for a duplicate and for a refused one.
        var append: Int?
        var baseOffset: Int64 = -1
        var appendTime: Int64 = -1
        var beginOffset: Int64 = -1
    }

    func produce(_ request: Request) throws {
        guard request.version >= Broker.firstVersion else {
            throw WireError("produce is taken from version \(Broker.firstVersion) on, not \(request.version)")
        }
        var reader = request.body
        _ = try reader.nullableString()
        let acknowledgements = try reader.int16()
        _ = try reader.int32()
        let topics = try reader.array { reader in
            let topic = try reader.string()
            let partitions = try reader.array { reader in
                let partition = (TopicPartition(topic, Int(try reader.int32())), try reader.nullableSlice())
                try reader.tags()
                return partition
            }
            try reader.tags()
            return (topic, partitions)
        }
        try reader.tags()
        let results = topics.map { topic in (topic.0, topic.1.map { produce($0.1, to: $0.0, request) }) }
        guard acknowledgements != 0 else {
            let failure = results.lazy.flatMap(\.1).compactMap(\.failure).first
            deliver(nil, request)
            if let failure { close(request.connection, reason: "produced without acknowledgement: \(failure.code)") }
            // Nobody waits for it, but it has to be written.
            whenCommitted { _ in }
            return
        }
        answerAfterCommit(request) { [self] writer, ranges in
            writer.array(results) { writer, topic in
                writer.string(topic.0)
                writer.array(topic.1) { write(&$0, $1, ranges, request.version) }
                writer.tags()
            }
            writer.int32(0)
            writer.tags()
        }
    }

    private func write(_ writer: inout WireWriter, _ result: Produced, _ ranges: [Range<Int64>], _ version: Int16) {
        writer.int32(result.partition)
        writer.error(result.failure?.code ?? .none)
        writer.int64(result.append.map { ranges[$0].lowerBound } ?? result.baseOffset)
        writer.int64(result.appendTime)
        if version >= 5 { writer.int64(result.beginOffset) }
        if version >= 8 {
            writer.array([Int]()) { $0.int32(Int32($1)) }
            writer.string(result.failure?.message)
        }
        writer.tags()
    }

    private func produce(_ records: ByteBuffer?, to partition: TopicPartition, _ request: Request) -> Produced {
        var result = Produced(partition: Int32(truncatingIfNeeded: partition.partition))
        result.failure = outcome(request) {
            if let error = leaderError(partition, request) { throw BrokerError(error) }
            var batch = try checked(records, for: partition, request)
            result.beginOffset = try storage.extent(of: partition).lowerBound
            switch try judge(batch, for: partition) {
            case .refuse(let code): throw BrokerError(code)
            case .duplicate(let baseOffset): result.baseOffset = baseOffset
            case .append:
                if topicSettings[partition.topic]?.hasAppendTimestamps == true {
                    batch = batch.stamped(moment.wall)
                    result.appendTime = moment.wall
                }
                try note(batch, in: partition)
                result.append = stage(batch, to: partition)
            }
        }
        return result
    }

    /// The one batch in `records`, if it may be appended to `partition`.
    private func checked(
        _ records: ByteBuffer?, for partition: TopicPartition, _ request: Request
    ) throws -> RecordBatch {
        if isOwn(partition.topic), !configuration.allowsWritesToOwnTopics {
            throw BrokerError(.topicAuthorizationFailed, "topic \"\(partition.topic)\" is Steplog's own")
        }
        guard let records, records.readableBytes > 0 else { throw BrokerError(.invalidRecord, "there is no batch") }
        let settings = topicSettings[partition.topic]
        let bytesMax = settings?.number("max.message.bytes") ?? Broker.messageBytesMax
        guard records.readableBytes <= bytesMax else {
            throw BrokerError(
                .messageTooLarge, "a batch has at most \(bytesMax) bytes, this one \(records.readableBytes)")
        }
        let batch = try RecordBatch(decoding: Array(records.readableBytesView), baseOffset: 0)
        let header = batch.header
        guard !header.isControl, !header.hasAppendTimestamp, header.recordCount > 0,
            Int64(header.recordCount) == Int64(header.lastOffsetDelta) + 1
        else { throw BrokerError(.invalidRecord, "the batch's header is not one of a client's") }
        if header.compression == .zstd, request.version < Broker.zstdVersion {
            throw BrokerError(.unsupportedCompressionType)
        }
        guard header.compression != nil else { throw BrokerError(.invalidRecord, "the compression is none of Kafka's") }
        if header.isTransactional, isOwn(partition.topic) || header.producerID < 0 {
            throw BrokerError(.invalidTransactionState, "this topic takes no transactions")
        }
        if isCompacted(partition.topic), batch.contains(where: { $0.key == nil }) {
            throw BrokerError(.invalidRecord, "records of the compacted topic \"\(partition.topic)\" need a key")
        }
        return batch
    }

    /// Of topics that say nothing else.
    static let messageBytesMax: Int64 = 1_048_588

    private func isCompacted(_ topic: String) -> Bool {
        topicSettings[topic]?.isCompacted ?? ((try? storage.topic(topic)?.configuration.cleanup) == .compact)
    }

    /// Compares the batch with what its producer may write and has written.
    private func judge(_ batch: RecordBatch, for partition: TopicPartition) throws -> PartitionState.Verdict {
        let header = batch.header
        guard header.producerID >= 0 else { return .append }
        guard header.producerEpoch >= 0, header.baseSequence >= 0 else {
            throw BrokerError(.invalidRecord, "a producer's batch has an epoch and a sequence number")
        }
        let verdict =
            partitions[partition]?.judge(
                producerID: header.producerID, epoch: header.producerEpoch, firstSequence: header.baseSequence,
                lastSequence: header.lastSequence) ?? .append
        if let transactionalID = transactionalIDs[header.producerID], let transaction = transactions[transactionalID] {
            guard header.producerEpoch == transaction.epoch else { return .refuse(.invalidProducerEpoch) }
            // What is written already may be said again, even when the transaction has ended meanwhile.
            if case .duplicate = verdict { return verdict }
            if header.isTransactional, !transaction.includes(partition) { return .refuse(.invalidTransactionState) }
        } else if header.isTransactional {
            return .refuse(.invalidProducerIDMapping)
        }
        return verdict
    }

    /// Notes what the batch's producer has written, as of the offset that the batch will get.
    private func note(_ batch: RecordBatch, in partition: TopicPartition) throws {
        let header = batch.header
        guard header.producerID >= 0 else { return }
        let baseOffset = try nextOffset(of: partition)
        partitions[partition, default: PartitionState()].wrote(
            producerID: header.producerID, epoch: header.producerEpoch,
            batch: .init(firstSequence: header.baseSequence, lastSequence: header.lastSequence, baseOffset: baseOffset),
            isTransactional: header.isTransactional, wall: moment.wall)
        saveProducer(header.producerID, in: partition)
    }
}

extension RecordBatch.Header {
    /// How records are compressed. Source: Kafka's protocol guide, "Record Batch".
    fileprivate enum Compression: Int16 {
        case none = 0
        case gzip, snappy, lz4, zstd
    }

    fileprivate var compression: Compression? { Compression(rawValue: attributes & 0x07) }

    /// The sequence number of the last record; after the highest comes 0.
    fileprivate var lastSequence: Int32 {
        Int32(truncatingIfNeeded: (Int64(baseSequence) + Int64(lastOffsetDelta)) & 0x7fff_ffff)
    }
}
