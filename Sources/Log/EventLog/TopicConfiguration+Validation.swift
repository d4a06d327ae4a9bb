extension TopicConfiguration {
    /// Checks what every log demands of a new topic.
    /// - Throws: `invalidArgument` for a name outside `[a-zA-Z0-9._-]{1,249}` (Source: Kafka's topic names) or a
    ///   partition count outside 1...10,000.
    public func validate(asTopic name: String) throws(EventLogError) {
        let isValid =
            (1...249).contains(name.utf8.count) && name != "." && name != ".."
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
        guard isValid else {
            throw EventLogError(
                .fatal, .invalidArgument,
                "\"\(name)\" is no topic name: 1 to 249 of a-z, A-Z, 0-9, \".\", \"_\" and \"-\" are allowed")
        }
        guard (1...10_000).contains(partitions) else {
            throw EventLogError(
                .fatal, .invalidArgument,
                "topic \"\(name)\" was asked for with \(partitions) partitions; 1 to 10,000 are possible")
        }
    }

    /// Checks that an existing topic, which has this configuration, can serve as the one that is wanted. Retention may differ.
    /// - Throws: `topicMismatch` when partition count or clean-up differ.
    public func requireMatch(_ wanted: TopicConfiguration, ofTopic name: String) throws(EventLogError) {
        guard partitions == wanted.partitions else {
            throw EventLogError(
                .fatal, .topicMismatch,
                "topic \"\(name)\" has \(partitions) partitions, not \(wanted.partitions); "
                    + "the count is fixed when a topic is created, because keys are placed by it")
        }
        guard cleanup == wanted.cleanup else {
            throw EventLogError(
                .fatal, .topicMismatch,
                "topic \"\(name)\" has clean-up \"\(cleanup)\", not \"\(wanted.cleanup)\"")
        }
    }
}
