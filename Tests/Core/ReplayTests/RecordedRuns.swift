import Engine
import EngineTestKit
import Replay
import StatesLanguage
import Testing

/// Executions to replay, made by the engine's own harness.
enum RecordedRuns {
    static let order = #"""
        {"StartAt": "Check", "States": {
          "Check": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:check",
            "Retry": [{"ErrorEquals": ["Busy"], "IntervalSeconds": 2, "MaxAttempts": 2, "JitterStrategy": "FULL"}],
            "Next": "Route"},
          "Route": {"Type": "Choice", "Choices": [{"Variable": "$.ok", "BooleanEquals": true, "Next": "Each"}],
            "Default": "Rest"},
          "Rest": {"Type": "Wait", "Seconds": 30, "Next": "Each"},
          "Each": {"Type": "Map", "ItemsPath": "$.items", "MaxConcurrency": 2, "End": true,
            "ItemProcessor": {"ProcessorConfig": {"Mode": "INLINE"}, "StartAt": "Pay", "States": {
              "Pay": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:pay",
                "TimeoutSeconds": 60, "End": true}}}}}}
        """#

    static let checked = #"{"ok":false,"items":[1,2,3]}"#

    /// Busy once, then checked; two items are paid, the last one is left to its timeout with `lastAnswers` false.
    static func order(lastAnswers: Bool = true) throws -> ExecutionHarness {
        let harness = try ExecutionHarness(order, input: #"{"id":7}"#)
        return try harness.run { request in
            if request.resource.hasSuffix("check") {
                return request.invocation == 0
                    ? [.failed(error: "Busy", cause: nil)] : [.succeeded(output: checked)]
            }
            if request.input == "3", !lastAnswers { return [] }
            return [.succeeded(output: "\"paid \(request.input)\"")]
        }
    }

    static func machine(_ text: String) throws -> StateMachine {
        try #require(Definition.compile(text, options: CompileOptions()).machine)
    }

    static func recorded(_ harness: ExecutionHarness) throws -> RecordedRun {
        var run = RecordedRun(start: harness.startCommand, machine: harness.machine)
        for event in harness.events { try run.take(event) }
        return run
    }
}
