public import JSON

/// What a mocked service answers.
public enum MockResponse: Sendable, Equatable {
    /// The task's result.
    case returns(JSONValue)
    /// Both may be absent, as SendTaskFailure allows; an empty text is as good as none.
    case throwsError(error: String?, cause: String?)
}
