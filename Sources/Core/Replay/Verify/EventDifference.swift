import Engine
public import JSON

/// Where a log and the engine of today part: the first event of an execution that would be another one.
public struct EventDifference: Sendable {
    public var executionArn: String
    /// Of the event.
    public var sequence: Int64
    /// As it stands on the log; nil when the log has no further event.
    public var recorded: JSONValue?
    /// As it would be decided; nil when nothing more would be.
    public var decided: JSONValue?
    /// One sentence.
    public var message: String

    /// Members that are not the same, by their place in the event.
    public var members: [JSONDifference] {
        guard let recorded, let decided else { return [] }
        return JSONDifference.between(recorded, decided)
    }

    /// Both sides as JSON.
    public var json: JSONValue {
        [
            "executionArn": .string(executionArn), "sequence": .integer(sequence), "message": .string(message),
            "recorded": recorded ?? .null, "decided": decided ?? .null,
            "members": .array(members.map { .string($0.place) }),
        ]
    }

    init(_ executionArn: String, sequence: Int64, _ message: String, recorded: Event?, decided: Event?) {
        self.executionArn = executionArn
        self.sequence = sequence
        self.message = message
        self.recorded = recorded.flatMap { Self.json($0, executionArn) }
        self.decided = decided.flatMap { Self.json($0, executionArn) }
    }

    private static func json(_ event: Event, _ executionArn: String) -> JSONValue? {
        var bytes: [UInt8] = []
        var encoder = EventEncoder(executionArn: executionArn)
        encoder.write(event, to: &bytes)
        return try? JSONParser.parse(bytes)
    }
}
