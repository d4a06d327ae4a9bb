/// What a partition knows of those who produce to it: sequences, open transactions, aborted ranges.
struct PartitionState {
    /// A producer that has written to the partition.
    struct Producer: Equatable {
        var epoch: Int16
        /// The newest last; five at most, as many as a producer may have on their way.
        var batches: [Batch] = []
        /// The first offset of its open transaction here; nil when it has none.
        var openSince: Int64?
        /// When it last wrote, in milliseconds since 1970.
        var lastWall: Int64 = 0
    }

    /// One batch by its sequence numbers.
    struct Batch: Equatable {
        var firstSequence: Int32
        var lastSequence: Int32
        var baseOffset: Int64
    }

    /// Offsets that a producer wrote and then aborted, its marker's included.
    struct AbortedRange: Equatable {
        var producerID: Int64
        var firstOffset: Int64
        /// Where the abort marker stands.
        var lastOffset: Int64
    }

    /// What is to become of a batch with sequence numbers.
    enum Verdict: Equatable {
        case append
        /// It was appended before, at this offset.
        case duplicate(baseOffset: Int64)
        case refuse(ErrorCode)
    }

    static let batchesMax = 5
    var producers: [Int64: Producer] = [:]
    /// In order of their last offset.
    var aborted: [AbortedRange] = []

    /// The first offset of a transaction that is still open; readers of committed records stop before it.
    var firstOpenOffset: Int64? { producers.values.compactMap(\.openSince).min() }

    /// Compares a batch with what its producer wrote before.
    /// Source: Kafka's ProducerStateManager: a new epoch begins at 0, an unknown producer anywhere.
    func judge(producerID: Int64, epoch: Int16, firstSequence: Int32, lastSequence: Int32) -> Verdict {
        guard let producer = producers[producerID] else { return .append }
        if epoch < producer.epoch { return .refuse(.invalidProducerEpoch) }
        if epoch > producer.epoch { return firstSequence == 0 ? .append : .refuse(.outOfOrderSequenceNumber) }
        if let same = producer.batches.last(where: {
            $0.firstSequence == firstSequence && $0.lastSequence == lastSequence
        }) {
            return .duplicate(baseOffset: same.baseOffset)
        }
        guard let last = producer.batches.last else { return .append }
        let expected = last.lastSequence == .max ? 0 : last.lastSequence + 1
        return firstSequence == expected ? .append : .refuse(.outOfOrderSequenceNumber)
    }

    /// Notes a batch that is appended.
    mutating func wrote(
        producerID: Int64, epoch: Int16, batch: Batch, isTransactional: Bool, wall: Int64
    ) {
        var producer = producers[producerID] ?? Producer(epoch: epoch)
        if producer.epoch != epoch {
            producer.epoch = epoch
            producer.batches = []
        }
        producer.batches.append(batch)
        if producer.batches.count > PartitionState.batchesMax { producer.batches.removeFirst() }
        if isTransactional, producer.openSince == nil { producer.openSince = batch.baseOffset }
        producer.lastWall = wall
        producers[producerID] = producer
    }

    /// Notes the marker at `offset` that ends a producer's transaction. Returns the range that it aborts, if it does.
    mutating func ended(producerID: Int64, epoch: Int16, at offset: Int64, isCommit: Bool) -> AbortedRange? {
        guard var producer = producers[producerID] else { return nil }
        let since = producer.openSince
        producer.openSince = nil
        if epoch > producer.epoch {
            producer.epoch = epoch
            producer.batches = []
        }
        producers[producerID] = producer
        guard !isCommit, let since else { return nil }
        let range = AbortedRange(producerID: producerID, firstOffset: since, lastOffset: offset)
        aborted.append(range)
        return range
    }

    /// The aborted ranges that touch `offsets`.
    func aborted(in offsets: Range<Int64>) -> [AbortedRange] {
        var low = 0
        var high = aborted.count
        while low < high {
            let middle = (low + high) / 2
            if aborted[middle].lastOffset >= offsets.lowerBound { high = middle } else { low = middle + 1 }
        }
        return aborted[low...].filter { $0.firstOffset < offsets.upperBound }
    }
}
