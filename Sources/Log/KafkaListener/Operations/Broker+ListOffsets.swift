import BatchStore
import EventLog

extension Broker {
    /// Moments that are none. Source: Kafka's ListOffsetsRequest.
    private enum Special {
        static let latest: Int64 = -1
        static let earliest: Int64 = -2
        static let maxTimestamp: Int64 = -3
    }

    private struct Place {
        var error: ErrorCode = .none
        var timestamp: Int64 = -1
        var offset: Int64 = -1
    }

    func listOffsets(_ request: Request) throws {
        var reader = request.body
        let version = request.version
        _ = try reader.int32()
        let readsCommitted = version >= 2 ? try reader.int8() == 1 : false
        let topics = try reader.array { reader in
            let topic = try reader.string()
            let places = try reader.array { reader in
                let index = try reader.int32()
                if version >= 4 { _ = try reader.int32() }
                let timestamp = try reader.int64()
                try reader.tags()
                let partition = TopicPartition(topic, Int(index))
                return (index, find(timestamp, in: partition, readsCommitted: readsCommitted, request))
            }
            try reader.tags()
            return (topic, places)
        }
        try reader.tags()
        answer(request) { writer in
            if version >= 2 { writer.int32(0) }
            writer.array(topics) { writer, topic in
                writer.string(topic.0)
                writer.array(topic.1) { writer, place in
                    writer.int32(place.0)
                    writer.error(place.1.error)
                    writer.int64(place.1.timestamp)
                    writer.int64(place.1.offset)
                    if version >= 4 { writer.int32(place.1.offset < 0 ? -1 : Broker.leaderEpoch) }
                    writer.tags()
                }
                writer.tags()
            }
            writer.tags()
        }
    }

    private func find(
        _ timestamp: Int64, in partition: TopicPartition, readsCommitted: Bool, _ request: Request
    ) -> Place {
        if let error = leaderError(partition, request) { return Place(error: error) }
        do {
            let extent = try storage.extent(of: partition)
            let end = readsCommitted ? lastStableOffset(of: partition, end: extent.upperBound) : extent.upperBound
            switch timestamp {
            case Special.latest: return Place(offset: end)
            case Special.earliest: return Place(offset: extent.lowerBound)
            case Special.maxTimestamp: return try findLatestTimestamp(in: partition, extent.lowerBound..<end)
            default:
                guard timestamp >= 0 else { return Place(error: .invalidRequest) }
                guard let offset = try storage.offset(of: partition, atOrAfter: timestamp), offset < end else {
                    return Place()
                }
                let batch = try storage.read(partition, from: offset, bytesMax: 1).first
                let found = batch?.first { $0.offset >= offset }?.timestamp ?? batch?.header.maxTimestamp
                return Place(timestamp: found ?? timestamp, offset: offset)
            }
        } catch {
            return Place(error: BrokerError(error).code)
        }
    }

    private func findLatestTimestamp(in partition: TopicPartition, _ offsets: Range<Int64>) throws -> Place {
        var latest = Place()
        var offset = offsets.lowerBound
        while offset < offsets.upperBound {
            let batches = try storage.read(partition, from: offset, bytesMax: 1 << 20)
            guard let last = batches.last else { break }
            for batch in batches where batch.header.maxTimestamp > latest.timestamp && !batch.header.isControl {
                let record = batch.first { $0.timestamp == batch.header.maxTimestamp }
                latest = Place(timestamp: batch.header.maxTimestamp, offset: record?.offset ?? batch.endOffset - 1)
            }
            offset = last.endOffset
        }
        return latest
    }

    /// There was never another leader: whatever epoch is asked about ends where the partition does.
    func offsetForLeaderEpoch(_ request: Request) throws {
        var reader = request.body
        let version = request.version
        if version >= 3 { _ = try reader.int32() }
        let topics = try reader.array { reader in
            let topic = try reader.string()
            let partitions = try reader.array { reader in
                let index = try reader.int32()
                _ = try reader.int32()
                _ = try reader.int32()
                try reader.tags()
                return index
            }
            try reader.tags()
            return (topic, partitions)
        }
        try reader.tags()
        answer(request) { writer in
            writer.int32(0)
            writer.array(topics) { writer, topic in
                writer.string(topic.0)
                writer.array(topic.1) { writer, index in
                    let partition = TopicPartition(topic.0, Int(index))
                    let error = leaderError(partition, request)
                    writer.error(error ?? .none)
                    writer.int32(index)
                    writer.int32(error == nil ? Broker.leaderEpoch : -1)
                    writer.int64(error == nil ? (try? storage.extent(of: partition).upperBound) ?? -1 : -1)
                    writer.tags()
                }
                writer.tags()
            }
            writer.tags()
        }
    }
}
