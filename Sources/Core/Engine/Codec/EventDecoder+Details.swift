import StatesLanguage

/// `steplog`, the member that only folding needs.
struct EngineMember {
    private(set) var frame = 0
    private(set) var cause: Cause?
    private(set) var isRead = false

    /// Reads what every event has, and with `body` what one type of event has.
    mutating func read<Value>(
        _ record: inout EventFields, _ body: (inout EventFields) throws(CodecError) -> Value
    ) throws(CodecError) -> Value {
        var members = try record.fields("steplog")
        frame = Int(try members.optionalInt64("frame") ?? 0)
        let value = try body(&members)
        if try members.contains("cause") {
            var cause = try members.fields("cause")
            self.cause = try Self.cause(&cause)
            try members.leave(cause)
        }
        try record.leave(members)
        isRead = true
        return value
    }

    /// The time that a timer comes due, epoch milliseconds.
    mutating func deadline(_ record: inout EventFields) throws(CodecError) -> Int64 {
        try read(&record) { members throws(CodecError) in try members.milliseconds("deadline") }
    }

    private static func cause(_ member: inout EventFields) throws(CodecError) -> Cause {
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
}

/// The details of events of one kind.
extension EventDecoder {
    static func redriven(
        _ record: inout EventFields, _ engine: inout EngineMember
    ) throws(CodecError) -> EventDetail {
        var details = try record.fields("executionRedrivenEventDetails")
        let redriveCount = try details.int64("redriveCount")
        try record.leave(details)
        return try engine.read(&record) { members throws(CodecError) in
            .executionRedriven(
                ExecutionRedriven(
                    redriveCount: redriveCount, clientToken: try members.optionalString("clientToken"),
                    deadline: try members.optionalMilliseconds("deadline")))
        }
    }

    static func evaluationFailed(_ record: inout EventFields) throws(CodecError) -> EventDetail {
        var details = try record.fields("evaluationFailedEventDetails")
        let error = try details.string("error")
        let cause = try details.string("cause")
        let location = try details.optionalString("location")
        let state = try details.string("state")
        try record.leave(details)
        return .evaluationFailed(state: state, error: error, cause: cause, location: location)
    }

    static func task(
        _ family: EventType.TaskFamily, _ phase: EventType.TaskPhase, _ record: inout EventFields,
        _ engine: inout EngineMember
    ) throws(CodecError) -> EventDetail {
        let name = family.detailsName(phase)
        var flavor = family == .activity ? TaskFlavor.activity : .lambdaFunction
        if phase == .started, try !record.contains(name) {
            if family == .service { flavor = .service(type: "", resource: "") }
            return .taskStarted(flavor, workerName: nil)
        }
        var details = try record.fields(name)
        if family == .service {
            flavor = .service(type: try details.string("resourceType"), resource: try details.string("resource"))
        }
        let detail: EventDetail
        switch phase {
        case .scheduled:
            let scheduled = try scheduled(flavor, &details)
            try record.leave(details)
            return .taskScheduled(try located(scheduled, &record, &engine))
        case .started: detail = .taskStarted(flavor, workerName: try details.optionalString("workerName"))
        case .submitted: detail = .taskSubmitted(flavor, output: try details.string("output"))
        case .succeeded: detail = .taskSucceeded(flavor, output: try details.string("output"))
        case .failed:
            let (error, cause) = try failure(&details)
            detail = .taskFailed(flavor, error: error, cause: cause)
        case .timedOut:
            let (error, cause) = try failure(&details)
            detail = .taskTimedOut(flavor, error: error, cause: cause)
        }
        try record.leave(details)
        return detail
    }

    /// What AWS's details say of a task: of a service the region, of the others the resource.
    private static func scheduled(
        _ flavor: TaskFlavor, _ details: inout EventFields
    ) throws(CodecError) -> TaskScheduled {
        var (resource, region, input) = ("", "", "")
        if case .service = flavor {
            region = try details.string("region")
            input = try details.string("parameters")
        } else {
            resource = try details.string("resource")
            input = try details.string("input")
        }
        let timeout = try details.optionalInt64("timeoutInSeconds")
        let heartbeat = try details.optionalInt64("heartbeatInSeconds")
        var roleArn: String?
        if try details.contains("taskCredentials") {
            var credentials = try details.fields("taskCredentials")
            roleArn = try credentials.string("roleArn")
            try details.leave(credentials)
        }
        return TaskScheduled(
            flavor: flavor, resource: resource, region: region, input: input, timeoutSeconds: timeout,
            heartbeatSeconds: heartbeat, credentialsRoleArn: roleArn, taskID: "", taskToken: nil)
    }

    /// The same with what AWS's details leave out.
    private static func located(
        _ scheduled: TaskScheduled, _ record: inout EventFields, _ engine: inout EngineMember
    ) throws(CodecError) -> TaskScheduled {
        try engine.read(&record) { members throws(CodecError) in
            var located = scheduled
            located.taskID = try members.string("taskId")
            located.taskToken = try members.optionalString("taskToken")
            if case .service = scheduled.flavor {
                located.resource = try members.string("resource")
            } else {
                located.region = try members.string("region")
            }
            return located
        }
    }

    static func failure(
        _ record: inout EventFields, _ name: StaticString
    ) throws(CodecError) -> (error: String?, cause: String?) {
        var details = try record.fields(name)
        let failure = try failure(&details)
        try record.leave(details)
        return failure
    }

    private static func failure(_ details: inout EventFields) throws(CodecError) -> (error: String?, cause: String?) {
        let error = try details.optionalString("error")
        return (error, try details.optionalString("cause"))
    }

    static func iteration(
        _ record: inout EventFields, _ name: StaticString
    ) throws(CodecError) -> (name: String, index: Int) {
        var details = try record.fields(name)
        let iteration = (try details.string("name"), Int(try details.int64("index")))
        try record.leave(details)
        return iteration
    }
}
