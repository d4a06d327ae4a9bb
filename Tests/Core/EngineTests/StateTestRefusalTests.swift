import Engine
import StatesLanguage
import Testing

@Suite("Tests of states that are refused")
struct StateTestRefusalTests {
    private static let task = #"{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{},"End":true}"#
    private static let map =
        #"{"Type":"Map","ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Pass","End":true}}},"End":true}"#
    private static let parallel =
        #"{"Type":"Parallel","Branches":[{"StartAt":"I","States":{"I":{"Type":"Pass","End":true}}}],"End":true}"#

    private func sentence(_ request: StateTestRequest) -> String? {
        switch StateTestBench.refusal(request) {
        case .validation(let text)?, .invalidDefinition(let text)?, .invalidInput(let text)?: text
        case nil: nil
        }
    }

    @Test(
        "A mock must fit the type of the state",
        arguments: [
            (task, "{", "Mocked result must be valid JSON"), (map, "{}", "Mocked result must be an array."),
            (parallel, "1", "Mocked result must be an array."),
            (parallel, "[]", "Mocked result must contain the same number of items as number of Parallel branches."),
            (#"{"Type":"Succeed"}"#, "{}", "State type 'Succeed' is not supported when a mock is specified"),
            (
                #"{"Type":"Wait","Seconds":1,"End":true}"#, "{}",
                "State type 'Wait' is not supported when a mock is specified"
            ),
        ])
    func mocks(definition: String, result: String, refusal: String) {
        #expect(sentence(StateTestBench.request(definition, result: result)) == refusal)
    }

    @Test("Some states and members need a mock")
    func mockless() {
        #expect(
            StateTestBench.refusal(StateTestBench.request(Self.map))
                == .invalidDefinition(
                    "TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]"
                ))
        #expect(
            sentence(
                StateTestBench.request(Self.map, configuration: StateTestConfiguration(mapIterationFailureCount: 0)))
                == "TestState does not support MapIterationFailureCount when a mock is not specified.")
        #expect(sentence(StateTestBench.request(Self.task)) == "RoleArn must be specified when testing a Task state")
        let sync = #"{"Type":"Task","Resource":"arn:aws:states:::ecs:runTask.sync","Parameters":{},"End":true}"#
        #expect(
            sentence(StateTestBench.request(sync))
                == "TestState API does not support '.sync' or '.waitForTaskToken' integration patterns.")
    }

    @Test("A mock has one outcome and reveals nothing")
    func oneOutcome() {
        let both = StateTestBench.request(Self.task, result: "{}", error: "E")
        #expect(sentence(both) == "A test mock should have only one of the following fields: [result, errorOutput].")
        var secret = StateTestBench.request(Self.task, result: "{}")
        secret.revealsSecrets = true
        #expect(sentence(secret) == "TestState does not support RevealSecrets when a mock is specified.")
    }

    @Test(
        "A context object has AWS's members, of their types",
        arguments: [
            (#"{"Execution":{"Id":1}}"#, "Execution.Id must be a string"), (#"{"X":{}}"#, "Field 'X' is not allowed"),
            (#"{"Execution":{"x":1}}"#, "Field 'x' is not allowed"),
            (#"{"State":{"RetryCount":"1"}}"#, "State.RetryCount must be a number"),
            (#"{"Map":{}}"#, "'Map' field is not supported when mocking a Context object"),
            (
                #"{"Task":{"Token":"t"}}"#,
                "Context object contains 'Task' when state is not a Task state with a '.sync' or '.waitForTaskToken' service integration pattern"
            ),
        ])
    func contexts(context: String, refusal: String) {
        var request = StateTestBench.request(Self.task, result: "{}")
        request.context = context
        #expect(sentence(request) == "Invalid Context object provided: \(refusal)")
    }

    @Test("A state that is not in the definition, a bad definition and a bad input are told apart")
    func definitions() {
        let machine = #"{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}"#
        #expect(
            StateTestBench.refusal(StateTestBench.request(machine, named: "B"))
                == .validation("State not found in definition"))
        guard case .invalidDefinition = StateTestBench.refusal(StateTestBench.request(#"{"Type":"X"}"#)) else {
            Issue.record("A state of no type is let pass.")
            return
        }
        guard case .invalidInput = StateTestBench.refusal(StateTestBench.request(machine, named: "A", input: "{"))
        else {
            Issue.record("An input that is no JSON is let pass.")
            return
        }
    }
}
