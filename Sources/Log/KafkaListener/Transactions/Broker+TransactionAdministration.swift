import EventLog

extension Broker {
    func describeProducers(_ request: Request) throws {
        var reader = request.body
        let topics = try reader.array { reader in
            let topic = (try reader.string(), try reader.array { try $0.int32() })
            try reader.tags()
            return topic
        }
        try reader.tags()
        answer(request) { writer in
            writer.int32(0)
            writer.array(topics) { writer, topic in
                writer.string(topic.0)
                writer.array(topic.1) { writer, index in
                    let partition = TopicPartition(topic.0, Int(index))
                    writer.int32(index)
                    writer.error(leaderError(partition, request) ?? .none)
                    writer.string(nil)
                    let producers = partitions[partition]?.producers.sorted { $0.key < $1.key } ?? []
                    writer.array(producers) { writer, producer in
                        writer.int64(producer.key)
                        writer.int32(Int32(producer.value.epoch))
                        writer.int32(producer.value.batches.last?.lastSequence ?? -1)
                        writer.int64(producer.value.lastWall)
                        writer.int32(0)
                        writer.int64(producer.value.openSince ?? -1)
                        writer.tags()
                    }
                    writer.tags()
                }
                writer.tags()
            }
            writer.tags()
        }
    }

    func describeTransactions(_ request: Request) throws {
        var reader = request.body
        let names = try reader.array { try $0.string() }
        try reader.tags()
        answer(request) { writer in
            writer.int32(0)
            writer.array(names) { writer, name in
                let error = coordinatorError(name, request)
                let transaction = error == nil ? transactions[name] : nil
                // Source: Kafka's TRANSACTIONAL_ID_NOT_FOUND.
                writer.int16(error?.rawValue ?? (transaction == nil ? 105 : 0))
                writer.string(name)
                writer.string(transaction?.status.name ?? "")
                writer.int32(transaction?.timeoutMilliseconds ?? 0)
                writer.int64(transaction?.status == .ongoing ? transaction?.beganWall ?? -1 : -1)
                writer.int64(transaction?.producerID ?? -1)
                writer.int16(transaction?.epoch ?? -1)
                let topics = (transaction?.partitions ?? []).sorted().chunked { $0.topic == $1.topic }
                writer.array(topics) { writer, partitions in
                    writer.string(partitions.first?.topic)
                    writer.array(partitions) { $0.int32(Int32($1.partition)) }
                    writer.tags()
                }
                writer.tags()
            }
            writer.tags()
        }
    }

    func listTransactions(_ request: Request) throws {
        var reader = request.body
        let states = try reader.array { try $0.string() }
        let producers = try reader.array { try $0.int64() }
        try reader.tags()
        let found = transactions.sorted { $0.key < $1.key }.filter { name, transaction in
            cluster.coordinator(of: name) == request.node
                && (states.isEmpty || states.contains(transaction.status.name))
                && (producers.isEmpty || producers.contains(transaction.producerID))
        }
        answer(request) { writer in
            writer.int32(0)
            writer.error(request.injectedError ?? .none)
            writer.array([String]()) { $0.string($1) }
            writer.array(found) { writer, transaction in
                writer.string(transaction.key)
                writer.int64(transaction.value.producerID)
                writer.string(transaction.value.status.name)
                writer.tags()
            }
            writer.tags()
        }
    }
}

extension TransactionState.Status {
    /// What Kafka calls it.
    fileprivate var name: String {
        switch self {
        case .empty: "Empty"
        case .ongoing: "Ongoing"
        case .committed: "CompleteCommit"
        case .aborted: "CompleteAbort"
        }
    }
}
