public import Engine
import JSON
import StatesLanguage

/// Does tasks by looking their answers up in a mock configuration.
public struct MockedTasks: Sendable {
    private let configuration: MockConfiguration
    private let testCase: @Sendable (TaskRequest) -> String?
    /// Epoch milliseconds.
    private let now: @Sendable () -> Int64

    /// - Parameters:
    ///   - now: epoch milliseconds; nil: the system's clock.
    ///   - testCase: the test case that a task's execution was started with; nil for none.
    public init(
        _ configuration: MockConfiguration, now: (@Sendable () -> Int64)? = nil,
        testCase: @escaping @Sendable (TaskRequest) -> String?
    ) {
        self.now = now ?? { SystemClock.epochMilliseconds }
        self.configuration = configuration
        self.testCase = testCase
    }

    /// What is to be reported of a task, in order.
    /// - Returns: nil when the task is not mocked.
    public func reports(_ request: TaskRequest) -> [TaskReport]? {
        let machine = request.stateMachineArn.split(separator: ":").last.map(String.init) ?? ""
        guard let testCase = testCase(request) else { return nil }
        let response = configuration.response(
            machine: machine, testCase: testCase, state: request.stateName, invocation: request.invocation)
        guard let response else { return nil }
        let end = Self.end(response, request)
        guard case .service(_, _, let pattern)? = TaskResource(arn: request.resource) else { return [.started, end] }
        switch pattern {
        case .requestResponse: return [.started, end]
        case .sync, .sync2, .waitForTaskToken:
            var result: JSONValue?
            if case .returns(let value) = response { result = value }
            let answer = SubmissionAnswer(request, epochMilliseconds: now())
            return [.started, .submitted(output: answer.text(result: result)), end]
        }
    }

    private static func end(_ response: MockResponse, _ request: TaskRequest) -> TaskReport {
        switch response {
        case .throwsError(let error, let cause): return .failed(error: error, cause: cause)
        case .returns(let value):
            // The answer for a function that is called by its ARN is the service's; the state gets its payload.
            if case .lambdaFunction? = TaskResource(arn: request.resource), let payload = value["Payload"],
                value["StatusCode"] != nil
            {
                return .succeeded(output: JSONWriter.text(payload))
            }
            return .succeeded(output: JSONWriter.text(value))
        }
    }
}
