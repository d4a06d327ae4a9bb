public import JSON

/// What a changed definition would have done with one recorded execution.
public struct WhatIfResult: Sendable {
    public enum Verdict: String, Sendable, CaseIterable {
        /// The same states were entered, and it ended alike.
        case samePath
        /// Other states were entered, or it ended otherwise.
        case otherPath
        /// A task would be waited for whose result the log does not have.
        case needsResult
        /// It went on for longer than is looked at.
        case unending
        /// The start is refused.
        case refused
    }

    public var executionArn: String
    public var verdict: Verdict
    /// `SUCCEEDED`, `FAILED`, …
    public var recordedStatus: String
    public var status: String
    /// Whether both succeeded, with different outputs.
    public var hasOtherOutput: Bool
    public var path: [PathLine]
    /// Where the log could not help: state, resource, and why.
    public var missing: String?
    /// States whose task was asked something else than what its recorded result answered.
    public var otherInputs: [String]
    /// JSON text or an error's name: how it would have ended.
    public var end: String?

    public var json: JSONValue {
        var object: JSONObject = [
            "executionArn": .string(executionArn), "verdict": .string(verdict.rawValue),
            "recordedStatus": .string(recordedStatus), "status": .string(status), "otherOutput": .bool(hasOtherOutput),
            "otherInputs": .array(otherInputs.map { .string($0) }),
        ]
        if let missing { object["missing"] = .string(missing) }
        if let end { object["end"] = .string(end) }
        if verdict != .samePath { object["path"] = .array(path.map { .string($0.mark.rawValue + $0.state) }) }
        return .object(object)
    }
}
