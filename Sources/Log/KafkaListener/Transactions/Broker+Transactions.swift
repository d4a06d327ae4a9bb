import BatchStore
import EventLog

extension Broker {
    /// Who says that it holds a transactional id.
    private struct Holder {
        var transactionalID: String
        var producerID: Int64
        var epoch: Int16

        init(from reader: inout WireReader) throws {
            transactionalID = try reader.string()
            producerID = try reader.int64()
            epoch = try reader.int16()
        }
    }

    /// The transaction of `holder`, if it is the one who holds the id.
    /// - Parameter fencedSince: from which version on a fenced producer is told so by the error of its own.
    private func transaction(
        of holder: Holder, _ request: Request, fencedSince: Int16
    ) -> Result<TransactionState, BrokerError> {
        if let error = coordinatorError(holder.transactionalID, request) { return .failure(BrokerError(error)) }
        guard let transaction = transactions[holder.transactionalID], transaction.producerID == holder.producerID else {
            return .failure(BrokerError(.invalidProducerIDMapping))
        }
        guard transaction.epoch == holder.epoch else {
            return .failure(BrokerError(request.version >= fencedSince ? .producerFenced : .invalidProducerEpoch))
        }
        return .success(transaction)
    }

    /// Begins the transaction unless it is open.
    private func begin(_ transaction: inout TransactionState, of transactionalID: String) {
        guard transaction.status != .ongoing else { return }
        transaction.end(.ongoing)
        transaction.beganWall = moment.wall
        transaction.beganElapsed = moment.elapsed
        setTimer(of: transactionalID, &transaction)
    }

    /// One timer a transactional id is enough: when it is due it looks again.
    func setTimer(of transactionalID: String, _ transaction: inout TransactionState) {
        guard !transaction.isTimed else { return }
        transaction.isTimed = true
        timers.add(
            .transaction(transactionalID: transactionalID),
            at: transaction.beganElapsed + Int64(transaction.timeoutMilliseconds))
    }

    func addPartitionsToTransaction(_ request: Request) throws {
        var reader = request.body
        let holder = try Holder(from: &reader)
        let topics = try reader.array { reader in
            let topic = (try reader.string(), try reader.array { try $0.int32() })
            try reader.tags()
            return topic
        }
        try reader.tags()
        let partitions = topics.flatMap { topic in topic.1.map { TopicPartition(topic.0, Int($0)) } }
        let unknown = partitions.filter { (try? storage.extent(of: $0)) == nil }
        let own = partitions.filter { isOwn($0.topic) }
        var failure: ErrorCode?
        switch transaction(of: holder, request, fencedSince: 2) {
        case .failure(let error): failure = error.code
        case .success(var transaction) where unknown.isEmpty && own.isEmpty:
            begin(&transaction, of: holder.transactionalID)
            let new = partitions.filter { !transaction.partitions.contains($0) }
            transaction.partitions.append(contentsOf: new)
            set(transaction, of: holder.transactionalID)
        case .success: break
        }
        answerAfterCommit(request) { writer, _ in
            writer.int32(0)
            writer.array(topics) { writer, topic in
                writer.string(topic.0)
                writer.array(topic.1) { writer, index in
                    let partition = TopicPartition(topic.0, Int(index))
                    writer.int32(index)
                    // All or nothing: one that can't be added keeps the others out.
                    if let failure {
                        writer.error(failure)
                    } else if own.contains(partition) {
                        writer.error(.topicAuthorizationFailed)
                    } else if unknown.contains(partition) {
                        writer.error(.unknownTopicOrPartition)
                    } else {
                        writer.int16(unknown.isEmpty && own.isEmpty ? 0 : Broker.operationNotAttempted)
                    }
                    writer.tags()
                }
                writer.tags()
            }
            writer.tags()
        }
    }

    /// Source: Kafka's OPERATION_NOT_ATTEMPTED.
    private static let operationNotAttempted: Int16 = 55

    func addOffsetsToTransaction(_ request: Request) throws {
        var reader = request.body
        let holder = try Holder(from: &reader)
        let group = try reader.string()
        try reader.tags()
        var failure: ErrorCode?
        switch transaction(of: holder, request, fencedSince: 2) {
        case .failure(let error): failure = error.code
        case .success(var transaction):
            begin(&transaction, of: holder.transactionalID)
            if transaction.groups[group] == nil { transaction.groups[group] = [] }
            set(transaction, of: holder.transactionalID)
        }
        answerAfterCommit(request) { writer, _ in
            writer.int32(0)
            writer.error(failure ?? .none)
            writer.tags()
        }
    }

