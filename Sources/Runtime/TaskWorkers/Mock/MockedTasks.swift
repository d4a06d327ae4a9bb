public import Engine
import JSON
import StatesLanguage

/// Does tasks by looking their answers up in a mock configuration.
public struct MockedTasks: Sendable {
    private let configuration: MockConfiguration
    private let testCase: @Sendable (TaskRequest) -> String?

    /// - Parameter testCase: the test case that a task's execution was started with; nil for none.
    public init(_ configuration: MockConfiguration, testCase: @escaping @Sendable (TaskRequest) -> String?) {
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
        switch (pattern, end) {
        case (.requestResponse, _): return [.started, end]
        // What the service said when it took the job is not in the format: the job's result stands in for it.
        case (.sync, .succeeded(let output)), (.sync2, .succeeded(let output)),
            (.waitForTaskToken, .succeeded(let output)):
            return [.started, .submitted(output: output), end]
        case (.sync, _), (.sync2, _), (.waitForTaskToken, _): return [.started, .submitted(output: "{}"), end]
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
