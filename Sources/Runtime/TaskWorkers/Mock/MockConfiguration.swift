import JSON

/// Answers that stand in for services, in the format of AWS Step Functions Local's mock configuration:
/// `StateMachines.MACHINE.TestCases.CASE.STATE` names an entry of `MockedResponses`, which has an answer a number of the
/// invocation, from 0: `{"0": {"Throw": {"Error": …, "Cause": …}}, "1-2": {"Return": …}}`.
public struct MockConfiguration: Sendable {
    private struct Answers: Sendable {
        var name: String
        var ranges: [(ClosedRange<Int>, MockResponse)]
    }

    /// Machine, test case, state.
    private var machines: [String: [String: [String: Answers]]] = [:]

    /// - Parameter text: JSON.
    /// - Throws: with the place, for text that is no JSON, an answer that is neither Return nor Throw, a number that is none or
    ///   occurs twice, a response that a test case names and nobody wrote.
    public init(_ text: String) throws(MockConfigurationError) {
        do {
            try self.init(fields: JSONFields(JSONParser.parse(text)))
        } catch let error as JSONFields.Problem {
            throw MockConfigurationError(path: error.path, message: error.message)
        } catch {
            throw MockConfigurationError(path: "", message: "not JSON: \(error)")
        }
    }

    private init(fields: JSONFields) throws(JSONFields.Problem) {
        var responses: [String: Answers] = [:]
        if let value = fields.value("MockedResponses") {
            let object = try JSONFields(value, path: "MockedResponses")
            for member in object.object.members {
                let answers = try JSONFields(member.value, path: object.path(of: member.key.text))
                responses[member.key.text] = try Self.answers(member.key.text, answers)
            }
        }
        guard let value = fields.value("StateMachines") else { throw fields.problem("StateMachines", "is missing") }
        let machineFields = try JSONFields(value, path: "StateMachines")
        for machine in machineFields.object.members {
            let body = try JSONFields(machine.value, path: machineFields.path(of: machine.key.text))
            let cases = try JSONFields(body.value("TestCases"), path: body.path(of: "TestCases"))
            for testCase in cases.object.members {
                let states = try JSONFields(testCase.value, path: cases.path(of: testCase.key.text))
                var byState: [String: Answers] = [:]
                for state in states.object.members {
                    let name = try states.requiredString(state.key.text)
                    guard let answers = responses[name] else {
                        let known = responses.keys.sorted().prefix(8).joined(separator: ", ")
                        throw states.problem(
                            state.key.text,
                            "MockedResponses has no \"\(name)\"; it has: \(known.isEmpty ? "nothing" : known)")
                    }
                    byState[state.key.text] = answers
                }
                machines[machine.key.text, default: [:]][testCase.key.text] = byState
            }
        }
    }

    /// Whether there is such a test case.
    public func hasTestCase(_ testCase: String, machine: String) -> Bool { machines[machine]?[testCase] != nil }

    /// The test cases of a state machine, in alphabetical order.
    public func testCases(machine: String) -> [String] { machines[machine]?.keys.sorted() ?? [] }

    /// The answer for one call.
    /// - Parameters:
    ///   - machine: the state machine's name.
    ///   - invocation: how often the state called before in this execution, retries included.
    /// - Returns: nil when the test case leaves this state to the service. A state that is mocked, but not for so many calls,
    ///   fails with `States.Runtime` and a cause that says so.
    public func response(machine: String, testCase: String, state: String, invocation: Int) -> MockResponse? {
        guard let answers = machines[machine]?[testCase]?[state] else { return nil }
        for (range, response) in answers.ranges where range.contains(invocation) { return response }
        return .throwsError(
            error: "States.Runtime",
            cause: "The mocked response \"\(answers.name)\" of state \"\(state)\" has no answer number \(invocation)")
    }

    private static func answers(_ name: String, _ fields: JSONFields) throws(JSONFields.Problem) -> Answers {
        var ranges: [(ClosedRange<Int>, MockResponse)] = []
        for member in fields.object.members {
            let key = member.key.text
            let bounds = key.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
            guard let low = bounds.first ?? nil, let high = bounds.last ?? nil, bounds.count <= 2, low >= 0, low <= high
            else {
                throw fields.problem(key, "must be a number from 0, or a range such as 1-2")
            }
            guard !ranges.contains(where: { $0.0.overlaps(low...high) }) else {
                throw fields.problem(key, "answers a number that another entry answers too")
            }
            ranges.append((low...high, try answer(JSONFields(member.value, path: fields.path(of: key)))))
        }
        return Answers(name: name, ranges: ranges)
    }

    private static func answer(_ fields: JSONFields) throws(JSONFields.Problem) -> MockResponse {
        switch (fields.object["Return"], fields.object["Throw"]) {
        case (let value?, nil): return .returns(value)
        case (nil, let value?):
            let error = try JSONFields(value, path: fields.path(of: "Throw"))
            return .throwsError(
                error: try error.string("Error").flatMap { $0.isEmpty ? nil : $0 },
                cause: try error.string("Cause").flatMap { $0.isEmpty ? nil : $0 })
        case (nil, nil), (.some, .some):
            throw JSONFields.Problem(path: fields.path, message: "must have either Return or Throw")
        }
    }
}
