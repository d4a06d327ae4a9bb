public import EventLog

extension KafkaLog {
    /// Creates `topic`, or checks that it exists as asked; see `TransactionalLog`.
    /// - Throws: besides, `topicMismatch` when it exists and takes smaller records than `KafkaConfiguration.recordBytesMax`.
    public func createTopic(_ topic: String, _ configuration: TopicConfiguration) throws(EventLogError) {
        try checkOpen()
        try configuration.validate(asTopic: topic)
        try configuration.validate(asTopic: self.configuration.namePrefix + topic)
        if try isAsWanted(topic, configuration) { return }
        let settings = TopicSettings.wanted(configuration, recordBytesMax: self.configuration.recordBytesMax)
        _ = try patiently { (timeout) throws(EventLogError) in
            try topicAdministration.create(
                topic, partitions: configuration.partitions, replicationFactor: self.configuration.replicationFactor,
                settings: settings, timeoutMilliseconds: timeout)
        }
        // The broker that is asked may hear of the topic later than the one that created it.
        try patiently { (timeout) throws(EventLogError) in
            guard try topicDirectory.partitionCount(of: topic, timeoutMilliseconds: timeout) != nil else {
                throw EventLogError(.retriable, .timedOut, "topic \"\(topic)\" was created and can't be seen yet")
            }
        }
        _ = try isAsWanted(topic, configuration)
    }

    /// Checks that `topic` exists as wanted, and changes nothing.
    /// - Throws: `unknownTopic`; `topicMismatch` for another partition count, clean-up or retention, or when it takes smaller
    ///   records than `KafkaConfiguration.recordBytesMax`.
    public func checkTopic(_ topic: String, _ wanted: TopicConfiguration) throws(EventLogError) {
        try checkOpen()
        guard let (existing, settings) = try describe(topic) else {
            throw EventLogError(.fatal, .unknownTopic, "there is no topic \"\(topic)\"")
        }
        try check(topic, existing, settings, against: wanted)
        guard existing.retention == wanted.retention else {
            func text(_ kept: Duration?) -> String {
                kept.map { "for \($0.components.seconds) seconds" }
                    ?? (wanted.cleanup == .compact ? "as the brokers like" : "for ever")
            }
            throw EventLogError(
                .fatal, .topicMismatch,
                "topic \"\(topic)\" keeps its \(wanted.cleanup == .compact ? "tombstones" : "records") "
                    + "\(text(existing.retention)), not \(text(wanted.retention))")
        }
    }

    public func topic(_ topic: String) throws(EventLogError) -> TopicConfiguration? {
        try checkOpen()
        return try describe(topic)?.configuration
    }

    public func topics() throws(EventLogError) -> [String] {
        try checkOpen()
        return try patiently { (timeout) throws(EventLogError) in
            try topicDirectory.refresh(timeoutMilliseconds: timeout).keys.sorted()
        }
    }

    var topicAdministration: TopicAdministration {
        TopicAdministration(handle: administration, prefix: configuration.namePrefix)
    }

    /// Checks an existing topic and gives it the wanted retention. False when there is no such topic.
    private func isAsWanted(_ topic: String, _ wanted: TopicConfiguration) throws(EventLogError) -> Bool {
        guard let (existing, settings) = try describe(topic) else { return false }
        try check(topic, existing, settings, against: wanted)
        guard existing.retention != wanted.retention else { return true }
        try patiently { (timeout) throws(EventLogError) in
            try topicAdministration.change(
                topic, to: settings.changed(to: wanted), timeoutMilliseconds: timeout)
        }
        return true
    }

    /// - Throws: `topicMismatch` for what can't be changed.
    private func check(
        _ topic: String, _ existing: TopicConfiguration, _ settings: TopicSettings, against wanted: TopicConfiguration
    ) throws(EventLogError) {
        try existing.requireMatch(wanted, ofTopic: topic)
        if let bytesMax = settings.recordBytesMax, bytesMax < configuration.recordBytesMax {
            throw EventLogError(
                .fatal, .topicMismatch,
                "topic \"\(topic)\" takes records of at most \(bytesMax) bytes (\(TopicSettings.recordBytesMax)), but "
                    + "this log is configured for \(configuration.recordBytesMax); raise the one or lower the other")
        }
    }

    private func describe(
        _ topic: String
    ) throws(EventLogError) -> (configuration: TopicConfiguration, settings: TopicSettings)? {
        try patiently { (timeout) throws(EventLogError) in
            guard let count = try topicDirectory.partitionCount(of: topic, timeoutMilliseconds: timeout),
                let settings = try topicAdministration.settings(of: topic, timeoutMilliseconds: timeout)
            else { return nil }
            return (settings.configuration(partitions: count), settings)
        }
    }
}
