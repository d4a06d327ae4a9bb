// SAFETY: by the contract one thread at a time uses a consumer or reader, and with it this feed; an event is destroyed
// when it has been read.
import CRDKafka
import EventLog

/// Records of assigned partitions as they come from librdkafka's queue, and how far each partition was read.
///
/// The positions here are what counts: a message that lies before its partition's position, or of a partition that is not
/// assigned any more, is left out.
@safe final class MessageFeed {
    /// What ended a wait.
    @safe enum Outcome {
        case records([PartitionRecords])
        /// Nothing but a position that moved over what holds no records.
        case advanced
        /// The group's assignment changes: an event that the caller destroys.
        case rebalance(OpaquePointer)
        /// The time is over, or `wake` was called.
        case nothing
    }

    let handle: KafkaHandle
    private let prefix: String
    /// The next record to deliver, for each assigned partition.
    private(set) var positions: [TopicPartition: Int64] = [:]
    private(set) var paused: Set<TopicPartition> = []
    /// Those that librdkafka holds back, also after they were given up.
    private var pausedInLibrary: Set<TopicPartition> = []
    /// librdkafka does not know the positions yet.
    private var isStale = false
    /// Topics whose leaders librdkafka knows or has asked for.
    private var knownTopics: Set<String>
    /// What came behind records that went out first.
    private var waitingRebalance: OpaquePointer?
    private var waitingFailure: EventLogError?
    /// Why librdkafka is of no more use here.
    private var end: EventLogError?

    /// - Parameter knownTopics: whose leaders librdkafka asks for by itself.
    init(_ handle: KafkaHandle, prefix: String, knownTopics: Set<String> = []) {
        self.handle = handle
        self.prefix = prefix
        self.knownTopics = knownTopics
    }

    deinit { dropWaiting() }

    /// Frees what is not delivered. The feed is of no use afterwards.
    func dropWaiting() {
        if let event = unsafe waitingRebalance { unsafe rd_kafka_event_destroy(event) }
        unsafe waitingRebalance = nil
    }

    // MARK: - Positions

    /// Delivers from these partitions alone, from the next `receive` on.
    func assign(_ positions: [TopicPartition: Int64]) {
        self.positions = positions
        paused = []
        waitingFailure = nil
        isStale = true
    }

    /// Delivers nothing any more; librdkafka knows.
    func clear() {
        positions = [:]
        paused = []
        waitingFailure = nil
        isStale = false
    }

    /// Goes on from `offset` in `partition`, which is added to those assigned if it is not among them.
    func seek(_ partition: TopicPartition, to offset: Int64) {
        if positions[partition] == offset, !isStale, waitingFailure == nil { return }
        positions[partition] = offset
        waitingFailure = nil
        isStale = true
    }

    func pause(_ partitions: [TopicPartition]) {
        let owned = partitions.filter { positions[$0] != nil && paused.insert($0).inserted }
        guard !owned.isEmpty, !isStale else { return }
        let list = list(of: owned)
        pausedInLibrary.formUnion(owned)
        _ = unsafe rd_kafka_pause_partitions(handle.client, list.pointer)
    }

    func resume(_ partitions: [TopicPartition]) {
        let owned = partitions.filter { paused.remove($0) != nil }
        guard !owned.isEmpty, !isStale else { return }
        let list = list(of: owned)
        pausedInLibrary.subtract(owned)
        _ = unsafe rd_kafka_resume_partitions(handle.client, list.pointer)
    }

    private func list(of partitions: [TopicPartition]) -> PartitionList {
        PartitionList(
            Dictionary(partitions.map { ($0, positions[$0] ?? 0) }) { first, _ in first }, prefix: prefix)
    }