    func commitOffsetsInTransaction(_ request: Request) throws {
        var reader = request.body
        let version = request.version
        let transactionalID = try reader.string()
        let name = try reader.string()
        let producerID = try reader.int64()
        let epoch = try reader.int16()
        let generation = version >= 3 ? try reader.int32() : -1
        let memberID = version >= 3 ? try reader.string() : ""
        let instanceID = version >= 3 ? try reader.nullableString() : nil
        let topics = try offsetTopics(from: &reader, hasEpochs: version >= 2)
        try reader.tags()
        var transaction = transactions[transactionalID]
        var error = coordinatorError(name, request)
        if error == nil { error = memberError(name, generation, memberID, instanceID) }
        if error == nil {
            if transaction?.producerID != producerID {
                error = .invalidProducerIDMapping
            } else if transaction?.epoch != epoch {
                error = .invalidProducerEpoch
            } else if transaction?.status != .ongoing || transaction?.groups[name] == nil {
                error = .invalidTransactionState
            }
        }
        let results = store(topics, error) { partition, offset in
            transaction?.groups[name, default: []].removeAll { $0.partition == partition }
            transaction?.groups[name, default: []].append(.init(partition: partition, offset: offset))
        }
        if error == nil, let transaction { set(transaction, of: transactionalID) }
        answerAfterCommit(request) { writer, _ in
            writer.int32(0)
            Broker.write(&writer, results)
        }
    }

    /// A member that a rebalance has left behind may not move its group's offsets. Source: KIP-447.
    private func memberError(
        _ name: String, _ generation: Int32, _ memberID: String, _ instanceID: String?
    ) -> ErrorCode? {
        if generation < 0, memberID.isEmpty, instanceID == nil { return nil }
        guard let group = groups[name] else { return .illegalGeneration }
        return group.memberError(memberID, instanceID: instanceID, generation: generation)
    }

    func endTransaction(_ request: Request) throws {
        var reader = request.body
        let holder = try Holder(from: &reader)
        let isCommit = try reader.bool()
        try reader.tags()
        var failure: ErrorCode?
        switch transaction(of: holder, request, fencedSince: 2) {
        case .failure(let error): failure = error.code
        case .success(var transaction):
            switch transaction.status {
            case .ongoing:
                failure = end(&transaction, isCommit: isCommit)?.code
                if failure == nil { set(transaction, of: holder.transactionalID) }
            // The answer to the same request was lost.
            case .committed: failure = isCommit ? nil : .invalidTransactionState
            case .aborted: failure = isCommit ? .invalidTransactionState : nil
            case .empty: failure = .invalidTransactionState
            }
        }
        answerAfterCommit(request) { writer, _ in
            writer.int32(0)
            writer.error(failure ?? .none)
            writer.tags()
        }
    }

    /// Stages the markers of a transaction, its offsets and its end: all of it is one commit, so there is nothing to prepare.
    func end(_ transaction: inout TransactionState, isCommit: Bool) -> BrokerError? {
        do {
            for partition in transaction.partitions {
                guard (try? storage.extent(of: partition)) != nil else { continue }
                let offset = try nextOffset(of: partition)
                let marker = ControlBatch.make(
                    isCommit: isCommit, producerID: transaction.producerID, epoch: transaction.epoch,
                    timestamp: moment.wall)
                stage(marker, to: partition)
                let aborted = partitions[partition]?.ended(
                    producerID: transaction.producerID, epoch: transaction.epoch, at: offset, isCommit: isCommit)
                if let aborted { save(aborted, in: partition) }
                if partitions[partition]?.producers[transaction.producerID] != nil {
                    saveProducer(transaction.producerID, in: partition)
                }
            }
        } catch {
            return BrokerError(error)
        }
        if isCommit {
            for (group, pending) in transaction.groups.sorted(by: { $0.key < $1.key }) {
                for entry in pending { setOffset(entry.offset, of: group, in: entry.partition) }
            }
        }
        transaction.end(isCommit ? .committed : .aborted)
        return nil
    }

    /// A transaction that takes longer than its producer said is aborted, and its producer fenced.
    func transactionTimer(_ transactionalID: String) {
        transactions[transactionalID]?.isTimed = false
        guard var transaction = transactions[transactionalID], transaction.status == .ongoing else { return }
        guard transaction.beganElapsed + Int64(transaction.timeoutMilliseconds) <= moment.elapsed else {
            setTimer(of: transactionalID, &transaction)
            transactions[transactionalID] = transaction
            return
        }
        log("transaction of \"\(transactionalID)\" took longer than \(transaction.timeoutMilliseconds) ms: aborted")
        if let error = fence(transactionalID, &transaction) {
            log("transaction of \"\(transactionalID)\" can't be aborted: \(error.message ?? "\(error.code)")")
            return
        }
        transaction.previousEpoch = -1
        set(transaction, of: transactionalID)
    }
}
