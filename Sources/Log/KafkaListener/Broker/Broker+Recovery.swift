import BatchStore
import EventLog

extension Broker {
    /// Reads what the storage holds of topics, producers, transactions and groups.
    func load() throws(EventLogError) {
        topicSettings = [:]
        partitions = [:]
        transactions = [:]
        transactionalIDs = [:]
        offsets = [:]
        nextProducerID = 1
        do {
            for entry in try storage.metadata(prefix: StateCodec.prefix) {
                guard let value = entry.value else { continue }
                try load(entry.key, value)
            }
        } catch let error as EventLogError {
            throw error
        } catch {
            throw EventLogError(.fatal, .corrupt, "the Kafka listener's state in the log can't be read: \(error)")
        }
        for partition in partitions.keys {
            partitions[partition]?.aborted.sort { $0.lastOffset < $1.lastOffset }
        }
    }

    private func load(_ key: String, _ value: [UInt8]) throws {
        if key == StateCodec.nextProducerIDKey {
            nextProducerID = try StateCodec.decode(value) { try $0.int64() }
        } else if let rest = key.remainder(after: StateCodec.settingsPrefix) {
            topicSettings[String(rest)] = try StateCodec.decode(value) { try TopicSettings(from: &$0) }
        } else if let rest = key.remainder(after: StateCodec.transactionPrefix) {
            try loadTransaction(String(rest), value)
        } else if let rest = key.remainder(after: StateCodec.offsetPrefix),
            let (group, partition) = StateCodec.split(rest)
        {
            offsets[group, default: [:]][partition] = try StateCodec.decode(value) { try CommittedOffset(from: &$0) }
        } else if let rest = key.remainder(after: StateCodec.producerPrefix),
            let (name, partition) = StateCodec.split(rest), let producerID = Int64(name)
        {
            partitions[partition, default: PartitionState()].producers[producerID] = try StateCodec.decode(value) {
                try PartitionState.Producer(from: &$0)
            }
        } else if let rest = key.remainder(after: StateCodec.abortedPrefix),
            let (name, partition) = StateCodec.split(rest), let lastOffset = Int64(name)
        {
            let range = try StateCodec.decode(value) {
                PartitionState.AbortedRange(
                    producerID: try $0.int64(), firstOffset: try $0.int64(), lastOffset: lastOffset)
            }
            partitions[partition, default: PartitionState()].aborted.append(range)
        }
    }

    private func loadTransaction(_ transactionalID: String, _ value: [UInt8]) throws {
        var transaction = try StateCodec.decode(value) { try TransactionState(from: &$0) }
        // Time in which the broker was not there does not count.
        transaction.beganElapsed = moment.elapsed
        if transaction.status == .ongoing { setTimer(of: transactionalID, &transaction) }
        transactions[transactionalID] = transaction
        transactionalIDs[transaction.producerID] = transactionalID
    }

    /// Stages the state of a transactional id, or that there is none any more.
    func save(_ transactionalID: String, _ transaction: TransactionState?) {
        stage(
            StateCodec.transactionKey(transactionalID),
            transaction.map { transaction in StateCodec.encode { transaction.write(to: &$0) } })
    }

    /// Stages what `partition` knows of a producer.
    func saveProducer(_ producerID: Int64, in partition: TopicPartition) {
        let producer = partitions[partition]?.producers[producerID]
        stage(
            StateCodec.producerKey(partition, producerID),
            producer.map { producer in StateCodec.encode { producer.write(to: &$0) } })
    }

    /// Stages an aborted range.
    func save(_ range: PartitionState.AbortedRange, in partition: TopicPartition) {
        stage(
            StateCodec.abortedKey(partition, range.lastOffset),
            StateCodec.encode {
                $0.int64(range.producerID)
                $0.int64(range.firstOffset)
            })
    }

    /// Sets a group's offset, or with nil forgets it, and stages that.
    func setOffset(_ offset: CommittedOffset?, of group: String, in partition: TopicPartition) {
        offsets[group, default: [:]][partition] = offset
        if offsets[group]?.isEmpty == true { offsets[group] = nil }
        stage(
            StateCodec.offsetKey(group, partition),
            offset.map { offset in StateCodec.encode { offset.write(to: &$0) } })
    }
}

extension String {
    /// What follows `prefix`; nil when the text does not begin so.
    fileprivate func remainder(after prefix: String) -> Substring? {
        hasPrefix(prefix) ? dropFirst(prefix.count) : nil
    }
}
