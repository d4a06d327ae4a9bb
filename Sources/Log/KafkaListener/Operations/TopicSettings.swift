/// The configuration of a topic that differs from Kafka's defaults, by Kafka's names.
struct TopicSettings: Equatable {
    /// Only what was set.
    private(set) var values: [String: String] = [:]

    /// A setting that clients may read: its default, and what it has to look like.
    struct Definition {
        var name: String
        var byDefault: String
        var kind: Kind

        enum Kind {
            case number(ClosedRange<Int64>)
            case ratio
            case flag
            case choice([String])
            /// Some of these, with commas.
            case list([String])
            case text
        }
    }

    /// Settings with an effect here come first; the rest is kept and told, as clients expect.
    /// Source: Apache Kafka's "Topic Configs".
    static let definitions: [Definition] = [
        Definition(name: "cleanup.policy", byDefault: "delete", kind: .list(["delete", "compact"])),
        Definition(name: "delete.retention.ms", byDefault: "86400000", kind: .number(0 ... .max)),
        Definition(name: "max.message.bytes", byDefault: "1048588", kind: .number(0...Int64(Int32.max))),
        Definition(
            name: "message.timestamp.type", byDefault: "CreateTime", kind: .choice(["CreateTime", "LogAppendTime"])),
        Definition(name: "min.cleanable.dirty.ratio", byDefault: "0.5", kind: .ratio),
        Definition(name: "min.compaction.lag.ms", byDefault: "0", kind: .number(0 ... .max)),
        Definition(name: "retention.bytes", byDefault: "-1", kind: .number(-1 ... .max)),
        Definition(name: "retention.ms", byDefault: "604800000", kind: .number(-1 ... .max)),
        Definition(
            name: "compression.type", byDefault: "producer",
            kind: .choice(["uncompressed", "zstd", "lz4", "snappy", "gzip", "producer"])),
        Definition(name: "file.delete.delay.ms", byDefault: "60000", kind: .number(0 ... .max)),
        Definition(name: "flush.messages", byDefault: "9223372036854775807", kind: .number(1 ... .max)),
        Definition(name: "flush.ms", byDefault: "9223372036854775807", kind: .number(0 ... .max)),
        Definition(name: "follower.replication.throttled.replicas", byDefault: "", kind: .text),
        Definition(name: "index.interval.bytes", byDefault: "4096", kind: .number(0 ... .max)),
        Definition(name: "leader.replication.throttled.replicas", byDefault: "", kind: .text),
        Definition(name: "max.compaction.lag.ms", byDefault: "9223372036854775807", kind: .number(1 ... .max)),
        Definition(name: "message.downconversion.enable", byDefault: "true", kind: .flag),
        Definition(name: "message.format.version", byDefault: "3.0-IV1", kind: .text),
        Definition(
            name: "message.timestamp.after.max.ms", byDefault: "3600000", kind: .number(0 ... .max)),
        Definition(
            name: "message.timestamp.before.max.ms", byDefault: "9223372036854775807", kind: .number(0 ... .max)),
        Definition(
            name: "message.timestamp.difference.max.ms", byDefault: "9223372036854775807", kind: .number(0 ... .max)),
        Definition(name: "min.insync.replicas", byDefault: "1", kind: .number(1 ... .max)),
        Definition(name: "preallocate", byDefault: "false", kind: .flag),
        Definition(name: "segment.bytes", byDefault: "1073741824", kind: .number(14 ... .max)),
        Definition(name: "segment.index.bytes", byDefault: "10485760", kind: .number(4 ... .max)),
        Definition(name: "segment.jitter.ms", byDefault: "0", kind: .number(0 ... .max)),
        Definition(name: "segment.ms", byDefault: "604800000", kind: .number(1 ... .max)),
        Definition(name: "unclean.leader.election.enable", byDefault: "false", kind: .flag),
    ]

    init() {}

    /// Sets `name`; nil makes it Kafka's default again.
    /// - Throws: `invalidConfig` for a name or value that Kafka has not.
    mutating func set(_ name: String, _ value: String?) throws(BrokerError) {
        guard let definition = TopicSettings.definitions.first(where: { $0.name == name }) else {
            throw BrokerError(.invalidConfig, "a topic has no setting \"\(name)\"")
        }
        guard let value else {
            values[name] = nil
            return
        }
        guard definition.kind.accepts(value) else {
            throw BrokerError(.invalidConfig, "\"\(value)\" is no value of \"\(name)\"")
        }
        values[name] = value
    }

    /// The value of `name`, Kafka's default unless it was set.
    subscript(_ name: String) -> String {
        values[name] ?? TopicSettings.definitions.first { $0.name == name }?.byDefault ?? ""
    }

    func number(_ name: String) -> Int64 { Int64(self[name]) ?? 0 }
    var isCompacted: Bool { self["cleanup.policy"].contains("compact") }
    var isDeleted: Bool { self["cleanup.policy"].contains("delete") }
    var hasAppendTimestamps: Bool { values["message.timestamp.type"] == "LogAppendTime" }
}

extension TopicSettings.Definition.Kind {
    fileprivate func accepts(_ value: String) -> Bool {
        switch self {
        case .number(let range): Int64(value).map(range.contains) ?? false
        case .ratio: Double(value).map { (0...1).contains($0) } ?? false
        case .flag: value == "true" || value == "false"
        case .choice(let choices): choices.contains(value)
        case .list(let choices):
            !value.isEmpty && value.split(separator: ",").allSatisfy { choices.contains(String($0)) }
        case .text: true
        }
    }

    /// The number by which DescribeConfigs tells the type. Source: Kafka's DescribeConfigsResponse.
    var wireType: Int8 {
        switch self {
        case .flag: 1
        case .choice, .text: 2
        case .number: 5
        case .ratio: 6
        case .list: 7
        }
    }
}

extension TopicSettings {
    /// A setting as CreateTopics tells it. Source: Kafka's ConfigSource: 1 is the topic's own, 5 the default.
    func write(_ definition: Definition, to writer: inout WireWriter) {
        writer.string(definition.name)
        writer.string(self[definition.name])
        writer.bool(false)
        writer.int8(values[definition.name] == nil ? 5 : 1)
        writer.bool(false)
        writer.tags()
    }

    func write(to writer: inout WireWriter) {
        writer.array(values.sorted { $0.key < $1.key }) { writer, setting in
            writer.string(setting.key)
            writer.string(setting.value)
        }
    }

    init(from reader: inout WireReader) throws {
        let entries = try reader.array { (try $0.string(), try $0.string()) }
        values = Dictionary(entries) { $1 }
    }
}
