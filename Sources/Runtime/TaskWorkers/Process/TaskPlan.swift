import Engine
import JSON

/// What a supervisor needs to run a task: the file `plan.json` of the task's directory.
struct TaskPlan: Sendable, Equatable {
    /// What ran: it decides how the end is told.
    enum Kind: String, Sendable {
        case ecs
        case lambda
    }

    var kind: Kind
    /// What was asked for, so that a new worker can go on with it.
    var request: TaskRequest
    var containers: [ContainerPlan]
    /// The task object of ECS as RunTask answered it; null for Lambda.
    var task: JSONValue
    /// Why the task can't start although it was accepted (a missing secret, for one); nil where nothing is in the way.
    var startFailure: String?
    /// `NAME=value` in the environment of all its processes and of no other.
    var marker: String { "\(Self.markerName)=\(markerValue)" }
    var markerValue: String
    /// How its containers run in an engine; nil: they are processes of this machine.
    var container: ContainerSettings?

    /// Names the environment variable by which the processes of a task are found again.
    static let markerName = "STEPLOG_TASK"

    var bytes: [UInt8] {
        JSONWriter.bytes([
            "kind": .string(kind.rawValue), "request": TaskRequestCoding.json(request),
            "containers": .array(containers.map(\.json)), "task": task,
            "startFailure": startFailure.map { .string($0) } ?? .null, "marker": .string(markerValue),
            "container": container?.json ?? .null,
        ])
    }
}

extension TaskPlan {
    init(_ bytes: [UInt8]) throws {
        let fields = try JSONFields(JSONParser.parse(bytes))
        let kindText = try fields.requiredString("kind")
        guard let kind = Kind(rawValue: kindText) else { throw fields.problem("kind", "\"\(kindText)\" is unknown") }
        self.kind = kind
        request = try TaskRequestCoding.request(JSONFields(fields.value("request"), path: "request"))
        containers = []
        for container in try fields.objects("containers") { containers.append(try ContainerPlan(container)) }
        task = fields.value("task") ?? .null
        startFailure = try fields.string("startFailure")
        markerValue = try fields.requiredString("marker")
        container = try ContainerSettings.decode(fields.value("container"))
    }
}
