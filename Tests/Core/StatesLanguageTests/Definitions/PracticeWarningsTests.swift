import StatesLanguage
import Testing

@Suite("Practice is judged where that is asked for")
struct PracticeWarningsTests {
    /// The codes of the warnings for one Task state.
    private func codes(
        _ resource: String, _ parameters: String = "{}", more: String = "", judged: Bool = true
    ) -> [String] {
        let text = #"""
            {"StartAt":"A","States":{"A":{"Type":"Task","Resource":"\#(resource)","Parameters":\#(parameters),\#(more)"End":true}}}
            """#
        let compilation = Definition.compile(text, options: CompileOptions(judgesPractice: judged))
        #expect(compilation.machine != nil)
        #expect(compilation.warnings.allSatisfy { $0.position != nil })
        return compilation.warnings.map(\.code.rawValue)
    }

    private let runTask = "arn:aws:states:::ecs:runTask.sync"
    private let retry = #""Retry":[{"ErrorEquals":["ECS.AmazonECSException"]}],"#

    @Test("The API, which does not ask, gets none")
    func apiGetsNone() {
        #expect(codes(runTask, #"{"TaskDefinition":"etl"}"#, judged: false).isEmpty)
    }

    @Test("A task definition without a revision is warned of, in an ARN too")
    func revisions() {
        #expect(codes(runTask, #"{"TaskDefinition":"etl:1"}"#, more: retry).isEmpty)
        #expect(codes(runTask, #"{"TaskDefinition":"etl"}"#, more: retry) == ["UNPINNED_REVISION"])
        let arn = "arn:aws:ecs:us-east-1:123456789012:task-definition/etl"
        #expect(codes(runTask, #"{"TaskDefinition":"\#(arn)"}"#, more: retry) == ["UNPINNED_REVISION"])
        #expect(codes(runTask, #"{"TaskDefinition":"\#(arn):2"}"#, more: retry).isEmpty)
    }

    @Test("RunTask without a retrier for throttling is warned of; States.Timeout alone does not cover it")
    func throttling() {
        let parameters = #"{"TaskDefinition":"etl:1"}"#
        #expect(codes(runTask, parameters) == ["NO_THROTTLING_RETRY"])
        let timeout = #""Retry":[{"ErrorEquals":["States.Timeout"]}],"#
        #expect(codes(runTask, parameters, more: timeout) == ["NO_THROTTLING_RETRY"])
        #expect(codes(runTask, parameters, more: #""Retry":[{"ErrorEquals":["States.ALL"]}],"#).isEmpty)
        let never = #""Retry":[{"ErrorEquals":["States.ALL"],"MaxAttempts":0}],"#
        #expect(codes(runTask, parameters, more: never) == ["NO_THROTTLING_RETRY"])
    }

    @Test("A callback that nothing limits is warned of")
    func callbacks() {
        let callback = "arn:aws:states:::lambda:invoke.waitForTaskToken"
        let parameters = #"{"FunctionName":"f","Payload":{"t.$":"$$.Task.Token"}}"#
        #expect(codes(callback, parameters) == ["NO_TIMEOUT"])
        #expect(codes(callback, parameters, more: #""HeartbeatSeconds":60,"#).isEmpty)
        #expect(codes(callback, parameters, more: #""TimeoutSecondsPath":"$.t","#).isEmpty)
        #expect(codes("arn:aws:states:us-east-1:123456789012:activity:desk") == ["NO_TIMEOUT"])
        #expect(codes("arn:aws:states:::lambda:invoke", #"{"FunctionName":"f"}"#).isEmpty)
    }

    @Test("ARNs from input and ARNs with wildcards are warned of")
    func resources() {
        #expect(codes("arn:aws:states:::sns:publish", #"{"TopicArn.$":"$.topic"}"#) == ["DYNAMIC_RESOURCE"])
        let wild = #"{"TopicArn":"arn:aws:sns:us-east-1:123456789012:*"}"#
        #expect(codes("arn:aws:states:::sns:publish", wild) == ["WILDCARD_ARN"])
        let role = #""Credentials":{"RoleArn.$":"$.role"},"#
        #expect(codes("arn:aws:states:::lambda:invoke", #"{"FunctionName":"f"}"#, more: role) == ["DYNAMIC_RESOURCE"])
    }

    @Test(
        "Overrides that are long, or that take a payload in, are warned of",
        arguments: [
            (#"{"Environment":[{"Name":"INPUT","Value.$":"States.JsonToString($)"}]}"#, true),
            (#"{"Environment":[{"Name":"CAUSE","Value.$":"$.failure.Cause"}]}"#, true),
            (#"{"Command.$":"$.command"}"#, true), (#"{"Cpu.$":"$.cpu"}"#, false),
            (#"{"Environment":[{"Name":"ID","Value.$":"$.id"}]}"#, false),
            (#"{"Command":["\#(String(repeating: "x", count: 6_500))"]}"#, true),
        ])
    func overrides(container: String, isNear: Bool) {
        let parameters = #"{"TaskDefinition":"etl:1","Overrides":{"ContainerOverrides":[\#(container)]}}"#
        #expect(codes(runTask, parameters, more: retry) == (isNear ? ["LARGE_OVERRIDES"] : []))
    }
}
