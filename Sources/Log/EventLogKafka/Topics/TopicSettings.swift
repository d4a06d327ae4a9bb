import EventLog

/// The settings of a topic on the brokers that the contract speaks of. Source: Kafka's topic configuration.
struct TopicSettings {
    static let cleanup = "cleanup.policy"
    static let retention = "retention.ms"
    static let tombstoneRetention = "delete.retention.ms"
    static let recordBytesMax = "max.message.bytes"

    /// One setting as the brokers know it.
    struct Entry {
        var value: String
        /// Set for this topic, not a default of the brokers.
        var isOwn: Bool
    }

    /// By name.
    var entries: [String: Entry]

    /// What a topic is created with, or changed to. A retention that is kept for ever is -1.
    static func wanted(_ configuration: TopicConfiguration, recordBytesMax: Int) -> [(name: String, value: String)] {
        let milliseconds = configuration.retention.map { "\($0.milliseconds)" }
        return switch configuration.cleanup {
        case .delete:
            [
                (cleanup, "delete"), (retention, milliseconds ?? "-1"), (Self.recordBytesMax, "\(recordBytesMax)"),
            ]
        case .compact:
            [(cleanup, "compact"), (Self.recordBytesMax, "\(recordBytesMax)")]
                + (milliseconds.map { [(tombstoneRetention, $0)] } ?? [])
        }
    }

    /// The contract's words for a topic with `partitions` partitions and these settings.
    func configuration(partitions: Int) -> TopicConfiguration {
        let policies = (entries[Self.cleanup]?.value ?? "delete").split(separator: ",").map { $0.filter { $0 != " " } }
        if policies.contains("compact") {
            let own = entries[Self.tombstoneRetention].flatMap { $0.isOwn ? Int64($0.value) : nil }
            return TopicConfiguration(
                partitions: partitions, cleanup: .compact, retention: own.map { .milliseconds($0) })
        }
        let kept = entries[Self.retention].flatMap { Int64($0.value) } ?? -1
        return TopicConfiguration(partitions: partitions, retention: kept < 0 ? nil : .milliseconds(kept))
    }

    /// The biggest record batch that the topic takes, if the brokers say so.
    var recordBytesMax: Int? { entries[Self.recordBytesMax].flatMap { Int($0.value) } }

    /// What to set so that retention is as in `wanted` and all other settings of the topic stay as they are: the brokers
    /// forget those that are not named.
    func changed(to wanted: TopicConfiguration) -> [(name: String, value: String)] {
        let name = wanted.cleanup == .compact ? Self.tombstoneRetention : Self.retention
        let value = wanted.retention.map { "\($0.milliseconds)" } ?? (wanted.cleanup == .delete ? "-1" : nil)
        let kept = entries.filter { $0.value.isOwn && $0.key != name }.sorted { $0.key < $1.key }
        return kept.map { ($0.key, $0.value.value) } + (value.map { [(name, $0)] } ?? [])
    }
}
