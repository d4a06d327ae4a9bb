import JSON
import StatesLanguage

@testable import Engine

/// Tests states as TestState does, at a fixed moment.
enum StateTestBench {
    static let identity = StateTest.Identity(
        executionArn: "arn:aws:states:us-east-1:123456789012:express:m:e", executionName: "e",
        stateMachineArn: "arn:aws:states:us-east-1:123456789012:stateMachine:m",
        roleArn: "arn:aws:iam::123456789012:role/r")

    static func answer(_ request: StateTestRequest) throws(StateTestRefusal) -> StateTestAnswer {
        try request.prepared().run(
            as: identity, settings: Decider.Settings(region: "us-east-1", limits: .aws, tokenKey: [1]),
            moment: Moment(time: 1_700_000_000_000, seed: 7))
    }

    /// - Returns: nil for a task that somebody would have to do.
    static func outcome(_ request: StateTestRequest) throws(StateTestRefusal) -> StateTestOutcome? {
        guard case .finished(let outcome) = try answer(request) else { return nil }
        return outcome
    }

    /// - Parameters: definition: of a state, or of a machine when `named` is given. result: of the mock, JSON text.
    static func request(
        _ definition: String, named name: String? = nil, input: String = "{}", result: String? = nil,
        error: String? = nil, configuration: StateTestConfiguration = StateTestConfiguration()
    ) -> StateTestRequest {
        var request = StateTestRequest(definition: definition)
        request.stateName = name
        request.input = input
        request.configuration = configuration
        if result != nil || error != nil {
            request.mock = StateTestRequest.Mock(
                result: result, failure: error.map { (error: $0, cause: "because") }, validation: .none)
        }
        return request
    }

    /// The refusal's sentence; nil when nothing was refused.
    static func refusal(_ request: StateTestRequest) -> StateTestRefusal? {
        do {
            _ = try answer(request)
            return nil
        } catch {
            return error
        }
    }
}

extension StateTestOutcome {
    /// InspectionData as compact JSON, its members sorted.
    var shown: String {
        let members = inspectionData.members.sorted { $0.key.text < $1.key.text }
        return members.map { member in
            "\(member.key.text)=\(member.value.string ?? JSONWriter.text(member.value))"
        }.joined(separator: " ")
    }
}
