public import JSON
import StatesLanguage

/// Reads an event from the JSON that stands on `events`.
public enum EventDecoder {
    /// - Returns: the event and the ARN of its execution.
    /// - Throws: `CodecError` when a member is missing or of another type, or the event's type is unknown (a newer release's).
    public static func decode(_ bytes: [UInt8]) throws(CodecError) -> (executionArn: String, event: Event) {
        let value: JSONValue
        do {
            value = try JSONParser.parse(bytes)
        } catch {
            throw CodecError(message: "the event is not valid JSON: \(error)")
        }
        return try decode(value)
    }

    public static func decode(_ value: JSONValue) throws(CodecError) -> (executionArn: String, event: Event) {
        let record = try MemberReader(value, "event")
        let engine = try record.object("steplog")
        let milliseconds = (try record.double("timestamp") * 1_000).rounded()
        guard abs(milliseconds) <= Double(MemberReader.millisecondsMax) else {
            throw CodecError(message: "event.timestamp is no time")
        }
        let event = Event(
            sequence: try record.int64("sequence"), id: try record.optionalInt64("id") ?? 0,
            previousEventID: try record.int64("previousEventId"), timestamp: Int64(milliseconds),
            frame: Int(try engine.optionalInt64("frame") ?? 0), detail: try detail(record, engine),
            cause: try cause(engine))
        return (try record.string("executionArn"), event)
    }

