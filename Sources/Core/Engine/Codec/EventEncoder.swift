import JSON
import StatesLanguage

/// Writes the events of one execution as the JSON that stands on `events`: AWS's HistoryEvent, an envelope, and in `steplog` what
/// only folding needs.
///
///     var encoder = EventEncoder(executionArn: arn)
///     for event in decision.events { encoder.write(event, to: &bytes) }
///
/// What one state leaves is what the next one enters with, so the last payload's escaped text is kept at hand.
public struct EventEncoder {
    /// Every event's first member.
    private let head: [UInt8]
    private var lastPayload: Payload?
    /// `lastPayload` as a JSON string, quotes included.
    private var lastQuoted: [UInt8] = []

    public init(executionArn: String) {
        var writer = MemberWriter(appendingTo: [])
        writer.open()
        writer.string("executionArn", executionArn)
        head = writer.bytes
    }

    /// Appends the record's value.
    public mutating func write(_ event: Event, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: head)
        var writer = MemberWriter(afterMemberIn: bytes)
        bytes = []
        writer.integer("sequence", event.sequence)
        if event.id != 0 { writer.integer("id", event.id) }
        writer.integer("previousEventId", event.previousEventID)
        writer.seconds("timestamp", epochMilliseconds: event.timestamp)
        writer.string("type", event.detail.typeName)
        writeDetails(event.detail, to: &writer)
        Self.writeEngineMember(event, to: &writer)
        writer.close()
        bytes = writer.bytes
    }

    private mutating func payload(_ name: StaticString, _ payload: Payload, to writer: inout MemberWriter) {
        if lastPayload?.isCopy(of: payload) != true {
            lastQuoted.removeAll(keepingCapacity: true)
            JSONWriter.write(payload.text, to: &lastQuoted)
            lastPayload = payload
        }
        writer.written(name, lastQuoted)
    }

    // MARK: - AWS's details

    private mutating func writeDetails(_ detail: EventDetail, to writer: inout MemberWriter) {
        switch detail {
        case .executionStarted(let started): Self.writeStarted(started, to: &writer)
        case .executionSucceeded(let output):
            writer.object("executionSucceededEventDetails")
            payload("output", output, to: &writer)
            writer.notTruncated("outputDetails")
            writer.close()
        case .executionFailed(let error, let cause):
            Self.writeFailure("executionFailedEventDetails", error, cause, to: &writer)
        case .executionTimedOut(let error, let cause):
            Self.writeFailure("executionTimedOutEventDetails", error, cause, to: &writer)
        case .executionAborted(let error, let cause):
            Self.writeFailure("executionAbortedEventDetails", error, cause, to: &writer)
        case .executionRedriven(let redriven):
            writer.object("executionRedrivenEventDetails")
            writer.integer("redriveCount", redriven.redriveCount)
            writer.close()
        case .stateEntered(_, let name, let input):
            writer.object("stateEnteredEventDetails")
            writer.string("name", name)
            payload("input", input, to: &writer)
            writer.notTruncated("inputDetails")
            writer.close()
        case .stateExited(_, let exited): writeExited(exited, to: &writer)
        case .evaluationFailed(let state, let error, let cause, let location):
            writer.object("evaluationFailedEventDetails")
            writer.string("error", error)
            writer.string("cause", cause)
            writer.string("location", location)
            writer.string("state", state)
            writer.close()
        case .taskScheduled(let scheduled): Self.writeScheduled(scheduled, to: &writer)
        case .taskStarted(let flavor, let workerName):
            Self.writeTask(flavor, "Started", to: &writer) { $0.string("workerName", workerName) }
        case .taskSubmitted(let flavor, let output), .taskSucceeded(let flavor, let output):
            var phase = "Succeeded"
            if case .taskSubmitted = detail { phase = "Submitted" }
            Self.writeTask(flavor, phase, to: &writer) {
                $0.string("output", output)
                $0.notTruncated("outputDetails")
            }
        case .taskFailed(let flavor, let error, let cause), .taskTimedOut(let flavor, let error, let cause):
            var phase = "Failed"
            if case .taskTimedOut = detail { phase = "TimedOut" }
            Self.writeTask(flavor, phase, to: &writer) {
                $0.string("error", error)
                $0.string("cause", cause)
            }
        case .mapStateStarted(let length, _):
            writer.object("mapStateStartedEventDetails")
            writer.integer("length", length)
            writer.close()
        case .mapIterationStarted(let name, let index, _):
            Self.writeIteration("mapIterationStartedEventDetails", name, index, to: &writer)
        case .mapIterationSucceeded(let name, let index):
            Self.writeIteration("mapIterationSucceededEventDetails", name, index, to: &writer)
        case .mapIterationFailed(let name, let index):
            Self.writeIteration("mapIterationFailedEventDetails", name, index, to: &writer)
        case .mapIterationAborted(let name, let index):
            Self.writeIteration("mapIterationAbortedEventDetails", name, index, to: &writer)
        case .stateAborted, .parallelStateStarted, .parallelStateSucceeded, .parallelStateFailed, .mapStateSucceeded,
            .mapStateFailed,
            .timerStarted, .retryScheduled, .heartbeatRecorded, .decisionYielded:
            break
        }
    }

    private static func writeStarted(_ started: ExecutionStarted, to writer: inout MemberWriter) {
        writer.object("executionStartedEventDetails")
        writer.string("input", started.start.input)
        writer.notTruncated("inputDetails")
        writer.string("roleArn", started.start.roleArn)
        writer.string("stateMachineAliasArn", started.start.stateMachineAliasArn)
        writer.string("stateMachineVersionArn", started.start.stateMachineVersionArn)
        writer.close()
    }

    private mutating func writeExited(_ exited: StateExited, to writer: inout MemberWriter) {
        writer.object("stateExitedEventDetails")
        writer.string("name", exited.name)
        payload("output", exited.output, to: &writer)
        writer.notTruncated("outputDetails")
        if !exited.assignedVariables.isEmpty {
            writer.object("assignedVariables")
            for variable in exited.assignedVariables {
                writer.key(named: variable.name)
                writer.text(variable.value.text)
            }
            writer.close()
            writer.notTruncated("assignedVariablesDetails")
        }
        writer.close()
    }

    private static func writeScheduled(_ scheduled: TaskScheduled, to writer: inout MemberWriter) {
        writer.object(named: scheduled.flavor.detailsName("Scheduled"))
        switch scheduled.flavor {
        case .lambdaFunction, .activity:
            writer.string("resource", scheduled.resource)
            writer.string("input", scheduled.input)
            writer.notTruncated("inputDetails")
        case .service(let type, let resource):
            writer.string("resourceType", type)
            writer.string("resource", resource)
            writer.string("region", scheduled.region)
            writer.string("parameters", scheduled.input)
        }
        writer.integer("timeoutInSeconds", scheduled.timeoutSeconds)
        writer.integer("heartbeatInSeconds", scheduled.heartbeatSeconds)
        if let role = scheduled.credentialsRoleArn {
            writer.object("taskCredentials")
            writer.string("roleArn", role)
            writer.close()
        }
        writer.close()
    }

    private static func writeTask(
        _ flavor: TaskFlavor, _ phase: String, to writer: inout MemberWriter, _ members: (inout MemberWriter) -> Void
    ) {
        if case .lambdaFunction = flavor, phase == "Started" { return }
        writer.object(named: flavor.detailsName(phase))
        if case .service(let type, let resource) = flavor {
            writer.string("resourceType", type)
            writer.string("resource", resource)
        }
        members(&writer)
        writer.close()
    }

    private static func writeFailure(
        _ name: StaticString, _ error: String?, _ cause: String?, to writer: inout MemberWriter
    ) {
        writer.object(name)
        writer.string("error", error)
        writer.string("cause", cause)
        writer.close()
    }

    private static func writeIteration(
        _ member: StaticString, _ name: String, _ index: Int, to writer: inout MemberWriter
    ) {
        writer.object(member)
        writer.string("name", name)
        writer.integer("index", index)
        writer.close()
    }

    // MARK: - What only folding needs

    private static func writeEngineMember(_ event: Event, to writer: inout MemberWriter) {
        writer.object("steplog")
        if event.frame != 0 { writer.integer("frame", event.frame) }
        switch event.detail {
        case .executionStarted(let started):
            writer.string("name", started.start.name)
            writer.string("stateMachineArn", started.start.stateMachineArn)
            writer.string("definitionHash", started.start.definitionHash)
            writer.string("traceHeader", started.start.traceHeader)
            writer.string("testCase", started.start.testCase)
            writer.integer("deadline", started.deadline)
        case .executionRedriven(let redriven):
            writer.string("clientToken", redriven.clientToken)
            writer.integer("deadline", redriven.deadline)
        case .stateExited(_, let exited): writer.string("next", exited.next)
        case .taskScheduled(let scheduled):
            writer.string("taskId", scheduled.taskID)
            writer.string("taskToken", scheduled.taskToken)
            if case .service = scheduled.flavor { writer.string("resource", scheduled.resource) }
            if case .lambdaFunction = scheduled.flavor { writer.string("region", scheduled.region) }
            if case .activity = scheduled.flavor { writer.string("region", scheduled.region) }
        case .mapStateStarted(_, let items): if let items { writer.string("items", items.text) }
        case .mapIterationStarted(_, _, let map): writer.integer("map", map)
        case .timerStarted(let deadline), .heartbeatRecorded(let deadline): writer.integer("deadline", deadline)
        case .retryScheduled(let retrier, let deadline):
            writer.integer("retrier", retrier)
            writer.integer("deadline", deadline)
        case .executionSucceeded, .executionFailed, .executionTimedOut, .executionAborted, .stateEntered, .stateAborted,
            .evaluationFailed, .taskStarted, .taskSubmitted, .taskSucceeded, .taskFailed, .taskTimedOut,
            .parallelStateStarted,
            .parallelStateSucceeded, .parallelStateFailed, .mapStateSucceeded, .mapStateFailed, .mapIterationSucceeded,
            .mapIterationFailed, .mapIterationAborted, .decisionYielded:
            break
        }
        if let cause = event.cause { writeCause(cause, to: &writer) }
        writer.close()
    }

    private static func writeCause(_ cause: Cause, to writer: inout MemberWriter) {
        writer.object("cause")
        switch cause.trigger {
        case .command(let offset):
            writer.string("trigger", "command")
            writer.integer("offset", offset)
        case .timers: writer.string("trigger", "timers")
        case .continuation: writer.string("trigger", "continuation")
        }
        writer.hexadecimal("seed", cause.seed)
        writer.string("engine", cause.engineVersion)
        writer.close()
    }
}

/// The version of the decisions: raised when the same command on the same state would give other events.
public enum EngineVersion {
    public static let current = "1"
}
