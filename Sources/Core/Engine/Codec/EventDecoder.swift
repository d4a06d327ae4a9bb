import JSON
import StatesLanguage

/// Reads events from the JSON that stands on `events`.
///
///     var decoder = EventDecoder()
///     for record in records { let (arn, event) = try decoder.next(record.valueSpan) }
///
/// Events of one execution stand together, and what one state leaves is what the next one enters with; so the last ARN and
/// payload are kept, and shared when they come again.
public struct EventDecoder {
    private var lastArn = ""
    /// `lastArn` as it is written.
    private var lastQuotedArn: [UInt8] = []
    private var lastPayload: Payload?

    public init() {}

    /// One event alone.
    /// - Returns: the event and the ARN of its execution.
    /// - Throws: as `next`.
    public static func decode(_ bytes: [UInt8]) throws(CodecError) -> (executionArn: String, event: Event) {
        try decode(bytes.span)
    }

    /// One event alone.
    /// - Throws: as `next`.
    public static func decode(_ bytes: Span<UInt8>) throws(CodecError) -> (executionArn: String, event: Event) {
        var decoder = EventDecoder()
        return try decoder.next(bytes)
    }

    /// - Returns: the event and the ARN of its execution.
    /// - Throws: `CodecError` when a member is missing or of another type, or the event's type is unknown (a newer release's).
    public mutating func next(_ bytes: Span<UInt8>) throws(CodecError) -> (executionArn: String, event: Event) {
        var record = try EventFields(bytes)
        if let quoted = try record.quoted("executionArn", unless: lastQuotedArn) {
            lastArn = JSONString(quoted: quoted)?.text ?? ""
            lastQuotedArn = quoted
        }
        let sequence = try record.int64("sequence")
        let id = try record.optionalInt64("id") ?? 0
        let previousEventID = try record.int64("previousEventId")
        let timestamp = try record.millisecondsOfSeconds("timestamp")
        var engine = EngineMember()
        let detail = try detail(try record.type(), &record, &engine)
        if !engine.isRead { try engine.read(&record) { _ throws(CodecError) in } }
        try record.finish()
        return (
            lastArn,
            Event(
                sequence: sequence, id: id, previousEventID: previousEventID, timestamp: timestamp, frame: engine.frame,
                detail: detail, cause: engine.cause)
        )
    }

    // MARK: - Details