    private static func cause(_ engine: MemberReader) throws(CodecError) -> Cause? {
        guard let member = try engine.optionalObject("cause") else { return nil }
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

    private static func detail(_ record: MemberReader, _ engine: MemberReader) throws(CodecError) -> EventDetail {
        let type = try record.string("type")
        if let detail = try executionDetail(type, record, engine) { return detail }
        if let detail = try stateDetail(type, record, engine) { return detail }
        if let detail = try taskDetail(type, record, engine) { return detail }
        if let detail = try groupDetail(type, record, engine) { return detail }
        throw CodecError(
            message: "\"\(type)\" is no type of event that this release knows; a newer one may have written it")
    }

    private static func executionDetail(
        _ type: String, _ record: MemberReader, _ engine: MemberReader
    ) throws(CodecError) -> EventDetail? {
        switch type {
        case "ExecutionStarted":
            let details = try record.object("executionStartedEventDetails")
            let start = StartExecution(
                executionArn: try record.string("executionArn"), name: try engine.string("name"),
                stateMachineArn: try engine.string("stateMachineArn"),
                stateMachineVersionArn: try details.optionalString("stateMachineVersionArn"),
                stateMachineAliasArn: try details.optionalString("stateMachineAliasArn"),
                roleArn: try details.string("roleArn"),
                definitionHash: try engine.string("definitionHash"), input: try details.string("input"),
                traceHeader: try engine.optionalString("traceHeader"),
                testCase: try engine.optionalString("testCase"))
            return .executionStarted(
                ExecutionStarted(start: start, deadline: try engine.optionalMilliseconds("deadline")))
        case "ExecutionSucceeded":
            return .executionSucceeded(
                output: Payload(text: try record.object("executionSucceededEventDetails").string("output")))
        case "ExecutionFailed":
            let (error, cause) = try failure(record, "executionFailedEventDetails")
            return .executionFailed(error: error, cause: cause)
        case "ExecutionTimedOut":
            let (error, cause) = try failure(record, "executionTimedOutEventDetails")
            return .executionTimedOut(error: error, cause: cause)
        case "ExecutionAborted":
            let (error, cause) = try failure(record, "executionAbortedEventDetails")
            return .executionAborted(error: error, cause: cause)
        case "ExecutionRedriven":
            return .executionRedriven(
                ExecutionRedriven(
                    redriveCount: try record.object("executionRedrivenEventDetails").int64("redriveCount"),
                    clientToken: try engine.optionalString("clientToken"),
                    deadline: try engine.optionalMilliseconds("deadline")))
        default: return nil
        }
    }

    private static func stateDetail(
        _ type: String, _ record: MemberReader, _ engine: MemberReader
    ) throws(CodecError) -> EventDetail? {
        if type == "EvaluationFailed" {
            let details = try record.object("evaluationFailedEventDetails")
            return .evaluationFailed(
                state: try details.string("state"), error: try details.string("error"),
                cause: try details.string("cause"),
                location: try details.optionalString("location"))
        }
        if type.hasSuffix("StateEntered"), let stateType = StateType(rawValue: String(type.dropLast(12))) {
            let details = try record.object("stateEnteredEventDetails")
            return .stateEntered(
                stateType, name: try details.string("name"), input: Payload(text: try details.string("input")))
        }
        if type.hasSuffix("StateAborted"), let stateType = StateType(rawValue: String(type.dropLast(12))) {
            return .stateAborted(stateType)
        }
        guard type.hasSuffix("StateExited"), let stateType = StateType(rawValue: String(type.dropLast(11))) else {
            return nil
        }
        let details = try record.object("stateExitedEventDetails")
        var assigned: [AssignedVariable] = []
        for member in try details.optionalObject("assignedVariables")?.members ?? [] {
            guard let text = member.value.string else {
                throw CodecError(message: "assignedVariables holds JSON texts")
            }
            assigned.append(AssignedVariable(name: member.key.text, value: Payload(text: text)))
        }
        return .stateExited(
            stateType,
            StateExited(
                name: try details.string("name"), output: Payload(text: try details.string("output")),
                assignedVariables: assigned,
                next: try engine.optionalString("next")))
    }

    private static func taskDetail(
        _ type: String, _ record: MemberReader, _ engine: MemberReader
    ) throws(CodecError) -> EventDetail? {
        for (prefix, family) in [
            ("LambdaFunction", TaskFlavor.lambdaFunction), ("Activity", .activity),
            ("Task", .service(type: "", resource: "")),
        ]
        where type.hasPrefix(prefix) {
            let phase = String(type.dropFirst(prefix.utf8.count))
            guard ["Scheduled", "Started", "Submitted", "Succeeded", "Failed", "TimedOut"].contains(phase) else {
                return nil
            }
            guard let details = try record.optionalObject(family.detailsName(phase)) else {
                return phase == "Started" ? .taskStarted(family, workerName: nil) : nil
            }
            var flavor = family
            if case .service = family {
                flavor = .service(type: try details.string("resourceType"), resource: try details.string("resource"))
            }
            switch phase {
            case "Scheduled": return .taskScheduled(try scheduled(flavor, details, engine))
            case "Started":
                return .taskStarted(flavor, workerName: try details.optionalString("workerName"))
            case "Submitted": return .taskSubmitted(flavor, output: try details.string("output"))
            case "Succeeded": return .taskSucceeded(flavor, output: try details.string("output"))
            case "Failed":
                return .taskFailed(
                    flavor, error: try details.optionalString("error"), cause: try details.optionalString("cause"))
            default:
                return .taskTimedOut(
                    flavor, error: try details.optionalString("error"), cause: try details.optionalString("cause"))
            }
        }
        return nil
    }

    private static func scheduled(
        _ flavor: TaskFlavor, _ details: MemberReader, _ engine: MemberReader
    ) throws(CodecError) -> TaskScheduled {
        var isService = false
        if case .service = flavor { isService = true }
        return TaskScheduled(
            flavor: flavor, resource: isService ? try engine.string("resource") : try details.string("resource"),
            region: isService ? try details.string("region") : try engine.string("region"),
            input: try details.string(isService ? "parameters" : "input"),
            timeoutSeconds: try details.optionalInt64("timeoutInSeconds"),
            heartbeatSeconds: try details.optionalInt64("heartbeatInSeconds"),
            credentialsRoleArn: try details.optionalObject("taskCredentials")?.string("roleArn"),
            taskID: try engine.string("taskId"), taskToken: try engine.optionalString("taskToken"))
    }

    private static func groupDetail(
        _ type: String, _ record: MemberReader, _ engine: MemberReader
    ) throws(CodecError) -> EventDetail? {
        switch type {
        case "ParallelStateStarted": return .parallelStateStarted
        case "ParallelStateSucceeded": return .parallelStateSucceeded
        case "ParallelStateFailed": return .parallelStateFailed
        case "MapStateStarted":
            let length = Int(try record.object("mapStateStartedEventDetails").int64("length"))
            return .mapStateStarted(length: length, items: try engine.optionalString("items").map(Payload.init(text:)))
        case "MapStateSucceeded": return .mapStateSucceeded
        case "MapStateFailed": return .mapStateFailed
        case "MapIterationStarted":
            let (name, index) = try iteration(record, "mapIterationStartedEventDetails")
            return .mapIterationStarted(name: name, index: index, map: Int(try engine.int64("map")))
        case "MapIterationSucceeded":
            let (name, index) = try iteration(record, "mapIterationSucceededEventDetails")
            return .mapIterationSucceeded(name: name, index: index)
        case "MapIterationFailed":
            let (name, index) = try iteration(record, "mapIterationFailedEventDetails")
            return .mapIterationFailed(name: name, index: index)
        case "MapIterationAborted":
            let (name, index) = try iteration(record, "mapIterationAbortedEventDetails")
            return .mapIterationAborted(name: name, index: index)
        case "steplog.internal.timerStarted": return .timerStarted(deadline: try engine.milliseconds("deadline"))
        case "steplog.internal.retryScheduled":
            return .retryScheduled(
                retrier: Int(try engine.int64("retrier")), deadline: try engine.milliseconds("deadline"))
        case "steplog.internal.heartbeatRecorded":
            return .heartbeatRecorded(deadline: try engine.milliseconds("deadline"))
        case "steplog.internal.decisionYielded": return .decisionYielded
        default: return nil
        }
    }

    private static func failure(
        _ record: MemberReader, _ name: String
    ) throws(CodecError) -> (error: String?, cause: String?) {
        let details = try record.object(name)
        return (try details.optionalString("error"), try details.optionalString("cause"))
    }

    private static func iteration(
        _ record: MemberReader, _ name: String
    ) throws(CodecError) -> (name: String, index: Int) {
        let details = try record.object(name)
        return (try details.string("name"), Int(try details.int64("index")))
    }
}
