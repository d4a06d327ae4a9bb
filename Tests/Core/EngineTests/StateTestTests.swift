import Engine
import JSON
import Testing

@Suite("Testing one state")
struct StateTestTests {
    private static let function = "arn:aws:lambda:us-east-1:123456789012:function:f"

    @Test(
        "Each type shows the steps that it takes in its query language",
        arguments: [
            (
                #"{"Type":"Pass","End":true}"#,
                "afterInputPath={\"a\":1} afterParameters={\"a\":1} afterResultPath={\"a\":1} "
                    + "afterResultSelector={\"a\":1} input={\"a\":1}"
            ),
            (
                #"{"Type":"Pass","Result":2,"ResultPath":"$.b","End":true}"#,
                "afterResultPath={\"a\":1,\"b\":2} afterResultSelector=2 input={\"a\":1} result=2"
            ),
            (#"{"Type":"Pass","QueryLanguage":"JSONata","Output":1,"End":true}"#, "input={\"a\":1}"),
            (#"{"Type":"Succeed"}"#, "afterInputPath={\"a\":1} input={\"a\":1}"),
            (#"{"Type":"Fail","Error":"E"}"#, "afterInputPath={\"a\":1} input={\"a\":1}"),
            (#"{"Type":"Fail","QueryLanguage":"JSONata","Error":"E"}"#, "input={\"a\":1}"),
            (#"{"Type":"Wait","Seconds":9,"Next":"N"}"#, "afterInputPath={\"a\":1} input={\"a\":1}"),
            (
                #"{"Type":"Choice","InputPath":"$.a","Choices":[{"Variable":"$","NumericEquals":1,"Next":"N"}]}"#,
                "afterInputPath=1 input={\"a\":1}"
            ),
        ])
    func steps(definition: String, shown: String) throws {
        let outcome = try StateTestBench.outcome(StateTestBench.request(definition, input: #"{"a":1}"#))
        #expect(outcome?.shown == shown)
    }

    @Test("A Task shows parameters, raw result, selected result and where it was put")
    func task() throws {
        let definition = """
            {"Type":"Task","Resource":"\(Self.function)","InputPath":"$.a","Parameters":{"p.$":"$.b"},
             "ResultSelector":{"s.$":"$.r"},"ResultPath":"$.out","OutputPath":"$.out","Next":"N"}
            """
        let outcome = try StateTestBench.outcome(
            StateTestBench.request(definition, input: #"{"a":{"b":1}}"#, result: #"{"r": 2}"#))
        #expect(outcome?.output == #"{"s":2}"#)
        #expect(outcome?.nextState == "N")
        #expect(outcome?.status == .succeeded)
        #expect(
            outcome?.shown == #"afterInputPath={"b":1} afterParameters={"p":1} "#
                + #"afterResultPath={"a":{"b":1},"out":{"s":2}} afterResultSelector={"s":2} input={"a":{"b":1}} result={"r": 2}"#
        )
    }

    @Test("A JSONata Task shows arguments and result, and variables with what it assigned")
    func jsonata() throws {
        let definition = """
            {"Type":"Task","QueryLanguage":"JSONata","Resource":"\(Self.function)","Arguments":{"p":"{% $v %}"},
             "Assign":{"w":"{% $states.result %}"},"Output":"{% $states.context.State.RetryCount %}","End":true}
            """
        var request = StateTestBench.request(definition, result: "5")
        request.variables = #"{"v":3}"#
        let outcome = try StateTestBench.outcome(request)
        #expect(outcome?.output == "0")
        #expect(outcome?.nextState == nil)
        #expect(outcome?.shown == #"afterArguments={"p":3} input={} result=5 variables={"v":3,"w":5}"#)
    }

    @Test("A Task without a mock is handed out, with its parameters")
    func unmocked() throws {
        var request = StateTestBench.request(
            #"{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"f"},"End":true}"#
        )
        request.hasRole = true
        guard case .needsTask(let task) = try StateTestBench.answer(request) else {
            Issue.record("The task is not handed out.")
            return
        }
        #expect(task.input == #"{"FunctionName":"f"}"#)
        #expect(task.resource == "arn:aws:states:::lambda:invoke")
    }

    @Test("A mocked error is retried while the retrier has attempts left, with the backoff of the next one")
    func retry() throws {
        let definition = """
            {"Type":"Task","Resource":"\(Self.function)","Retry":[{"ErrorEquals":["A"]},
             {"ErrorEquals":["E"],"IntervalSeconds":2,"BackoffRate":3,"MaxAttempts":2}],
             "Catch":[{"ErrorEquals":["States.ALL"],"Next":"N","ResultPath":"$.e"}],"End":true}
            """
        let again = try StateTestBench.outcome(
            StateTestBench.request(definition, error: "E", configuration: StateTestConfiguration(retrierRetryCount: 1)))
        #expect(again?.status == .retriable)
        #expect(again?.error == "E")
        #expect(again?.output == nil)
        #expect(
            again?.inspectionData["errorDetails"] == ["retryIndex": 1, "retryBackoffIntervalSeconds": 6])
        let over = try StateTestBench.outcome(
            StateTestBench.request(definition, error: "E", configuration: StateTestConfiguration(retrierRetryCount: 2)))
        #expect(over?.status == .caughtError)
        #expect(over?.nextState == "N")
        #expect(over?.output == #"{"e":{"Error":"E","Cause":"because"}}"#)
        #expect(over?.inspectionData["errorDetails"] == ["catchIndex": 0, "retryIndex": 1])
    }

    @Test("What an expression fails with is given bare, and what came before is shown")
    func failure() throws {
        let outcome = try StateTestBench.outcome(
            StateTestBench.request(#"{"Type":"Pass","Parameters":{"a.$":"$.b"},"End":true}"#))
        #expect(outcome?.status == .failed)
        #expect(outcome?.error == "States.Runtime")
        #expect(
            outcome?.cause
                == "The JSONPath '$.b' specified for the field 'a.$' could not be found in the input '{}'")
        #expect(outcome?.shown == "afterInputPath={} input={}")
    }

    @Test("A state of a machine, even one inside a Map state, is tested by its name; others are left alone")
    func named() throws {
        let machine = """
            {"QueryLanguage":"JSONata","StartAt":"M","States":{"M":{"Type":"Map","Next":"F","ItemProcessor":{"StartAt":"I","States":
             {"I":{"Type":"Pass","Output":7,"Next":"J"},"J":{"Type":"Fail"}}}},"F":{"Type":"Fail","Error":"E"}}}
            """
        let inner = try StateTestBench.outcome(StateTestBench.request(machine, named: "I"))
        #expect(inner?.output == "7")
        #expect(inner?.nextState == "J")
        let map = try StateTestBench.outcome(StateTestBench.request(machine, named: "M", input: "[1]", result: "[2]"))
        #expect(map?.output == "[2]")
        #expect(map?.nextState == "F")
    }

    @Test("A given context object stands as it is; without one a token is made for who waits for it")
    func context() throws {
        let definition = """
            {"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken",
             "Parameters":{"MessageBody.$":"$$.Task.Token"},"ResultPath":null,"End":true}
            """
        var request = StateTestBench.request(definition, result: "1")
        let made = try StateTestBench.outcome(request)
        #expect(made?.status == .succeeded)
        request.context = #"{"Task":{"Token":"abc"}}"#
        let given = try StateTestBench.outcome(request)
        #expect(given?.inspectionData["afterParameters"] == #"{"MessageBody":"abc"}"#)
        request.context = "{}"
        #expect(try StateTestBench.outcome(request)?.status == .failed)
    }

    @Test("The same test at the same moment has the same outcome")
    func repeated() throws {
        let request = StateTestBench.request(#"{"Type":"Pass","Parameters":{"u.$":"States.UUID()"},"End":true}"#)
        let (first, second) = (try StateTestBench.outcome(request), try StateTestBench.outcome(request))
        #expect(first?.output == second?.output)
        #expect(first?.output == first?.inspectionData["afterParameters"]?.string)
    }
}
