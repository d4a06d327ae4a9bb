import JSON

/// The wire form of the registry's commands and events. They share the topics of executions and are told apart by their key.
public enum RegistryRecord {
    /// True for the key of a state machine or an activity: `arn:P:states:R:A:stateMachine:NAME`, `…:activity:NAME`.
    public static func isKey(_ key: some Collection<UInt8>) -> Bool {
        // arn:PARTITION:states:REGION:ACCOUNT:KIND:NAME, looked at for every record: without making parts.
        var colons = 0
        var index = key.startIndex
        while index != key.endIndex {
            let isColon = key[index] == UInt8(ascii: ":")
            key.formIndex(after: &index)
            guard isColon else { continue }
            colons += 1
            if colons == 2, !key[index...].starts(with: "states:".utf8) { return false }
            if colons == 5 {
                return key[index...].starts(with: "stateMachine:".utf8) || key[index...].starts(with: "activity:".utf8)
            }
        }
        return false
    }

    public static func encode(_ command: RegistryCommand) -> [UInt8] {
        var object: JSONObject = [
            "command": .string(command.action.rawValue), "arn": .string(command.arn),
            "arguments": .object(command.arguments),
        ]
        if let address = command.replyTo {
            object["replyTo"] = ["partition": .integer(address.partition), "id": .string(address.id)]
        }
        return JSONWriter.bytes(.object(object))
    }

    /// - Throws: `CodecError` for what is no command of the registry.
    public static func decodeCommand(_ bytes: [UInt8]) throws(CodecError) -> RegistryCommand {
        let (value, record) = try parse(bytes, "command")
        guard let action = RegistryCommand.Action(rawValue: try record.string("command")) else {
            throw CodecError(
                message: "\"\(try record.string("command"))\" is no command on the registry that this release knows")
        }
        var address: ReplyAddress?
        if let member = try record.optionalObject("replyTo") {
            address = ReplyAddress(partition: Int(try member.int64("partition")), id: try member.string("id"))
        }
        return RegistryCommand(
            arn: try record.string("arn"), action: action, arguments: value["arguments"]?.object ?? JSONObject(),
            replyTo: address)
    }

    public static func encode(_ event: RegistryEvent) -> [UInt8] {
        JSONWriter.bytes([
            "arn": .string(event.arn), "sequence": .integer(event.sequence), "timestamp": .integer(event.timestamp),
            "type": .string(event.kind.rawValue), "details": .object(event.details),
        ])
    }

    /// - Throws: `CodecError` for what is no event of the registry.
    public static func decodeEvent(_ bytes: [UInt8]) throws(CodecError) -> RegistryEvent {
        let (value, record) = try parse(bytes, "event")
        guard let kind = RegistryEvent.Kind(rawValue: try record.string("type")) else {
            throw CodecError(
                message: "\"\(try record.string("type"))\" is no event of the registry that this release knows")
        }
        return RegistryEvent(
            arn: try record.string("arn"), sequence: try record.int64("sequence"),
            timestamp: try record.int64("timestamp"), kind: kind,
            details: value["details"]?.object ?? JSONObject())
    }

    private static func parse(_ bytes: [UInt8], _ name: String) throws(CodecError) -> (JSONValue, MemberReader) {
        let value: JSONValue
        do {
            value = try JSONParser.parse(bytes)
        } catch {
            throw CodecError(message: "the \(name) is not valid JSON: \(error)")
        }
        return (value, try MemberReader(value, name))
    }
}
