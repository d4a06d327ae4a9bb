import JSON
import StatesLanguage

/// The context object: `$$` in JSONPath, `$states.context` in JSONata. Members stand in AWS's order.
enum ContextObject {
    static func make(execution: Execution, frame frameID: FrameID, taskToken: String?, mapItem: JSONValue?) -> JSONValue
    {
        var context = JSONObject(minimumCapacity: 5)
        context.append("Execution", executionPart(execution))
        context.append(
            "StateMachine",
            [
                "Id": .string(execution.start.stateMachineArn),
                "Name": .string(execution.start.stateMachineArn.split(separator: ":").last.map(String.init) ?? ""),
            ])
        if let frame = execution.frames[frameID] {
            let state = execution.machine.states[frame.stateID]
            var part: JSONObject = [
                "Name": .string(state.name), "EnteredTime": .string(Timestamp(epochMilliseconds: frame.enteredAt).text),
            ]
            if state.processing != nil { part["RetryCount"] = .integer(frame.retryCount) }
            context.append("State", .object(part))
        }
        if let taskToken { context.append("Task", ["Token": .string(taskToken)]) }
        if let item = mapItem ?? enclosingItem(execution, frameID) { context.append("Map", ["Item": item]) }
        return .object(context)
    }

    private static func executionPart(_ execution: Execution) -> JSONValue {
        let input = (try? Payload(text: execution.start.input).value()) ?? .null
        var part: JSONObject = [
            "Id": .string(execution.arn), "Input": input,
            "StartTime": .string(Timestamp(epochMilliseconds: execution.startedAt).text),
            "Name": .string(execution.start.name), "RoleArn": .string(execution.start.roleArn),
            "RedriveCount": .integer(execution.redriveCount),
        ]
        if let time = execution.redrivenAt {
            part.append("RedriveTime", .string(Timestamp(epochMilliseconds: time).text))
        }
        return .object(part)
    }

    /// The item of the nearest Map iteration round the frame.
    private static func enclosingItem(_ execution: Execution, _ frameID: FrameID) -> JSONValue? {
        var next: FrameID? = frameID
        while let id = next, let frame = execution.frames[id] {
            if let parent = frame.parent, let items = execution.mapItems[parent],
                items.items.indices.contains(frame.index)
            {
                return item(items, frame.index)
            }
            next = frame.parent
        }
        return nil
    }

    static func item(_ items: MapItems, _ index: Int) -> JSONValue {
        var item: JSONObject = ["Index": .integer(index)]
        if let keys = items.keys, keys.indices.contains(index) { item["Key"] = .string(keys[index]) }
        item["Value"] = items.items[index]
        return .object(item)
    }
}
