public import JSON

/// What stands for the work of a Task, Parallel or Map state while it is tested.
public enum StateMock: Sendable {
    case result(Payload)
    case failure(error: String?, cause: String?)
}

/// How the state under test has fared so far.
public struct StateTestConfiguration: Sendable, Equatable {
    /// Retries that the retrier which covers the mocked failure has made.
    public var retrierRetryCount: Int64?
    /// The state in a branch or an item processor that the mocked failure comes from.
    public var errorCausedByState: String?
    /// Iterations of a Map state that failed.
    public var mapIterationFailureCount: Int64?
    /// What an ItemReader read, as its source holds it.
    public var mapItemReaderData: String?

    public init(
        retrierRetryCount: Int64? = nil, errorCausedByState: String? = nil, mapIterationFailureCount: Int64? = nil,
        mapItemReaderData: String? = nil
    ) {
        self.retrierRetryCount = retrierRetryCount
        self.errorCausedByState = errorCausedByState
        self.mapIterationFailureCount = mapIterationFailureCount
        self.mapItemReaderData = mapItemReaderData
    }
}

/// Why a state can't be tested as asked.
public enum StateTestRefusal: Error, Sendable, Equatable {
    /// `ValidationException`.
    case validation(String)
    /// `InvalidDefinition`; the message is whole.
    case invalidDefinition(String)
    /// `InvalidExecutionInput`; the message is the parser's.
    case invalidInput(String)
}

/// What became of a state that was tested.
public struct StateTestOutcome: Sendable {
    public enum Status: String, Sendable {
        case succeeded = "SUCCEEDED"
        case failed = "FAILED"
        case retriable = "RETRIABLE"
        case caughtError = "CAUGHT_ERROR"
    }

    public let status: Status
    /// nil when the state has no output: it failed, or is to be retried.
    public let output: String?
    public let error: String?
    public let cause: String?
    public let nextState: String?
    /// Members of InspectionData, as the API's model names them.
    public let inspectionData: JSONObject
}

/// How far a test could go.
public enum StateTestAnswer: Sendable {
    case finished(StateTestOutcome)
    /// The state is a task without a mock: somebody has to do it, and the test is to be run again with the outcome as its mock.
    case needsTask(TaskRequest)
}
