// SAFETY: every object that librdkafka makes for a request is freed in the function that asked for it; what an answer
// holds is copied while the answer is alive.
import CRDKafka
import EventLog

/// Creates topics, reads their settings and changes them.
struct TopicAdministration {
    let handle: KafkaHandle
    let prefix: String

    /// Creates `topic`.
    /// - Returns: false when it exists already.
    func create(
        _ topic: String, partitions: Int, replicationFactor: Int?, settings: [(name: String, value: String)],
        timeoutMilliseconds: Int32
    ) throws(EventLogError) -> Bool {
        let failure = ErrorText()
        let new = unsafe rd_kafka_NewTopic_new(
            prefix + topic, Int32(clamping: partitions), Int32(clamping: replicationFactor ?? -1), failure.buffer,
            failure.capacity)
        guard let new = unsafe new else {
            throw EventLogError(.fatal, .invalidArgument, "topic \"\(topic)\" can't be created: \(failure.text)")
        }
        defer { unsafe rd_kafka_NewTopic_destroy(new) }
        for (name, value) in settings { _ = unsafe rd_kafka_NewTopic_set_config(new, name, value) }
        return try unsafe KafkaRequest.send(
            from: handle, timeoutMilliseconds: timeoutMilliseconds, "creating topic \"\(topic)\""
        ) { queue in
            var topics: [OpaquePointer?] = unsafe [new]
            unsafe rd_kafka_CreateTopics(handle.client, &topics, 1, nil, queue)
            return nil
        } read: { (event) throws(LibraryError) in
            var count = 0
            guard let answer = unsafe rd_kafka_event_CreateTopics_result(event),
                let results = unsafe rd_kafka_CreateTopics_result_topics(answer, &count), count > 0
            else { return true }
            let code = unsafe rd_kafka_topic_result_error(results[0])
            if code == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS { return false }
            guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
                let text = unsafe rd_kafka_topic_result_error_string(results[0]).map { unsafe String(cString: $0) }
                throw LibraryError(code, text: text)
            }
            return true
        }
    }

    /// The settings of `topic`; nil when there is no such topic.
    func settings(of topic: String, timeoutMilliseconds: Int32) throws(EventLogError) -> TopicSettings? {
        guard let resource = unsafe rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, prefix + topic) else {
            throw EventLogError(.fatal, .invalidArgument, "\"\(topic)\" is no topic name")
        }
        defer { unsafe rd_kafka_ConfigResource_destroy(resource) }
        return try unsafe KafkaRequest.send(
            from: handle, timeoutMilliseconds: timeoutMilliseconds, "reading the settings of topic \"\(topic)\""
        ) { queue in
            var resources: [OpaquePointer?] = unsafe [resource]
            unsafe rd_kafka_DescribeConfigs(handle.client, &resources, 1, nil, queue)
            return nil
        } read: { (event) throws(LibraryError) in
            var count = 0
            guard let answer = unsafe rd_kafka_event_DescribeConfigs_result(event),
                let results = unsafe rd_kafka_DescribeConfigs_result_resources(answer, &count), count > 0,
                let result = unsafe results[0]
            else { return nil }
            let code = unsafe rd_kafka_ConfigResource_error(result)
            if code == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART { return nil }
            try unsafe TopicAdministration.check(result)
            return unsafe TopicSettings(entries: TopicAdministration.entries(of: result))
        }
    }

    /// Gives `topic` these settings and no others.
    func change(
        _ topic: String, to settings: [(name: String, value: String)], timeoutMilliseconds: Int32
    ) throws(EventLogError) {
        guard let resource = unsafe rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, prefix + topic) else {
            throw EventLogError(.fatal, .invalidArgument, "\"\(topic)\" is no topic name")
        }
        defer { unsafe rd_kafka_ConfigResource_destroy(resource) }
        for (name, value) in settings { _ = unsafe rd_kafka_ConfigResource_set_config(resource, name, value) }
        try unsafe KafkaRequest.send(
            from: handle, timeoutMilliseconds: timeoutMilliseconds, "changing the settings of topic \"\(topic)\""
        ) { queue in
            var resources: [OpaquePointer?] = unsafe [resource]
            unsafe rd_kafka_AlterConfigs(handle.client, &resources, 1, nil, queue)
            return nil
        } read: { (event) throws(LibraryError) in
            var count = 0
            guard let answer = unsafe rd_kafka_event_AlterConfigs_result(event),
                let results = unsafe rd_kafka_AlterConfigs_result_resources(answer, &count), count > 0,
                let result = unsafe results[0]
            else { return }
            try unsafe TopicAdministration.check(result)
        }
    }

    /// - Throws: the error of one topic in an answer.
    private static func check(_ result: OpaquePointer) throws(LibraryError) {
        let code = unsafe rd_kafka_ConfigResource_error(result)
        guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { return }
        let text = unsafe rd_kafka_ConfigResource_error_string(result).map { unsafe String(cString: $0) }
        throw LibraryError(code, text: text)
    }

    private static func entries(of result: OpaquePointer) -> [String: TopicSettings.Entry] {
        var count = 0
        guard let configs = unsafe rd_kafka_ConfigResource_configs(result, &count) else { return [:] }
        var entries: [String: TopicSettings.Entry] = [:]
        for index in 0..<count {
            guard let entry = unsafe configs[index], let value = unsafe rd_kafka_ConfigEntry_value(entry) else {
                continue
            }
            let source = unsafe rd_kafka_ConfigEntry_source(entry)
            entries[unsafe String(cString: rd_kafka_ConfigEntry_name(entry))] = TopicSettings.Entry(
                value: unsafe String(cString: value),
                isOwn: source == RD_KAFKA_CONFIG_SOURCE_DYNAMIC_TOPIC_CONFIG)
        }
        return entries
    }
}
