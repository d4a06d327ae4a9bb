import JSON
import StatesLanguage

/// Reads an event from the JSON that stands on `events`.
public enum EventDecoder {
    /// - Returns: the event and the ARN of its execution.
    /// - Throws: `CodecError` when a member is missing or of another type, or the event's type is unknown (a newer release's).
    public static func decode(_ bytes: [UInt8]) throws(CodecError) -> (executionArn: String, event: Event) {
        try decode(bytes.span)
    }

    /// - Throws: as `decode(_:)` of an array.
    public static func decode(_ bytes: Span<UInt8>) throws(CodecError) -> (executionArn: String, event: Event) {
        let record = try EventFields(bytes)
        let engine = try record.fields("steplog")
        let event = Event(
            sequence: try record.int64("sequence"), id: try record.optionalInt64("id") ?? 0,
            previousEventID: try record.int64("previousEventId"), timestamp: try record.millisecondsOfSeconds("timestamp"),
            frame: Int(try engine.optionalInt64("frame") ?? 0), detail: try detail(record, engine),
            cause: try cause(engine))
        return (try record.string("executionArn"), event)
    }

    private static func cause(_ engine: borrowing EventFields) throws(CodecError) -> Cause? {
        guard engine.contains("cause") else { return nil }
        let member = try engine.fields("cause")
        let trigger: Cause.Trigger
        switch try member.string("trigger") {
        case "command": trigger = .command(offset: try member.int64("offset"))
        case "timers": trigger = .timers
        case "continuation": trigger = .continuation
        case let other: throw CodecError(message: "\"\(other)\" is not a cause of a decision")
        }
        guard let seed = UInt64(try member.string("seed"), radix: 16) else {
            throw CodecError(message: "the seed of a decision is not hexadecimal")
        }
        return Cause(
            trigger: trigger, seed: seed,
            engineVersion: try member.optionalString("engine") ?? EngineVersion.current)
    }

    private static func detail(
        _ record: borrowing EventFields, _ engine: borrowing EventFields
    ) throws(CodecError) -> EventDetail {
        switch try record.type() {
        case .executionStarted: return try started(record, engine)
        case .executionSucceeded:
            return .executionSucceeded(output: try record.fields("executionSucceededEventDetails").payload("output"))
        case .executionFailed:
            let (error, cause) = try failure(record, "executionFailedEventDetails")
            return .executionFailed(error: error, cause: cause)
        case .executionTimedOut:
            let (error, cause) = try failure(record, "executionTimedOutEventDetails")
            return .executionTimedOut(error: error, cause: cause)
        case .executionAborted:
            let (error, cause) = try failure(record, "executionAbortedEventDetails")
            return .executionAborted(error: error, cause: cause)
        case .executionRedriven:
            return .executionRedriven(
                ExecutionRedriven(
                    redriveCount: try record.fields("executionRedrivenEventDetails").int64("redriveCount"),
                    clientToken: try engine.optionalString("clientToken"),
                    deadline: try engine.optionalMilliseconds("deadline")))
        case .stateEntered(let type):
            let details = try record.fields("stateEnteredEventDetails")
            return .stateEntered(type, name: try details.string("name"), input: try details.payload("input"))
        case .stateExited(let type): return .stateExited(type, try exited(record, engine))
        case .stateAborted(let type): return .stateAborted(type)
        case .evaluationFailed:
            let details = try record.fields("evaluationFailedEventDetails")
            return .evaluationFailed(
                state: try details.string("state"), error: try details.string("error"),
                cause: try details.string("cause"), location: try details.optionalString("location"))
        case .task(let family, let phase): return try task(family, phase, record, engine)
        case .parallelStateStarted: return .parallelStateStarted
        case .parallelStateSucceeded: return .parallelStateSucceeded
        case .parallelStateFailed: return .parallelStateFailed
        case .mapStateStarted:
            let length = Int(try record.fields("mapStateStartedEventDetails").int64("length"))
            return .mapStateStarted(length: length, items: try engine.optionalPayload("items"))
        case .mapStateSucceeded: return .mapStateSucceeded
        case .mapStateFailed: return .mapStateFailed
        case .mapIterationStarted:
            let (name, index) = try iteration(record, "mapIterationStartedEventDetails")
            return .mapIterationStarted(name: name, index: index, map: Int(try engine.int64("map")))
        case .mapIterationSucceeded:
            let (name, index) = try iteration(record, "mapIterationSucceededEventDetails")
            return .mapIterationSucceeded(name: name, index: index)
        case .mapIterationFailed:
            let (name, index) = try iteration(record, "mapIterationFailedEventDetails")
            return .mapIterationFailed(name: name, index: index)
        case .mapIterationAborted:
            let (name, index) = try iteration(record, "mapIterationAbortedEventDetails")
            return .mapIterationAborted(name: name, index: index)
        case .timerStarted: return .timerStarted(deadline: try engine.milliseconds("deadline"))
        case .retryScheduled:
            return .retryScheduled(
                retrier: Int(try engine.int64("retrier")), deadline: try engine.milliseconds("deadline"))
        case .heartbeatRecorded: return .heartbeatRecorded(deadline: try engine.milliseconds("deadline"))
        case .decisionYielded: return .decisionYielded
        }
    }

