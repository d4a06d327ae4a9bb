import BatchStore
import EventLog

extension Broker {
    /// What is read of one partition.
    private struct Fetched {
        var partition: TopicPartition
        var error: ErrorCode = .none
        var highWatermark: Int64 = -1
        var lastStableOffset: Int64 = -1
        var beginOffset: Int64 = -1
        var aborted: [PartitionState.AbortedRange]?
        var batches: [RecordBatch] = []
    }

    /// However much a client asks for. Source: Kafka's `fetch.max.bytes` of brokers.
    private static let fetchBytesMax = 55 << 20

    func fetch(_ request: Request) throws {
        var reader = request.body
        let version = request.version
        _ = try reader.int32()
        let waitMilliseconds = try reader.int32()
        let bytesMin = try reader.int32()
        let bytesMax = try reader.int32()
        let readsCommitted = try reader.int8() == 1
        let sessionID = version >= 7 ? try reader.int32() : 0
        if version >= 7 { _ = try reader.int32() }
        let places = try reader.array { reader in
            let topic = try reader.string()
            let places = try reader.array { try place(from: &$0, topic, version) }
            try reader.tags()
            return places
        }.flatMap { $0 }
        if version >= 7 {
            _ = try reader.array { reader in
                _ = try reader.string()
                _ = try reader.array { try $0.int32() }
                try reader.tags()
            }
        }
        if version >= 11 { _ = try reader.nullableString() }
        try reader.tags()
        let fetch = WaitingFetches.Fetch(
            request: request.withoutBody, places: places, bytesMin: Int(bytesMin),
            bytesMax: min(Int(max(bytesMax, 0)), Broker.fetchBytesMax),
            readsCommitted: readsCommitted, waitMilliseconds: waitMilliseconds)
        // Sessions are declined with id 0: every fetch names all its partitions.
        guard sessionID == 0 else { return write(fetch, [], error: .fetchSessionIDNotFound) }
        let (fetched, isEnough) = read(fetch)
        if isEnough || waitMilliseconds <= 0 || request.injectedError != nil {
            write(fetch, fetched)
        } else {
            let identifier = fetches.add(fetch)
            timers.add(.fetch(identifier), at: moment.elapsed + Int64(waitMilliseconds))
        }
    }

    private func place(
        from reader: inout WireReader, _ topic: String, _ version: Int16
    ) throws -> WaitingFetches.Place {
        let index = try reader.int32()
        if version >= 9 { _ = try reader.int32() }
        let offset = try reader.int64()
        if version >= 12 { _ = try reader.int32() }
        if version >= 5 { _ = try reader.int64() }
        let bytesMax = try reader.int32()
        try reader.tags()
        return WaitingFetches.Place(
            partition: TopicPartition(topic, Int(index)), offset: offset, bytesMax: Int(max(bytesMax, 0)))
    }

    /// Answers a fetch that waited with what there is.
    func finish(_ fetch: WaitingFetches.Fetch) {
        fetches.remove(fetch.identifier)
        write(fetch, read(fetch).0)
    }

    /// Looks at the fetches that wait for any of `partitions`: there may be enough for them now.
    func recordsArrived(_ partitions: Set<TopicPartition>) {
        for identifier in fetches.identifiers(of: partitions) {
            guard let fetch = fetches.waiting(identifier) else { continue }
            let (fetched, isEnough) = read(fetch)
            guard isEnough else { continue }
            fetches.remove(identifier)
            write(fetch, fetched)
        }
    }

    /// What there is for a fetch, and whether that is worth an answer before its time is over.
    private func read(_ fetch: WaitingFetches.Fetch) -> ([Fetched], isEnough: Bool) {
        var remaining = fetch.bytesMax
        var byteCount = 0
        var hasError = false
        let fetched = fetch.places.map { place in
            let fetched = read(
                place, bytesMax: min(place.bytesMax, remaining), isFirst: byteCount == 0,
                readsCommitted: fetch.readsCommitted, fetch.request)
            let count = fetched.batches.reduce(0) { $0 + $1.bytes.count }
            byteCount += count
            remaining = max(0, remaining - count)
            hasError = hasError || fetched.error != .none
            return fetched
        }
        return (fetched, hasError || byteCount >= max(fetch.bytesMin, 1) || fetch.places.isEmpty)
    }

