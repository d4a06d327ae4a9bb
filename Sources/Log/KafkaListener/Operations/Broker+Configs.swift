import BatchStore
import EventLog

/// What a resource is, by its number on the wire. Source: Kafka's ConfigResource.Type.
private enum ResourceType {
    static let topic: Int8 = 2
    static let broker: Int8 = 4
}

extension Broker {
    func describeConfigs(_ request: Request) throws {
        var reader = request.body
        let version = request.version
        let resources = try reader.array { reader in
            let resource = (
                type: try reader.int8(), name: try reader.string(), keys: try reader.nullableArray { try $0.string() }
            )
            try reader.tags()
            return resource
        }
        if version >= 1 { _ = try reader.bool() }
        if version >= 3 { _ = try reader.bool() }
        try reader.tags()
        answer(request) { writer in
            writer.int32(0)
            writer.array(resources) { writer, resource in
                var settings = TopicSettings()
                let failure = outcome(request) { settings = try self.settings(resource.type, resource.name) }
                writer.error(failure?.code ?? .none)
                writer.string(failure?.message)
                writer.int8(resource.type)
                writer.string(resource.name)
                let shown = TopicSettings.definitions.filter {
                    failure == nil && resource.type == ResourceType.topic
                        && resource.keys?.contains($0.name) ?? true
                }
                writer.array(shown) { write(&$0, $1, of: settings, version) }
                writer.tags()
            }
            writer.tags()
        }
    }

    private func write(
        _ writer: inout WireWriter, _ definition: TopicSettings.Definition, of settings: TopicSettings, _ version: Int16
    ) {
        let isSet = settings.values[definition.name] != nil
        writer.string(definition.name)
        writer.string(settings[definition.name])
        writer.bool(false)
        if version == 0 {
            writer.bool(!isSet)
        } else {
            // Source: Kafka's ConfigSource: 1 is the topic's own, 5 the default.
            writer.int8(isSet ? 1 : 5)
        }
        writer.bool(false)
        if version >= 1 { writer.array([Int]()) { $0.int32(Int32($1)) } }
        if version >= 3 {
            writer.int8(definition.kind.wireType)
            writer.string(nil)
        }
        writer.tags()
    }

    /// The settings of a topic; of one that Steplog has made, as its layout says.
    private func settings(_ type: Int8, _ name: String) throws -> TopicSettings {
        guard type == ResourceType.topic else {
            guard type == ResourceType.broker else {
                throw BrokerError(.invalidRequest, "there is no resource \(type)")
            }
            return TopicSettings()
        }
        guard let topic = try storage.topic(name)?.configuration else { throw BrokerError(.unknownTopicOrPartition) }
        if let settings = topicSettings[name] { return settings }
        var settings = TopicSettings()
        try settings.set("cleanup.policy", topic.cleanup == .compact ? "compact" : "delete")
        try settings.set("retention.ms", topic.retention.map { String($0 / .milliseconds(1)).wholePart } ?? "-1")
        return settings
    }

    func alterConfigs(_ request: Request) throws {
        try alter(request) { reader in
            (try reader.string(), 0 as Int8, try reader.nullableString())
        }
    }

    func incrementalAlterConfigs(_ request: Request) throws {
        try alter(request) { reader in
            (try reader.string(), try reader.int8(), try reader.nullableString())
        }
    }

    private typealias Change = (name: String, operation: Int8, value: String?)

    private func alter(_ request: Request, _ change: (inout WireReader) throws -> Change) throws {
        var reader = request.body
        let resources = try reader.array { reader in
            let resource = (
                type: try reader.int8(), name: try reader.string(),
                changes: try reader.array { reader in
                    let change = try change(&reader)
                    try reader.tags()
                    return change
                }
            )
            try reader.tags()
            return resource
        }
        let validatesOnly = try reader.bool()
        try reader.tags()
        let replaces = request.api == .alterConfigs
        let results = resources.map { resource in
            (
                resource,
                outcome(request) {
                    try alter(
                        resource.type, resource.name, resource.changes, replaces: replaces, validatesOnly: validatesOnly
                    )
                }
            )
        }
        answerAfterCommit(request) { writer, _ in
            writer.int32(0)
            writer.array(results) { writer, result in
                writer.error(result.1?.code ?? .none)
                writer.string(result.1?.message)
                writer.int8(result.0.type)
                writer.string(result.0.name)
                writer.tags()
            }
            writer.tags()
        }
    }

    private func alter(_ type: Int8, _ name: String, _ changes: [Change], replaces: Bool, validatesOnly: Bool) throws {
        guard type == ResourceType.topic else {
            throw BrokerError(.invalidRequest, "only topics have settings that can be changed")
        }
        if isOwn(name) { throw BrokerError(.topicAuthorizationFailed, "topic \"\(name)\" is Steplog's own") }
        let present = try self.settings(type, name)
        var settings = replaces ? TopicSettings() : present
        for change in changes { try apply(change, to: &settings) }
        if validatesOnly { return }
        topicSettings[name] = settings
        stage(StateCodec.settingsKey(name), StateCodec.encode { settings.write(to: &$0) })
    }

    /// Source: Kafka's AlterConfigOp: 0 set, 1 delete, 2 append, 3 subtract.
    private func apply(_ change: Change, to settings: inout TopicSettings) throws {
        switch change.operation {
        case 0: try settings.set(change.name, change.value)
        case 1: try settings.set(change.name, nil)
        case 2, 3:
            let present = settings[change.name].split(separator: ",").map(String.init)
            let given = (change.value ?? "").split(separator: ",").map(String.init)
            let rest = present.filter { !given.contains($0) }
            try settings.set(change.name, (change.operation == 2 ? rest + given : rest).joined(separator: ","))
        default: throw BrokerError(.invalidRequest, "there is no change \(change.operation) of a setting")
        }
    }
}

extension String {
    /// What stands before the point.
    fileprivate var wholePart: String { String(prefix { $0 != "." }) }
}
