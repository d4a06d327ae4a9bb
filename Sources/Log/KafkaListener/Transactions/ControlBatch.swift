import EventLog

/// The marker that ends a transaction in a partition: a batch of one record that no reader is given.
/// Source: Kafka's protocol guide, "Control Batches".
enum ControlBatch {
    private static let transactional: Int16 = 0x10
    private static let control: Int16 = 0x20

    static func make(isCommit: Bool, producerID: Int64, epoch: Int16, timestamp: Int64) -> RecordBatch {
        var builder = RecordBatchBuilder(capacity: 80)
        // Version 0 of the key, then the type; version 0 of the value, then the coordinator's epoch.
        builder.append(
            key: [0, 0, 0, isCommit ? 1 : 0], value: [0, 0, 0, 0, 0, 0], timestamp: timestamp)
        return builder.finish { header in
            header.attributes = transactional | control
            header.producerID = producerID
            header.producerEpoch = epoch
        }
    }
}
