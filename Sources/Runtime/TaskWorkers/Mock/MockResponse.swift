public import JSON

/// What a mocked service answers.
public enum MockResponse: Sendable, Equatable {
    /// The task's result.
    case returns(JSONValue)
    case throwsError(error: String, cause: String)
}