    private static func started(
        _ record: borrowing EventFields, _ engine: borrowing EventFields
    ) throws(CodecError) -> EventDetail {
        let details = try record.fields("executionStartedEventDetails")
        let start = StartExecution(
            executionArn: try record.string("executionArn"), name: try engine.string("name"),
            stateMachineArn: try engine.string("stateMachineArn"),
            stateMachineVersionArn: try details.optionalString("stateMachineVersionArn"),
            stateMachineAliasArn: try details.optionalString("stateMachineAliasArn"),
            roleArn: try details.string("roleArn"), definitionHash: try engine.string("definitionHash"),
            input: try details.string("input"), traceHeader: try engine.optionalString("traceHeader"),
            testCase: try engine.optionalString("testCase"))
        return .executionStarted(
            ExecutionStarted(start: start, deadline: try engine.optionalMilliseconds("deadline")))
    }

    private static func exited(
        _ record: borrowing EventFields, _ engine: borrowing EventFields
    ) throws(CodecError) -> StateExited {
        let details = try record.fields("stateExitedEventDetails")
        var assigned: [AssignedVariable] = []
        if details.contains("assignedVariables") {
            assigned = try details.fields("assignedVariables").payloads().map {
                AssignedVariable(name: $0.name, value: $0.value)
            }
        }
        return StateExited(
            name: try details.string("name"), output: try details.payload("output"), assignedVariables: assigned,
            next: try engine.optionalString("next"))
    }

    private static func task(
        _ family: EventType.TaskFamily, _ phase: EventType.TaskPhase, _ record: borrowing EventFields,
        _ engine: borrowing EventFields
    ) throws(CodecError) -> EventDetail {
        let name = family.detailsName(phase)
        var flavor = family == .activity ? TaskFlavor.activity : .lambdaFunction
        if phase == .started, !record.contains(name) {
            if family == .service { flavor = .service(type: "", resource: "") }
            return .taskStarted(flavor, workerName: nil)
        }
        let details = try record.fields(name)
        if family == .service {
            flavor = .service(type: try details.string("resourceType"), resource: try details.string("resource"))
        }
        switch phase {
        case .scheduled: return .taskScheduled(try scheduled(flavor, family == .service, details, engine))
        case .started: return .taskStarted(flavor, workerName: try details.optionalString("workerName"))
        case .submitted: return .taskSubmitted(flavor, output: try details.string("output"))
        case .succeeded: return .taskSucceeded(flavor, output: try details.string("output"))
        case .failed:
            return .taskFailed(
                flavor, error: try details.optionalString("error"), cause: try details.optionalString("cause"))
        case .timedOut:
            return .taskTimedOut(
                flavor, error: try details.optionalString("error"), cause: try details.optionalString("cause"))
        }
    }

    private static func scheduled(
        _ flavor: TaskFlavor, _ isService: Bool, _ details: borrowing EventFields, _ engine: borrowing EventFields
    ) throws(CodecError) -> TaskScheduled {
        var roleArn: String?
        if details.contains("taskCredentials") { roleArn = try details.fields("taskCredentials").string("roleArn") }
        return TaskScheduled(
            flavor: flavor, resource: isService ? try engine.string("resource") : try details.string("resource"),
            region: isService ? try details.string("region") : try engine.string("region"),
            input: try details.string(isService ? "parameters" : "input"),
            timeoutSeconds: try details.optionalInt64("timeoutInSeconds"),
            heartbeatSeconds: try details.optionalInt64("heartbeatInSeconds"), credentialsRoleArn: roleArn,
            taskID: try engine.string("taskId"), taskToken: try engine.optionalString("taskToken"))
    }

    private static func failure(
        _ record: borrowing EventFields, _ name: StaticString
    ) throws(CodecError) -> (error: String?, cause: String?) {
        let details = try record.fields(name)
        return (try details.optionalString("error"), try details.optionalString("cause"))
    }

    private static func iteration(
        _ record: borrowing EventFields, _ name: StaticString
    ) throws(CodecError) -> (name: String, index: Int) {
        let details = try record.fields(name)
        return (try details.string("name"), Int(try details.int64("index")))
    }
}
