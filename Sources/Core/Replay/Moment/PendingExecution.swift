public import Engine
public import JSON
import StatesLanguage

/// An open execution with what it waits for.
public struct PendingExecution: Sendable {
    public var arn: String
    /// Epoch milliseconds.
    public var startedAt: Int64
    public var causes: [PendingCause]
    /// What the worker of a task has written down of it, by the cause's position; nil: nothing.
    public var workers: [JSONObject?]

    /// Whether some part of it waits for nothing that could come, or all of it for an operator.
    public var isStuck: Bool { causes.contains { $0.kind == .nothing || $0.kind == .parked } }

    /// - Parameters:
    ///   - parked: why nothing that comes is taken; nil: it is.
    ///   - worker: what is known of a task's worker.
    public init(
        _ execution: Execution, parked: PendingCause? = nil, worker: (_ taskID: String) -> JSONObject? = { _ in nil }
    ) {
        arn = execution.arn
        startedAt = execution.startedAt
        causes = (parked.map { [$0] } ?? []) + execution.pendingCauses
        workers = causes.map { $0.taskID.flatMap(worker) }
    }

    public var json: JSONValue {
        let waits = zip(causes, workers).map { cause, worker -> JSONValue in
            guard let worker, case .object(var object) = cause.json else { return cause.json }
            object["worker"] = .object(worker)
            return .object(object)
        }
        return [
            "executionArn": .string(arn), "started": .string(Timestamp(epochMilliseconds: startedAt).text),
            "isStuck": .bool(isStuck), "waitsFor": .array(waits),
        ]
    }
}
