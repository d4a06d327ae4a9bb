extension Broker {
    /// The highest epoch that is given out; the next producer gets a new id.
    private static let epochMax: Int16 = 32_766

    /// Who asks for a producer id. An id and epoch that it has already are -1 when it has none.
    private struct Applicant {
        var transactionalID: String?
        var timeoutMilliseconds: Int32
        var producerID: Int64
        var epoch: Int16
    }

    func initProducerID(_ request: Request) throws {
        var reader = request.body
        let version = request.version
        let applicant = Applicant(
            transactionalID: try reader.nullableString(), timeoutMilliseconds: try reader.int32(),
            producerID: version >= 3 ? try reader.int64() : -1, epoch: version >= 3 ? try reader.int16() : -1)
        try reader.tags()
        let result = initProducer(applicant, request)
        answerAfterCommit(request) { writer, _ in
            writer.int32(0)
            switch result {
            case .success(let producer):
                writer.error(.none)
                writer.int64(producer.id)
                writer.int16(producer.epoch)
            case .failure(let failure):
                writer.error(failure.code)
                writer.int64(-1)
                writer.int16(-1)
            }
            writer.tags()
        }
    }

    private func initProducer(
        _ applicant: Applicant, _ request: Request
    ) -> Result<(id: Int64, epoch: Int16), BrokerError> {
        if let injected = request.injectedError { return .failure(BrokerError(injected)) }
        guard let transactionalID = applicant.transactionalID else { return .success((allocateProducerID(), 0)) }
        if transactionalID.isEmpty { return .failure(BrokerError(.invalidRequest)) }
        if let error = coordinatorError(transactionalID, request) { return .failure(BrokerError(error)) }
        guard (1...configuration.transactionTimeoutMillisecondsMax).contains(applicant.timeoutMilliseconds) else {
            return .failure(BrokerError(.invalidTransactionTimeout))
        }
        guard var transaction = transactions[transactionalID] else {
            let transaction = TransactionState(
                producerID: allocateProducerID(), epoch: 0, timeoutMilliseconds: applicant.timeoutMilliseconds)
            set(transaction, of: transactionalID)
            return .success((transaction.producerID, transaction.epoch))
        }
        transaction.timeoutMilliseconds = applicant.timeoutMilliseconds
        if applicant.producerID >= 0 {
            // A producer that goes on after an error. Its last answer may have been lost. Source: KIP-360.
            if applicant.producerID == transaction.producerID, applicant.epoch == transaction.previousEpoch {
                return .success((transaction.producerID, transaction.epoch))
            }
            guard applicant.producerID == transaction.producerID, applicant.epoch == transaction.epoch else {
                return .failure(BrokerError(.producerFenced))
            }
        }
        if let error = fence(transactionalID, &transaction) { return .failure(error) }
        transaction.previousEpoch = applicant.producerID >= 0 ? applicant.epoch : -1
        set(transaction, of: transactionalID)
        return .success((transaction.producerID, transaction.epoch))
    }

    /// Aborts what is open and gives out the next epoch.
    func fence(_ transactionalID: String, _ transaction: inout TransactionState) -> BrokerError? {
        if transaction.epoch >= Broker.epochMax {
            if transaction.status == .ongoing, let error = end(&transaction, isCommit: false) { return error }
            transactionalIDs[transaction.producerID] = nil
            transaction.producerID = allocateProducerID()
            transaction.epoch = 0
        } else {
            transaction.epoch += 1
            // The markers carry the new epoch: partitions refuse the old one from then on.
            if transaction.status == .ongoing, let error = end(&transaction, isCommit: false) { return error }
        }
        transaction.status = .empty
        return nil
    }

    /// Makes `transaction` the state of the id, with the next commit for good.
    func set(_ transaction: TransactionState, of transactionalID: String) {
        transactions[transactionalID] = transaction
        transactionalIDs[transaction.producerID] = transactionalID
        save(transactionalID, transaction)
    }

    private func allocateProducerID() -> Int64 {
        let identifier = nextProducerID
        nextProducerID += 1
        stage(StateCodec.nextProducerIDKey, StateCodec.encode { $0.int64(identifier + 1) })
        return identifier
    }
}
