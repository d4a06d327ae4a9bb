// SAFETY: the answer to a metadata request is read and freed in one function.
import CRDKafka
import EventLog
import Synchronization

/// How many partitions each topic has, remembered: a topic's count is fixed.
final class TopicDirectory: Sendable {
    private let administration: KafkaHandle
    private let prefix: String
    private let counts = Mutex<[String: Int]>([:])

    init(_ administration: KafkaHandle, prefix: String) {
        self.administration = administration
        self.prefix = prefix
    }

    /// The partition count of `topic`; nil when there is no such topic.
    /// - Throws: `disconnected` or `timedOut` (retriable) when the brokers do not answer.
    func partitionCount(of topic: String, timeoutMilliseconds: Int32) throws(EventLogError) -> Int? {
        if let known = counts.withLock({ $0[topic] }) { return known }
        return try refresh(timeoutMilliseconds: timeoutMilliseconds)[topic]
    }

    /// All topics with their partition counts, as the brokers know them now. Creates none.
    @discardableResult
    func refresh(timeoutMilliseconds: Int32) throws(EventLogError) -> [String: Int] {
        var answer: UnsafePointer<rd_kafka_metadata>?
        let code = unsafe rd_kafka_metadata(administration.client, 1, nil, &answer, timeoutMilliseconds)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR, let metadata = unsafe answer else {
            throw LibraryError(code).eventLogError("the brokers did not say which topics there are")
        }
        defer { unsafe rd_kafka_metadata_destroy(metadata) }
        var found: [String: Int] = [:]
        for index in 0..<max(0, Int(unsafe metadata.pointee.topic_cnt)) {
            let topic = unsafe metadata.pointee.topics[index]
            let name = unsafe String(cString: topic.topic)
            guard name.hasPrefix(prefix), unsafe topic.err == RD_KAFKA_RESP_ERR_NO_ERROR, unsafe topic.partition_cnt > 0
            else { continue }
            found[String(name.dropFirst(prefix.count))] = unsafe Int(topic.partition_cnt)
        }
        counts.withLock { $0 = found }
        return found
    }

    /// Asks again for `topic` the next time.
    func forget(_ topic: String) {
        counts.withLock { $0[topic] = nil }
    }
}
