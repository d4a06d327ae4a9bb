import EventLog

/// Writing and reading text.
enum KafkaLogs {
    static func batch(_ values: [String]) -> RecordBatch {
        var builder = RecordBatchBuilder()
        for value in values { builder.append(key: [1], value: Array(value.utf8), timestamp: 1_000) }
        return builder.finish()
    }

    static func transaction(
        _ partition: TopicPartition, _ values: [String], consumed: ConsumedOffsets? = nil
    ) -> Transaction {
        var transaction = Transaction(consumed: consumed)
        transaction.append(batch(values), to: partition)
        return transaction
    }

    static func values(_ log: any TransactionalLog, _ partition: TopicPartition) throws -> [String] {
        var values: [String] = []
        try log.readToEnd(partition) { values.append(String(decoding: $0.value ?? [], as: UTF8.self)) }
        return values
    }
}