    /// Tells librdkafka where to read, if that has changed.
    private func applyPositions() throws(EventLogError) {
        guard isStale else { return }
        let list = PartitionList(positions, prefix: prefix)
        let code = unsafe rd_kafka_assign(handle.client, list.pointer)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
            throw LibraryError(code).eventLogError("librdkafka does not read from where it is told")
        }
        isStale = false
        askForLeaders()
        // librdkafka keeps a partition paused when it goes away and comes back; whoever has it anew wants its records.
        let resumed = pausedInLibrary.filter { positions[$0] != nil && !paused.contains($0) }.sorted()
        if !resumed.isEmpty {
            pausedInLibrary.subtract(resumed)
            let resumedList = self.list(of: resumed)
            _ = unsafe rd_kafka_resume_partitions(handle.client, resumedList.pointer)
        }
        guard !paused.isEmpty else { return }
        pausedInLibrary.formUnion(paused)
        let pausedList = self.list(of: paused.sorted())
        _ = unsafe rd_kafka_pause_partitions(handle.client, pausedList.pointer)
    }

    /// Of assigned topics that are new: when its connections are up, librdkafka asks for them only once a second.
    /// Source: librdkafka 2.0.2, rdkafka_topic.c, rd_kafka_topic_scan_all.
    private func askForLeaders() {
        let topics = Set(positions.keys.map(\.topic))
        guard !topics.isSubset(of: knownTopics) else { return }
        knownTopics.formUnion(topics)
        var answer: UnsafePointer<rd_kafka_metadata>?
        // No answer in this time: it asks by itself later.
        if unsafe rd_kafka_metadata(handle.client, 0, nil, &answer, 100) == RD_KAFKA_RESP_ERR_NO_ERROR {
            unsafe rd_kafka_metadata_destroy(answer)
        }
    }

    // MARK: - Records

    /// Waits until there is something to tell, at most until `deadline`; librdkafka's own threads end the wait.
    /// - Parameters:
    ///   - bytesMax: about how much to gather.
    ///   - isWoken: whether to return now; asked whenever the wait ends without news.
    func receive(
        until deadline: ContinuousClock.Instant, bytesMax: Int, isWoken: () throws(EventLogError) -> Bool
    ) throws(EventLogError) -> Outcome {
        if let end { throw end }
        try applyPositions()
        if let event = unsafe waitingRebalance {
            unsafe waitingRebalance = nil
            return unsafe .rebalance(event)
        }
        if let failure = waitingFailure {
            waitingFailure = nil
            throw failure
        }
        var fetched = FetchedRecords()
        var hasAdvanced = false
        while fetched.byteCount < bytesMax {
            let remaining = fetched.isEmpty && !hasAdvanced ? deadline - .now : .zero
            guard let event = unsafe rd_kafka_queue_poll(handle.queue, remaining.callMilliseconds) else {
                if !fetched.isEmpty || hasAdvanced { break }
                if try isWoken() || ContinuousClock.now >= deadline { return .nothing }
                continue
            }
            switch unsafe rd_kafka_event_type(event) {
            case RD_KAFKA_EVENT_FETCH:
                unsafe take(event, &fetched)
                unsafe rd_kafka_event_destroy(event)
            case RD_KAFKA_EVENT_REBALANCE:
                if fetched.isEmpty { return unsafe .rebalance(event) }
                unsafe waitingRebalance = event
                return .records(deliver(&fetched))
            case RD_KAFKA_EVENT_ERROR:
                defer { unsafe rd_kafka_event_destroy(event) }
                let failure = unsafe note(event, &hasAdvanced)
                guard let failure else { continue }
                if fetched.isEmpty { throw failure }
                waitingFailure = failure
                return .records(deliver(&fetched))
            default:
                unsafe rd_kafka_event_destroy(event)
            }
        }
        let records = deliver(&fetched)
        return records.isEmpty ? .advanced : .records(records)
    }

    private func deliver(_ fetched: inout FetchedRecords) -> [PartitionRecords] {
        let records = fetched.finish()
        for read in records { positions[read.partition] = max(read.nextOffset, positions[read.partition] ?? 0) }
        return records
    }

    private func take(_ event: OpaquePointer, _ fetched: inout FetchedRecords) {
        while let message = unsafe rd_kafka_event_message_next(event) {
            guard unsafe message.pointee.err == RD_KAFKA_RESP_ERR_NO_ERROR else { continue }
            unsafe fetched.add(message, prefix: prefix) { partition in
                guard let position = positions[partition] else { return nil }
                guard !paused.contains(partition) else {
                    // It came before librdkafka had stopped: it is asked for again.
                    isStale = true
                    return nil
                }
                return position
            }
        }
    }

    /// Looks at an error event: the end of a partition moves its position, troubles with brokers are reported and pass.
    /// - Returns: what the caller has to be told.
    private func note(_ event: OpaquePointer, _ hasAdvanced: inout Bool) -> EventLogError? {
        let code = unsafe rd_kafka_event_error(event)
        if code == RD_KAFKA_RESP_ERR__PARTITION_EOF {
            if let end = unsafe place(of: event), let position = positions[end.partition], end.offset > position {
                positions[end.partition] = end.offset
                hasAdvanced = true
            }
            return nil
        }
        var error = LibraryError(code, text: unsafe String(cString: rd_kafka_event_error_string(event)))
        error.isFatal = unsafe rd_kafka_event_error_is_fatal(event) != 0
        switch code {
        case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET, RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE:
            guard let place = unsafe place(of: event), let position = positions[place.partition] else { return nil }
            return error.eventLogError(
                "offset \(position) of \(place.partition) lies below the first kept record or above the end")
        case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
            return error.eventLogError("the brokers do not allow reading", kind: .fatal)
        default:
            // Of a consumer's fatal errors the event says no more than that there is one.
            if error.isFatal || code == RD_KAFKA_RESP_ERR__FATAL { return ended(handle.fatalError ?? error) }
            handle.callbacks.tell(error)
            return nil
        }
    }

    /// Nothing comes any more: every further `receive` says so too.
    private func ended(_ error: LibraryError) -> EventLogError {
        let failure =
            error.code == RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID
            ? error.eventLogError("another member has joined the group under this one's instance id")
            : error.eventLogError("reading has ended", kind: .fatal)
        end = failure
        return failure
    }

    private func place(of event: OpaquePointer) -> PartitionList.Element? {
        guard let found = unsafe rd_kafka_event_topic_partition(event) else { return nil }
        defer { unsafe rd_kafka_topic_partition_destroy(found) }
        let topic = unsafe String(cString: found.pointee.topic)
        return unsafe PartitionList.Element(
            partition: TopicPartition(
                topic.hasPrefix(prefix) ? String(topic.dropFirst(prefix.count)) : topic, Int(found.pointee.partition)),
            offset: found.pointee.offset, error: nil)
    }
}
