import Engine
import JSON
import StatesLanguage

/// An event of every type, with all members and without those that can be absent.
enum EventSamples {
    static let arn = "arn:aws:states:eu-west-1:123456789012:execution:Order:é\"1"
    private static let time: Int64 = 1_767_225_600_123

    static var all: [Event] {
        details.enumerated().map { index, detail in
            let number = Int64(index + 1)
            return Event(
                sequence: number, id: detail.typeName.hasPrefix("steplog.") ? 0 : number, previousEventID: number - 1,
                timestamp: time + number, frame: index % 3, detail: detail, cause: causes[index % causes.count])
        }
    }

    static var registry: [RegistryEvent] {
        RegistryEvent.Kind.allCases.enumerated().map { index, kind in
            RegistryEvent(
                arn: "arn:aws:states:eu-west-1:123456789012:stateMachine:Order", sequence: Int64(index + 1),
                timestamp: time, kind: kind, details: ["name": "Order", "tags": ["team": "é"]])
        }
    }

    private static let causes: [Cause?] = [
        Cause(trigger: .command(offset: 7), seed: 0xFEDC_BA98_7654_3210), nil, Cause(trigger: .timers, seed: 0),
        Cause(trigger: .continuation, seed: 15),
    ]

    private static var details: [EventDetail] {
        executions + states
            + [TaskFlavor.lambdaFunction, .activity, .service(type: "ecs", resource: "runTask.sync")]
            .flatMap(tasks) + groups
    }

    private static var executions: [EventDetail] {
        let start = StartExecution(
            executionArn: arn, name: "é\"1",
            stateMachineArn: "arn:aws:states:eu-west-1:123456789012:stateMachine:Order",
            stateMachineVersionArn: "arn:aws:states:eu-west-1:123456789012:stateMachine:Order:1",
            stateMachineAliasArn: "arn:aws:states:eu-west-1:123456789012:stateMachine:Order:live",
            roleArn: "arn:aws:iam::123456789012:role/Order", definitionHash: "0f", input: #"{"id": "\ud800\u0001"}"#,
            traceHeader: "Root=1-5759e988-bd862e3fe1be46a994272793", testCase: "c")
        let bare = StartExecution(
            executionArn: arn, name: "n", stateMachineArn: "m", roleArn: "r", definitionHash: "h", input: "1")
        return [
            .executionStarted(ExecutionStarted(start: start, deadline: time + 1)),
            .executionStarted(ExecutionStarted(start: bare, deadline: nil)),
            .executionSucceeded(output: Payload(text: "[1.0]")), .executionFailed(error: "E", cause: "\u{1F600}\n"),
            .executionFailed(error: nil, cause: nil), .executionTimedOut(error: "States.Timeout", cause: "late"),
            .executionAborted(error: "E", cause: "c"), .executionAborted(error: nil, cause: nil),
            .executionRedriven(ExecutionRedriven(redriveCount: 2, clientToken: "t", deadline: time)),
            .executionRedriven(ExecutionRedriven(redriveCount: 1, clientToken: nil, deadline: nil)),
        ]
    }

    private static let stateTypes: [StateType] = [.task, .wait, .pass, .succeed, .fail, .choice, .parallel, .map]

    private static var states: [EventDetail] {
        let variables = [AssignedVariable(name: "x y", value: Payload(text: #"{"a":1}"#))]
        return stateTypes.flatMap { type -> [EventDetail] in
            let exited = StateExited(
                name: "S", output: Payload(text: "{}"), assignedVariables: variables, next: "T")
            let last = StateExited(name: "S", output: Payload(text: "null"), assignedVariables: [], next: nil)
            let ends: [EventDetail] = type == .fail ? [] : [.stateExited(type, exited), .stateExited(type, last)]
            return [.stateEntered(type, name: "S", input: Payload(text: "{}")), .stateAborted(type)] + ends
        } + [
            .evaluationFailed(state: "S", error: "States.QueryEvaluationError", cause: "c", location: "Output"),
            .evaluationFailed(state: "S", error: "States.QueryEvaluationError", cause: "c", location: nil),
        ]
    }

    private static func tasks(_ flavor: TaskFlavor) -> [EventDetail] {
        var full = TaskScheduled(
            flavor: flavor, resource: "arn:aws:states:::ecs:runTask.sync", region: "eu-west-1", input: #"{"a":1}"#,
            timeoutSeconds: 60, heartbeatSeconds: 5, credentialsRoleArn: "arn:aws:iam::123456789012:role/Other",
            taskID: "task", taskToken: "token")
        let scheduled = full
        full.timeoutSeconds = nil
        full.heartbeatSeconds = nil
        full.credentialsRoleArn = nil
        full.taskToken = nil
        var details: [EventDetail] = [
            .taskScheduled(scheduled), .taskScheduled(full), .taskStarted(flavor, workerName: nil),
            .taskSucceeded(flavor, output: "{}"), .taskFailed(flavor, error: "E", cause: "c"),
            .taskFailed(flavor, error: nil, cause: nil), .taskTimedOut(flavor, error: "States.Timeout", cause: nil),
        ]
        if case .activity = flavor { details.append(.taskStarted(flavor, workerName: "w")) }
        if case .service = flavor { details.append(.taskSubmitted(flavor, output: "{}")) }
        return details
    }

    private static let groups: [EventDetail] = [
        .parallelStateStarted, .parallelStateSucceeded, .parallelStateFailed,
        .mapStateStarted(length: 2, items: Payload(text: "[1,2]")), .mapStateStarted(length: 0, items: nil),
        .mapStateSucceeded, .mapStateFailed, .mapIterationStarted(name: "M", index: 0, map: 2),
        .mapIterationSucceeded(name: "M", index: 0), .mapIterationFailed(name: "M", index: 1),
        .mapIterationAborted(name: "M", index: 2), .timerStarted(deadline: time),
        .retryScheduled(retrier: 0, deadline: time), .heartbeatRecorded(deadline: time), .decisionYielded,
    ]
}