    private mutating func detail(
        _ type: EventType, _ record: inout EventFields, _ engine: inout EngineMember
    ) throws(CodecError) -> EventDetail {
        switch type {
        case .executionStarted: return try started(&record, &engine)
        case .executionSucceeded:
            var details = try record.fields("executionSucceededEventDetails")
            let output = try details.payload("output", after: &lastPayload)
            details.skipNotTruncated(#","outputDetails":{"truncated":false}"#)
            try record.leave(details)
            return .executionSucceeded(output: output)
        case .executionFailed:
            let (error, cause) = try Self.failure(&record, "executionFailedEventDetails")
            return .executionFailed(error: error, cause: cause)
        case .executionTimedOut:
            let (error, cause) = try Self.failure(&record, "executionTimedOutEventDetails")
            return .executionTimedOut(error: error, cause: cause)
        case .executionAborted:
            let (error, cause) = try Self.failure(&record, "executionAbortedEventDetails")
            return .executionAborted(error: error, cause: cause)
        case .executionRedriven: return try Self.redriven(&record, &engine)
        case .stateEntered(let type):
            var details = try record.fields("stateEnteredEventDetails")
            let name = try details.string("name")
            let input = try details.payload("input", after: &lastPayload)
            details.skipNotTruncated(#","inputDetails":{"truncated":false}"#)
            try record.leave(details)
            return .stateEntered(type, name: name, input: input)
        case .stateExited(let type): return .stateExited(type, try exited(&record, &engine))
        case .stateAborted(let type): return .stateAborted(type)
        case .evaluationFailed: return try Self.evaluationFailed(&record)
        case .task(let family, let phase): return try Self.task(family, phase, &record, &engine)
        case .parallelStateStarted: return .parallelStateStarted
        case .parallelStateSucceeded: return .parallelStateSucceeded
        case .parallelStateFailed: return .parallelStateFailed
        case .mapStateStarted:
            var details = try record.fields("mapStateStartedEventDetails")
            let length = Int(try details.int64("length"))
            try record.leave(details)
            let items = try engine.read(&record) { members throws(CodecError) in
                try members.optionalPayload("items", after: &lastPayload)
            }
            return .mapStateStarted(length: length, items: items)
        case .mapStateSucceeded: return .mapStateSucceeded
        case .mapStateFailed: return .mapStateFailed
        case .mapIterationStarted:
            let (name, index) = try Self.iteration(&record, "mapIterationStartedEventDetails")
            let map = try engine.read(&record) { members throws(CodecError) in try members.int64("map") }
            return .mapIterationStarted(name: name, index: index, map: Int(map))
        case .mapIterationSucceeded:
            let (name, index) = try Self.iteration(&record, "mapIterationSucceededEventDetails")
            return .mapIterationSucceeded(name: name, index: index)
        case .mapIterationFailed:
            let (name, index) = try Self.iteration(&record, "mapIterationFailedEventDetails")
            return .mapIterationFailed(name: name, index: index)
        case .mapIterationAborted:
            let (name, index) = try Self.iteration(&record, "mapIterationAbortedEventDetails")
            return .mapIterationAborted(name: name, index: index)
        case .timerStarted: return .timerStarted(deadline: try engine.deadline(&record))
        case .heartbeatRecorded: return .heartbeatRecorded(deadline: try engine.deadline(&record))
        case .retryScheduled:
            return try engine.read(&record) { members throws(CodecError) in
                .retryScheduled(
                    retrier: Int(try members.int64("retrier")), deadline: try members.milliseconds("deadline"))
            }
        case .decisionYielded: return .decisionYielded
        }
    }

    private mutating func started(
        _ record: inout EventFields, _ engine: inout EngineMember
    ) throws(CodecError) -> EventDetail {
        var details = try record.fields("executionStartedEventDetails")
        let input = try details.payload("input", after: &lastPayload)
        details.skipNotTruncated(#","inputDetails":{"truncated":false}"#)
        let roleArn = try details.string("roleArn")
        let aliasArn = try details.optionalString("stateMachineAliasArn")
        let versionArn = try details.optionalString("stateMachineVersionArn")
        try record.leave(details)
        let executionArn = lastArn
        return try engine.read(&record) { members throws(CodecError) in
            let start = StartExecution(
                executionArn: executionArn, name: try members.string("name"),
                stateMachineArn: try members.string("stateMachineArn"), stateMachineVersionArn: versionArn,
                stateMachineAliasArn: aliasArn, roleArn: roleArn, definitionHash: try members.string("definitionHash"),
                input: input.text, traceHeader: try members.optionalString("traceHeader"),
                testCase: try members.optionalString("testCase"))
            return .executionStarted(
                ExecutionStarted(start: start, deadline: try members.optionalMilliseconds("deadline")))
        }
    }

    private mutating func exited(
        _ record: inout EventFields, _ engine: inout EngineMember
    ) throws(CodecError) -> StateExited {
        var details = try record.fields("stateExitedEventDetails")
        let name = try details.string("name")
        let output = try details.payload("output", after: &lastPayload)
        details.skipNotTruncated(#","outputDetails":{"truncated":false}"#)
        var assigned: [AssignedVariable] = []
        if try details.contains("assignedVariables") {
            var variables = try details.fields("assignedVariables")
            assigned = try variables.payloads().map { AssignedVariable(name: $0.name, value: $0.value) }
            try details.leave(variables)
        }
        try record.leave(details)
        let next = try engine.read(&record) { members throws(CodecError) in try members.optionalString("next") }
        return StateExited(name: name, output: output, assignedVariables: assigned, next: next)
    }
}