    private func read(
        _ place: WaitingFetches.Place, bytesMax: Int, isFirst: Bool, readsCommitted: Bool, _ request: Request
    ) -> Fetched {
        var fetched = Fetched(partition: place.partition)
        if let error = leaderError(place.partition, request) {
            fetched.error = error
            return fetched
        }
        do {
            let extent = try storage.extent(of: place.partition)
            let stable = lastStableOffset(of: place.partition, end: extent.upperBound)
            fetched.highWatermark = extent.upperBound
            fetched.lastStableOffset = stable
            fetched.beginOffset = extent.lowerBound
            guard place.offset >= extent.lowerBound, place.offset <= extent.upperBound else {
                fetched.error = .offsetOutOfRange
                return fetched
            }
            if readsCommitted { fetched.aborted = [] }
            let end = readsCommitted ? stable : extent.upperBound
            // The first partition with records gives at least one batch, however big. Source: KIP-74.
            guard place.offset < end, bytesMax > 0 || isFirst else { return fetched }
            let batches = try storage.read(place.partition, from: place.offset, bytesMax: bytesMax)
            if batches.first.map({ !isFirst && $0.bytes.count > bytesMax }) ?? true { return fetched }
            fetched.batches =
                batches.last.map { $0.endOffset <= end } ?? true ? batches : batches.filter { $0.endOffset <= end }
            if readsCommitted, let last = fetched.batches.last, let state = partitions[place.partition] {
                fetched.aborted = state.aborted(in: place.offset..<max(last.endOffset, place.offset))
            }
        } catch {
            fetched.error = BrokerError(error).code
        }
        return fetched
    }

    /// Where readers of committed records stop: before the first transaction that is still open.
    func lastStableOffset(of partition: TopicPartition, end: Int64) -> Int64 {
        min(partitions[partition]?.firstOpenOffset ?? end, end)
    }

    private func write(_ fetch: WaitingFetches.Fetch, _ fetched: [Fetched], error: ErrorCode = .none) {
        let version = fetch.request.version
        answer(fetch.request) { writer in
            writer.int32(0)
            if version >= 7 {
                writer.error(error)
                writer.int32(0)
            }
            // One entry a topic; places of one topic came side by side.
            let topics = fetched.chunked { $0.partition.topic == $1.partition.topic }
            writer.array(topics) { writer, partitions in
                writer.string(partitions.first?.partition.topic)
                writer.array(partitions) { write(&$0, $1, version) }
                writer.tags()
            }
            writer.tags()
        }
    }

    private func write(_ writer: inout WireWriter, _ fetched: Fetched, _ version: Int16) {
        writer.int32(Int32(truncatingIfNeeded: fetched.partition.partition))
        writer.error(fetched.error)
        writer.int64(fetched.highWatermark)
        writer.int64(fetched.lastStableOffset)
        if version >= 5 { writer.int64(fetched.beginOffset) }
        if let aborted = fetched.aborted {
            writer.array(aborted) { writer, range in
                writer.int64(range.producerID)
                writer.int64(range.firstOffset)
                writer.tags()
            }
        } else {
            writer.nilArray()
        }
        if version >= 11 { writer.int32(-1) }
        writer.records(fetched.batches)
        writer.tags()
    }
}

extension Array {
    /// Runs of neighbours that belong together.
    func chunked(by belongTogether: (Element, Element) -> Bool) -> [ArraySlice<Element>] {
        var chunks: [ArraySlice<Element>] = []
        var start = startIndex
        for index in indices.dropFirst() where !belongTogether(self[index - 1], self[index]) {
            chunks.append(self[start..<index])
            start = index
        }
        if start < endIndex { chunks.append(self[start...]) }
        return chunks
    }
}
