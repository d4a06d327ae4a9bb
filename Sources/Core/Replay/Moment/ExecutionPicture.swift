public import Engine
public import JSON
import StatesLanguage

extension Execution {
    /// The execution as it is after the events that were folded: status, where it stands, variables, tasks and timers. Members are
    /// named, so that two pictures can be compared by `JSONDifference`.
    public var picture: JSONValue {
        var object: JSONObject = [
            "executionArn": .string(arn), "stateMachineArn": .string(start.stateMachineArn),
            "status": .string(status.rawValue), "event": .integer(sequence), "historyEvent": .integer(lastEventID),
            "started": Self.time(startedAt),
        ]
        if let stoppedAt { object["stopped"] = Self.time(stoppedAt) }
        if let deadline { object["timesOut"] = Self.time(deadline) }
        if redriveCount > 0 { object["redriveCount"] = .integer(redriveCount) }
        object["input"] = Self.document(start.input)
        if let output { object["output"] = Self.document(output.text) }
        if let error { object["error"] = .string(error) }
        if let cause { object["cause"] = .string(cause) }
        let frames = liveFrames
        var places = JSONObject()
        for frame in frames {
            var name = frame.parent == nil ? "main" : enclosing(frame, frames)
            while places[JSONString(name)] != nil { name += "'" }
            places[JSONString(name)] = picture(of: frame)
        }
        if !frames.isEmpty { object["frames"] = .object(places) }
        // Between two events of one decision nothing is waited for yet.
        let causes = pendingCauses.filter { $0.kind != .nothing }
        if !causes.isEmpty { object["waitsFor"] = .array(causes.map(\.json)) }
        return .object(object)
    }

    private func enclosing(_ frame: Frame, _ frames: [Frame]) -> String {
        String(place(of: frame, among: frames).dropLast(machine.states[frame.stateID].name.count + 1))
    }

    private func picture(of frame: Frame) -> JSONValue {
        var object: JSONObject = ["state": .string(machine.states[frame.stateID].name)]
        if frame.enteredEventID == 0 {
            object["about"] = frame.hasEntered ? "to be entered next" : "to be entered first"
        } else {
            object["entered"] = Self.time(frame.enteredAt)
        }
        object["input"] = Self.document(frame.input.text)
        if frame.retryCount > 0 { object["retries"] = .integer(frame.retryCount) }
        if !frame.variables.isEmpty {
            var variables = JSONObject()
            for variable in frame.variables {
                variables[JSONString(variable.name)] = Self.document(variable.value.text)
            }
            object["variables"] = .object(variables)
        }
        switch frame.activity {
        case .deciding: break
        case .waiting(let deadline): object["waitsUntil"] = Self.time(deadline)
        case .retrying(let deadline): object["retriesAt"] = Self.time(deadline)
        case .task(let task): object["task"] = Self.picture(of: task)
        case .parallel(let branches):
            object["branchesRemaining"] = .integer(branches.remaining)
            object["outputs"] = Self.outputs(branches.outputs)
        case .map(let iterations):
            object["itemsRemaining"] = .integer(iterations.remaining)
            object["nextItem"] = .integer(iterations.nextIndex)
            object["outputs"] = Self.outputs(iterations.outputs)
        }
        return .object(object)
    }

    private static func picture(of task: RunningTask) -> JSONValue {
        var object: JSONObject = [
            "taskId": .string(task.taskID), "resource": .string(task.resource),
            "status": .string(task.isSubmitted ? "submitted" : task.isStarted ? "started" : "scheduled"),
            "scheduled": time(task.scheduledAt),
        ]
        if let deadline = task.timeoutDeadline { object["timesOut"] = time(deadline) }
        if let deadline = task.heartbeatDeadline { object["heartbeatBy"] = time(deadline) }
        if task.taskToken != nil { object["hasToken"] = true }
        return .object(object)
    }

    private static func outputs(_ outputs: [Payload?]) -> JSONValue {
        .array(outputs.map { output in output.map { document($0.text) } ?? .null })
    }

    private static func time(_ epochMilliseconds: Int64) -> JSONValue {
        .string(Timestamp(epochMilliseconds: epochMilliseconds).text)
    }

    private static func document(_ text: String) -> JSONValue { (try? JSONParser.parse(text)) ?? .string(text) }
}
