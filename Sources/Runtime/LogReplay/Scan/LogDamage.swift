public import JSON

/// Something on a log that can't be read or folded. It concerns one execution, or none that is known.
public struct LogDamage: Sendable, Equatable {
    /// nil: the record does not say whose it is.
    public var executionArn: String?
    public var partition: Int
    /// Of the record.
    public var offset: Int64
    /// One sentence.
    public var reason: String

    public var json: JSONValue {
        [
            "executionArn": executionArn.map { .string($0) } ?? .null, "partition": .integer(partition),
            "offset": .integer(offset), "reason": .string(reason),
        ]
    }

    /// A line for people.
    public var line: String {
        "\(executionArn ?? "of no known execution"), partition \(partition), offset \(offset): \(reason)"
    }
}
