import JSON

/// The outcome of a command that asked for one, as it stands on `replies`.
public struct ReplyRecord: Sendable, Equatable {
    public enum Outcome: Sendable, Equatable {
        /// The events up to `sequence` of the entity hold what happened; `time` is the decision's, in epoch milliseconds.
        case accepted(sequence: Int64, time: Int64)
        /// Nothing happened. `code` is the AWS error's name.
        case rejected(code: String, message: String)
    }

    /// The request's id, from `ReplyAddress`.
    public var id: String
    public var outcome: Outcome

    public init(id: String, outcome: Outcome) {
        self.id = id
        self.outcome = outcome
    }

    /// JSON for the record's value.
    public func encoded() -> [UInt8] {
        var writer = MemberWriter(appendingTo: [])
        writer.open()
        writer.string("id", id)
        switch outcome {
        case .accepted(let sequence, let time):
            writer.integer("sequence", sequence)
            writer.integer("time", time)
        case .rejected(let code, let message):
            writer.string("code", code)
            writer.string("message", message)
        }
        writer.close()
        return writer.bytes
    }

    /// - Throws: `CodecError` for what is no reply of ours.
    public init(decoding bytes: [UInt8]) throws(CodecError) {
        let value: JSONValue
        do {
            value = try JSONParser.parse(bytes)
        } catch {
            throw CodecError(message: "the reply is not valid JSON: \(error)")
        }
        let record = try MemberReader(value, "reply")
        id = try record.string("id")
        if let code = try record.optionalString("code") {
            outcome = .rejected(code: code, message: try record.string("message"))
        } else {
            outcome = .accepted(sequence: try record.int64("sequence"), time: try record.int64("time"))
        }
    }
}

extension Rejection {
    /// The AWS error and its text. Source: surface § 1.6.
    public var awsError: (code: String, message: String) {
        switch self {
        case .executionAlreadyExists(let arn): ("ExecutionAlreadyExists", "Execution Already Exists: '\(arn)'")
        case .executionDoesNotExist(let arn): ("ExecutionDoesNotExist", "Execution Does Not Exist: '\(arn)'")
        case .taskClosed:
            ("TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'")
        case .taskDoesNotExist: ("TaskDoesNotExist", "Task does not exist: 'Provided task does not exist'")
        case .invalidPayload(let message): ("InvalidOutput", "Invalid Output: '\(message)'")
        case .invalidExecutionInput(let message):
            ("InvalidExecutionInput", "Invalid State Machine Execution Input: '\(message)'")
        case .invalidDefinition(let message): ("InvalidDefinition", "Invalid State Machine Definition: '\(message)'")
        case .executionNotRedrivable(let refusal): ("ExecutionNotRedrivable", refusal.rawValue)
        case .unavailable(let message): ("ServiceUnavailable", message)
        }
    }
}
