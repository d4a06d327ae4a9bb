/// States written in JSONata, which mean the same as those in JSONPath.
extension MachineText {
    /// - Returns: the state's name; nil for a node that is written in JSONPath only.
    mutating func addInJSONata(_ node: RandomMachine.Node, next: String?, end: String) -> String? {
        switch node {
        case .add(let name, let factor):
            let sum = "{% $states.input.x * \(factor) + $v0 %}"
            return add(name, "\"Type\":\"Pass\",\"Output\":{\"x\":\"\(sum)\"},\(end)")
        case .mark(let name, let value):
            return add(name, "\"Type\":\"Pass\",\"Output\":\"\(Self.merged(name, String(value)))\",\(end)")
        case .wait(let name, let seconds):
            return add(name, "\"Type\":\"Wait\",\"Seconds\":\"{% \(seconds) + 0 %}\",\(end)")
        case .choice(let name, let limit, let below, let above):
            let (first, second) = (add(below, next: next), add(above, next: next))
            return add(
                name,
                "\"Type\":\"Choice\",\"Choices\":[{\"Condition\":\"{% $states.input.x < \(limit) %}\",\"Next\":\"\(first)\"}],"
                    + "\"Default\":\"\(second)\"")
        case .task(let work, let fails, let hangs, let replacesAll):
            let output = replacesAll ? "{% $states.result %}" : Self.merged(work.name, "$states.result")
            let arguments =
                "\"x\":\"{% $states.input.x %}\",\"try\":\"{% $states.context.State.RetryCount %}\",\"fails\":\(fails),\"hangs\":\(hangs)"
            let body =
                "\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::ecs:runTask.sync\","
                + "\"Arguments\":{\"Cluster\":\"c\",\"TaskDefinition\":\"t\",\(arguments)},\(limit()),"
            return add(work.name, "\(body)\"Output\":\"\(output)\"\(caught(work, next)),\(end)")
        case .parallel(let work, let branches):
            let body = "\"Type\":\"Parallel\",\"Branches\":[\(machines(branches))],"
            let output = Self.merged(work.name, "$states.result")
            return add(work.name, "\(body)\"Output\":\"\(output)\"\(caught(work, next)),\(end)")
        case .map(let work, let items, let concurrency, let body):
            append(
                "\"\(work.name)i\":{\"Type\":\"Pass\",\"Result\":\(items),\"ResultPath\":\"$.items\",\"Next\":\"\(work.name)\"}"
            )
            let context = "$states.context.Map.Item"
            let selector =
                "{\"x\":\"{% \(context).Value %}\",\"base\":\"{% $states.input.x %}\",\"index\":\"{% \(context).Index %}\"}"
            _ = add(
                work.name,
                "\"Type\":\"Map\",\"Items\":\"{% $states.input.items %}\",\"MaxConcurrency\":\(concurrency),"
                    + "\"ItemSelector\":\(selector),\"ItemProcessor\":\(machine(body)),"
                    + "\"Output\":\"\(Self.merged(work.name, "$states.result"))\"\(caught(work, next)),\(end)")
            return work.name + "i"
        case .fail: return nil
        }
    }

    private mutating func add(_ name: String, _ members: String) -> String {
        append("\"\(name)\":{\"QueryLanguage\":\"JSONata\",\(members)}")
        return name
    }

    private static func merged(_ name: String, _ value: String) -> String {
        "{% $merge([$states.input, {'\(name)': \(value)}]) %}"
    }

    private mutating func caught(_ work: RandomMachine.Work, _ next: String?) -> String {
        failures(work, next).replacing("\"ResultPath\":null", with: "\"Output\":\"{% $states.input %}\"")
    }
}
